import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** What a contestant answers to a line `epoch`. */
export interface Answer {
  /** Milliseconds of the epoch's steps. */
  ms: number;
  /** Mean over the epoch, as it counts it. */
  loss?: number;
  /** What of the model learns; the same everywhere, where the models are. */
  parameters?: number;
  /** Of its library. */
  version?: string;
  /** After a collection of garbage, in bytes; Brique only. */
  resident?: number;
  /** That are alive; Brique only. */
  tensors?: number;
}

export interface Program {
  name: string;
  command: string;
  args: string[];
  /** What is not equal. */
  notes: string;
  /** Where it runs, if not beside the others. */
  folder?: string;
}

/**
 * A program that trains one epoch for each line that it is sent, and answers each with a line of JSON; one with `missing`
 * says why it cannot. It waits meanwhile, so that one trains at a time.
 */
export class Contestant {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  #said = '';

  constructor(
    readonly program: Program,
    cwd: string,
    env: NodeJS.ProcessEnv,
  ) {
    const { command, args, folder } = program;
    this.#child = spawn(command, args, {
      cwd: folder ?? cwd,
      env: { ...process.env, ...env },
      stdio: 'pipe',
    });
    this.#child.on('error', (error) => {
      this.#said = error.message;
    });
    // A program that has ended takes no line; what it said tells why.
    this.#child.stdin!.on('error', () => undefined);
    this.#child.stderr!.on('data', (chunk: Buffer) => {
      this.#said = (this.#said + chunk).slice(-1500);
    });
    this.#lines = createInterface({ input: this.#child.stdout! })[Symbol.asyncIterator]();
  }

  /** Throws, saying why, where it cannot train. */
  async epoch(): Promise<Answer> {
    this.#child.stdin!.write('epoch\n');
    for (;;) {
      const { value, done } = await this.#lines.next();
      if (done) throw new Error(this.#said.trim().split('\n').at(-1) || 'it ended without an answer');
      // Libraries print lines of their own.
      if (!value.startsWith('{"')) continue;
      const answer = JSON.parse(value) as Answer & { missing?: string };
      if (answer.missing !== undefined) throw new Error(answer.missing);
      return answer;
    }
  }

  async end(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.pid === undefined) return;
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.kill('SIGKILL');
    await ended;
  }
}
