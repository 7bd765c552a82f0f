/** From ▶ to 64 steps: whole processes that start with nothing but a warm file cache. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { EVENTS_FILE, EventLines, runsFolder } from '../../protocol/runs/read';
import type { Figure } from '../figures';
import { Contestant, type Program } from './contestant';
import type { Setting } from './engine';
import type { BenchModel } from './models';
import { rivals } from './programs';
import { median, medianRatio, range, round } from './rounds';
import { absent, share } from './steps';

const STEPS = 64;
const ROUNDS = 3;
const command = join(__dirname, '../../dist/brique.cjs');
/** Whose loops are as bare as can be. */
const OTHERS = ['PyTorch eager, fused Adam', 'tf.function'];

export async function starts(folder: string, model: BenchModel, setting: Setting): Promise<Figure[]> {
  const title = `${model.name}: ▶ to ${STEPS} steps`;
  if (!setting.native) return [absent(`${title}, Brique`, 'native TensorFlow is not installed')];
  const epochs = Math.ceil(STEPS / model.steps);
  const others = rivals(setting).filter(({ name }) => OTHERS.includes(name));
  const times = new Map(others.map(({ name }) => [name, [] as number[]]));
  const missing = new Map<string, string>();
  const ours: { steps: number; whole: number }[] = [];
  for (let turn = 0; turn < ROUNDS; turn++) {
    ours.push(train(folder, epochs, setting.native));
    for (const program of others) {
      if (missing.has(program.name)) continue;
      try {
        times.get(program.name)!.push(await start(folder, program, epochs));
      } catch (error) {
        missing.set(program.name, (error as Error).message);
      }
    }
  }
  const own = ours.map(({ steps }) => steps);
  const whole = round(median(ours.map((each) => each.whole)));
  const figures: Figure[] = [
    {
      name: `${title}, Brique`,
      value: round(median(own)),
      unit: 's',
      notes: `${range(own)}; brique train, with a run, events and prepared data from the cache; ${whole} s with weights saved, evaluation and report`,
    },
  ];
  for (const { name } of others) {
    const values = times.get(name)!;
    const why = missing.get(name);
    if (why !== undefined) {
      figures.push(absent(`${title}, ${name}`, why));
      continue;
    }
    const notes = `${range(values)}; rows from raw files, nothing saved`;
    figures.push({ name: `${title}, ${name}`, value: round(median(values)), unit: 's', notes });
    const ratio = medianRatio(own, values);
    const said = `${title}, Brique against ${name}`;
    const isGoal = name.startsWith('PyTorch');
    const compared = share(said, ratio, 0.3, 'the median of the rounds');
    figures.push(isGoal ? compared : { ...compared, goal: undefined, holds: undefined });
  }
  return figures;
}

/** Seconds until the last step of training, by the clock in its events, and until the process has ended. */
function train(folder: string, epochs: number, native: string): { steps: number; whole: number } {
  const runs = runsFolder(folder);
  rmSync(runs, { recursive: true, force: true });
  const args = [command, 'train', 'model.brique.yaml', '--engine', 'graph', '--quiet', '--set'];
  const env = { ...process.env, BRIQUE_TENSORFLOW: native };
  const start = Date.now();
  const options = { cwd: folder, env, encoding: 'utf8' } as const;
  const { status, stderr } = spawnSync(process.execPath, [...args, `train.epochs=${epochs}`], options);
  const whole = (Date.now() - start) / 1000;
  if (status !== 0) throw new Error(`brique train ended with ${status}: ${stderr}`);
  const [run] = readdirSync(runs);
  const events = new EventLines().push(readFileSync(join(runs, run!, EVENTS_FILE)));
  const last = events.findLast(({ type }) => type === 'epoch_done');
  return { steps: (Date.parse(last!.time) - start) / 1000, whole };
}

async function start(folder: string, program: Program, epochs: number): Promise<number> {
  const begin = performance.now();
  const contestant = new Contestant(program, folder, {});
  try {
    for (let epoch = 0; epoch < epochs; epoch++) await contestant.epoch();
    return (performance.now() - begin) / 1000;
  } finally {
    await contestant.end();
  }
}
