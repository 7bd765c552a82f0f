/**
 * Brique as a contestant: `brique.ts graph|eager [steps]` makes a run of the composition in its folder as `brique train`
 * does, with its events, checkpoints and metrics, and pauses after each epoch until it is asked for the next. `steps`: of
 * an epoch, where that is not all rows.
 */
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { makeRun } from '../../engine/make-run';
import { totalLoss } from '../../engine/step/metrics';
import type { Executor, Session } from '../../engine/step/program';
import { openExecutor } from '../../engine/train/executor';
import { StopSignal } from '../../engine/train/stop-signal';
import type { EngineChoice } from '../../protocol/command';
import type { BenchModel } from './models';
import { planOf } from './workspace';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

/** Epochs without end; time between them does not count. */
class Paced extends StopSignal {
  session: Session | undefined;
  parameters: number | undefined;
  #losses: number[] = [];
  #steps = 0;
  #start = Number.NaN;

  constructor(readonly perEpoch: number) {
    super();
  }

  /** Training calls it once after each step. */
  override async breathe(): Promise<void> {
    await super.breathe();
    if (!this.session) return;
    this.#steps += 1;
    if (this.#steps % this.perEpoch !== 0) return;
    const ms = performance.now() - this.#start;
    collect();
    const { tensors } = this.session.memory();
    const { loss, parameters } = this;
    console.log(JSON.stringify({ ms, loss, parameters, resident: process.memoryUsage.rss(), tensors }));
    this.#losses = [];
    await this.wait();
  }

  /** Of the epoch so far. */
  get loss(): number {
    return this.#losses.reduce((sum, each) => sum + each, 0) / this.#losses.length;
  }

  /** A session whose steps are looked at. */
  watch(session: Session): Session {
    this.session = session;
    const run = session.run.bind(session);
    session.run = async (name, inputs) => {
      const outputs = await run(name, inputs);
      if (name === 'train') this.#losses.push(outputs[totalLoss]!.data[0]!);
      return outputs;
    };
    return session;
  }

  async wait(): Promise<void> {
    const { done } = await lines.next();
    if (done) process.exit(0);
    this.#start = performance.now();
  }
}

async function main(): Promise<void> {
  const [engine, fewer] = process.argv.slice(2);
  const root = process.cwd();
  const plan = planOf(root);
  plan.train.epochs = 1_000_000;
  const { steps, batch } = JSON.parse(readFileSync('model.json', 'utf8')) as BenchModel;
  if (fewer !== undefined) plan.train.examples = Number(fewer) * batch;
  const stop = new Paced(fewer === undefined ? steps : Number(fewer));
  const { executor } = await openExecutor(engine as EngineChoice, 'cpu');
  const watched: Executor = {
    description: executor.description,
    async open(step, state) {
      const moved = step.programs.train!.updates.filter(({ kind }) => kind !== 'assign');
      const learned = new Set(moved.map(({ state: name }) => name));
      const sizes = plan.graph.flatMap(({ part, weights }) =>
        weights
          .filter(({ name }) => learned.has(`${part}/${name}`))
          .map(({ shape }) => shape.reduce((product, size) => product * size, 1)),
      );
      stop.parameters = sizes.reduce((sum, size) => sum + size, 0);
      return stop.watch(await executor.open(step, state));
    },
  };
  await stop.wait();
  const folder = await makeRun(
    { kind: 'train', plan, root, engine: engine as EngineChoice, settings: {} },
    watched,
    stop,
  );
  throw new Error(`the run ended: ${folder.path}`);
}

main().catch((error: Error) => {
  console.error(error.message);
  // Whoever asks for epochs holds it open.
  process.exit(1);
});
