/** Commands that a composition wants run around its runs. They are the command's to run, and no fault of the run. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { PlanHook } from '../language/plan/format';

/** A hook that takes longer is ended. */
export const HOOK_SECONDS = 60;

export class Hooks {
  /** One after the other, in the order of the events. */
  private queue: Promise<void> = Promise.resolve();

  /**
   * `root` is the folder that hooks run in. `warn` is told in one line of a hook that could not be started, ended with
   * another code than 0, or took longer than `seconds`.
   */
  constructor(
    private readonly hooks: readonly PlanHook[],
    private readonly root: string,
    private readonly warn: (line: string) => void,
    private readonly seconds = HOOK_SECONDS,
  ) {}

  fire(event: PlanHook['on'], folder: string): void {
    for (const { on, run } of this.hooks) {
      if (on === event) this.queue = this.queue.then(() => this.run(event, run, folder));
    }
  }

  /** Resolves when all that were fired have ended. Never rejects. */
  settled(): Promise<void> {
    return this.queue;
  }

  private async run(event: string, [program = '', ...args]: string[], folder: string): Promise<void> {
    const problem = await this.outcome(
      spawn(program, [...args, folder], {
        cwd: this.root,
        env: { ...process.env, BRIQUE_RUN: folder, BRIQUE_EVENT: event },
        // Standard output is for the result of the command itself.
        stdio: ['ignore', process.stderr, process.stderr],
        windowsHide: true,
      }),
    );
    if (problem) this.warn(`warning: the ${event} hook \`${[program, ...args].join(' ')}\` ${problem}`);
  }

  /** What went wrong; undefined when nothing did. */
  private async outcome(child: ChildProcess): Promise<string | undefined> {
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      child.kill('SIGKILL');
    }, this.seconds * 1000);
    try {
      const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
      if (late) return `took longer than ${this.seconds} s and was ended`;
      return code === 0 ? undefined : `ended ${signal ? `by ${signal}` : `with code ${code}`}`;
    } catch (error) {
      return `could not be started: ${(error as Error).message}`;
    } finally {
      clearTimeout(timer);
    }
  }
}
