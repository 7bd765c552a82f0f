import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { STOP_FILE } from '../../protocol/runs/read';
import { fail } from '../failure';

/** Thrown where work is left because somebody asked to stop. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
}

/** Whether somebody asked the run to stop: by a signal, by the end of the parent, or by the file in its folder. */
export class StopSignal {
  #asked = false;
  #looked = 0;
  #breathed = performance.now();

  /** Set once the run has one. */
  folder: string | undefined;

  ask(): void {
    this.#asked = true;
  }

  /** Looks for the file at most every 100 ms; fails where the whole folder is gone. */
  get asked(): boolean {
    const now = performance.now();
    if (this.folder && !this.#asked && now - this.#looked > 100) {
      this.#looked = now;
      this.#asked = existsSync(join(this.folder, STOP_FILE));
      // Its results would have nowhere to go.
      if (!existsSync(this.folder)) fail('run-deleted', `The folder of the run was deleted: ${this.folder}`);
    }
    return this.#asked;
  }

  /** Lets signals and messages in, at most every 50 ms: native steps never wait for anything. */
  async breathe(): Promise<void> {
    if (performance.now() - this.#breathed < 50) return;
    await new Promise((resolve) => setImmediate(resolve));
    this.#breathed = performance.now();
  }

  /** Throws `Stopped` when asked to; between stretches of work that keep nothing. */
  check(): void {
    if (this.asked) throw new Stopped();
  }
}
