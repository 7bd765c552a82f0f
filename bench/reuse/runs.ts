/** Runs of the compositions in `files/`, made by the `brique` command as anybody would make them. */
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { decodeNumber } from '../../protocol/runs/numbers';
import { readRun } from '../../protocol/runs/read';
import { watched, writeData } from './data';
import { DOMAINS, type Domain, epochsFor, WATCHED, type Way } from './domains';

const repository = join(__dirname, '../..');
const run = promisify(execFile);

export interface Result {
  domain: string;
  way: Way;
  labels: number;
  seed: number;
  /** By task, on the test rows. */
  accuracy: Record<string, number>;
  steps: number;
  /** Of the whole run. */
  seconds: number;
  /** After each epoch, of a watched run: steps and seconds so far, and the accuracy by task. */
  course: { steps: number; seconds: number; accuracy: Record<string, number> }[];
}

export interface SourceResult {
  source: string;
  seed: number;
  accuracy: number;
  seconds: number;
}

/** All runs of one seed: labels, test rows, the encoder that is reused and fresh weights are drawn by it. */
export async function runsOf(
  seed: number,
  domains: Domain[],
  say: (text: string) => void,
): Promise<{ results: Result[]; sources: SourceResult[] }> {
  const folder = workspace(seed);
  try {
    const sources: SourceResult[] = [];
    for (const source of new Set(domains.map((domain) => domain.source))) {
      const { accuracy, seconds } = await train(folder, source, { 'train.seed': seed });
      sources.push({ source, seed, accuracy: Object.values(accuracy)[0]!, seconds });
      say(`seed ${seed}: ${source} ${sources.at(-1)!.accuracy.toFixed(3)}`);
    }
    const results: Result[] = [];
    for (const domain of domains) {
      for (const labels of domain.budgets) {
        // Taken in turn, so that a busy machine is busy for all of them.
        for (const way of domain.ways) results.push(await trained(folder, domain, way, labels, seed));
        const told = results.slice(-domain.ways.length).map(({ way, accuracy }) => {
          const values = Object.values(accuracy).map((value) => value.toFixed(3));
          return `${way} ${values.join(' and ')}`;
        });
        say(`seed ${seed}: ${domain.name}, ${labels} labels: ${told.join(', ')}`);
      }
    }
    return { results, sources };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function trained(
  folder: string,
  domain: Domain,
  way: Way,
  labels: number,
  seed: number,
): Promise<Result> {
  const settings = {
    // Another seed than that of the source: an encoder has adapted itself to the head that it was trained under.
    'train.seed': seed + 100,
    'train.examples': labels,
    'train.epochs': epochsFor(labels),
    ...(labels === WATCHED ? { [`data.${domain.data.alias}`]: `${domain.data.name}-watched@^1` } : {}),
  };
  const run = await train(folder, `${domain.name}-${way}`, settings);
  return { domain: domain.name, way, labels, seed, ...run };
}

/** By seed. */
export function accuraciesOf(
  results: Result[],
  { name }: Domain,
  task: string,
  way: Way,
  labels: number,
): number[] {
  return results
    .filter((each) => each.domain === name && each.way === way && each.labels === labels)
    .sort((a, b) => a.seed - b.seed)
    .map(({ accuracy }) => accuracy[task]!);
}

/** A folder with all compositions and data, and the text encoder and the product reviews of the examples. */
function workspace(seed: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'brique-reuse-'));
  cpSync(join(__dirname, 'files'), folder, { recursive: true });
  for (const name of ['text-encoder', 'product-reviews'])
    cpSync(join(repository, 'examples/reviews', `${name}.brique.yaml`), join(folder, `${name}.brique.yaml`));
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(join(repository, 'node_modules/sentiment'), join(folder, 'node_modules/sentiment'), 'junction');
  writeData(folder, seed);
  for (const { name } of DOMAINS.map(({ data }) => data)) {
    const text = readFileSync(join(folder, `${name}.brique.yaml`), 'utf8');
    writeFileSync(join(folder, `${name}-watched.brique.yaml`), watched(text, name));
  }
  return folder;
}

interface RunDocument {
  folder: string;
  seconds: number;
  steps: number;
  report: { tasks: Record<string, { metrics: { accuracy: number } }> };
}

async function train(
  folder: string,
  model: string,
  settings: Record<string, number | string>,
): Promise<Pick<Result, 'accuracy' | 'steps' | 'seconds' | 'course'>> {
  const set = Object.entries(settings).flatMap(([name, value]) => ['--set', `${name}=${value}`]);
  const command = [
    join(repository, 'dist/brique.cjs'),
    'train',
    model,
    '--engine',
    'eager',
    '--json',
    ...set,
  ];
  const { stdout } = await run(process.execPath, command, { cwd: folder, maxBuffer: 1 << 26 });
  const { folder: made, report, steps, seconds } = JSON.parse(stdout) as RunDocument;
  const accuracy = Object.entries(report.tasks).map(([task, { metrics }]) => [task, metrics.accuracy]);
  return { accuracy: Object.fromEntries(accuracy), steps, seconds, course: courseOf(join(folder, made)) };
}

function courseOf(folder: string): Result['course'] {
  let seconds = 0;
  return (readRun(folder)?.epochsDone ?? []).flatMap((row) => {
    seconds += row.seconds;
    const values = Object.entries(row.validation ?? {}).flatMap(([name, value]) =>
      name.endsWith('.accuracy') ? [[name.slice(0, -'.accuracy'.length), decodeNumber(value)] as const] : [],
    );
    return values.length === 0 ? [] : [{ steps: row.step, seconds, accuracy: Object.fromEntries(values) }];
  });
}
