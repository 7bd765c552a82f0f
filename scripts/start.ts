// From a fresh clone to a trained and evaluated model: checks the examples, trains one of them,
// evaluates it beside the baselines, and says how to go on.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { baselines, type Contestant } from './baselines';
import { buildIfNeeded } from './build';
import { nativeTensorflowFolder } from './native-tensorflow';
import { repository } from './shell';

const model = 'examples/reviews/product-sentiment.brique.yaml';

/** What `evaluate --json` prints. */
interface Evaluation {
  run: string;
  folder: string;
  report: { split: string; tasks: Record<string, { metrics: Record<string, number>; examples: number }> };
}

async function main(): Promise<void> {
  await buildIfNeeded();
  heading('Check the examples');
  await brique(['check', 'examples']);
  heading(`Train ${model}`);
  await brique(['train', model]);
  heading('Evaluate it on sentences it has never seen');
  const evaluation = JSON.parse(await brique(['evaluate', model, '--json'], true)) as Evaluation;
  const contestants = [...(await baselines()), ...trained(evaluation)];
  printTable(contestants);
  console.log(`
The run:             ${relative(process.cwd(), trainedIn(evaluation))}
See it in VS Code:   npm run editor, then the Brique view in the activity bar
Run it again:        npx brique train ${model}
Publish the encoder: npx brique publish examples/reviews/text-encoder.brique.yaml --run latest
`);
}

function heading(text: string): void {
  console.log(`\n━━ ${text}\n`);
}

/** Runs the command line as anyone would; answers its output if that is to be captured. */
function brique(args: string[], capture = false): Promise<string> {
  const native = nativeTensorflowFolder();
  const child = spawn(process.execPath, [join(repository, 'dist/brique.cjs'), ...args], {
    cwd: repository,
    stdio: ['ignore', capture ? 'pipe' : 'inherit', 'inherit'],
    env: { ...process.env, ...(native ? { BRIQUE_TENSORFLOW: native } : {}) },
  });
  return new Promise((resolve, reject) => {
    let output = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      // A requirement that is not met (1) is a result to be shown, when the output is one.
      if (code === 0 || (code === 1 && capture && output !== '')) resolve(output);
      else reject(new Failure(`brique ${args.join(' ')} ended with exit code ${code}`, code ?? 1));
    });
  });
}

class Failure extends Error {
  constructor(
    message: string,
    readonly code: number,
  ) {
    super(message);
  }
}

/** The folder of the run whose weights were evaluated. */
function trainedIn({ folder }: Evaluation): string {
  const { of } = JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8')) as { of: string };
  return join(dirname(folder), of);
}

function trained({ report }: Evaluation): Contestant[] {
  return Object.entries(report.tasks).map(([task, { metrics, examples }]) => ({
    name: `this run: ${task} (${examples} ${report.split} examples)`,
    metrics,
  }));
}

function number(value: number | string | undefined): string {
  return typeof value === 'number' ? value.toFixed(3) : (value ?? '–');
}

function printTable(contestants: Contestant[]): void {
  const columns = [...new Set(contestants.flatMap(({ metrics }) => Object.keys(metrics)))];
  const rows = [
    ['', ...columns],
    ...contestants.map(({ name, metrics }) => [name, ...columns.map((column) => number(metrics[column]))]),
  ];
  const widths = ['', ...columns].map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  for (const row of rows) {
    const cells = row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)));
    console.log(`  ${cells.join('   ')}`);
  }
}

process.on('SIGINT', () => {});
main().catch((error: Error) => {
  console.error(error.message);
  process.exit(error instanceof Failure ? error.code : 1);
});
