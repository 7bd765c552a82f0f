/**
 * Reuse in numbers: restaurant-sentiment with the encoder and the vocabulary that product-sentiment learned, against the
 * same composition from scratch. Same labels, epochs, batch, optimizer and test rows; several seeds, each drawing its own
 * labels. The recipe (epochs, learning rate, adapter) was chosen on film reviews, not on restaurant reviews.
 */
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { baselines } from './baselines';
import type { Figure } from './figures';

const repository = join(__dirname, '..');
const run = promisify(execFile);

const SEEDS = [1, 2, 3, 4, 5, 6, 8, 9, 10, 11];
const BUDGETS = [60, 150, 300];

interface Result {
  accuracy: number;
  seconds: number;
}

export async function reuse(): Promise<Figure[]> {
  const folder = workspaceCopy();
  try {
    const product = await train(folder, 'product-sentiment', []);
    const figures: Figure[] = [figure('product-sentiment', [product], 'all 700 labels, seed 7')];
    for (const contestant of await baselines('product-sentiment')) {
      figures.push({
        name: `product: ${contestant.name}`,
        value: contestant.metrics.accuracy!,
        unit: 'accuracy',
        notes: 'same test rows',
      });
    }
    for (const examples of BUDGETS) {
      const reused: Result[] = [];
      const scratch: Result[] = [];
      for (const seed of SEEDS) {
        const settings = [`train.seed=${seed}`, `train.examples=${examples}`];
        // Taken in turn, so that a busy machine is busy for both.
        reused.push(await train(folder, 'restaurant-sentiment', settings));
        scratch.push(await train(folder, 'restaurant-scratch', settings));
      }
      const gain = mean(reused.map(({ accuracy }, i) => accuracy - scratch[i]!.accuracy));
      figures.push(
        figure(`restaurant: reuse, ${examples} labels`, reused),
        figure(`restaurant: scratch, ${examples} labels`, scratch),
        {
          name: `restaurant: gain, ${examples} labels`,
          value: round(gain),
          unit: 'accuracy',
          goal: '> 0',
          holds: gain > 0,
          notes: `mean over ${SEEDS.length} seeds, pair by pair`,
        },
      );
    }
    for (const contestant of await baselines('restaurant-sentiment')) {
      figures.push({
        name: `restaurant: ${contestant.name}`,
        value: round(contestant.metrics.accuracy!),
        unit: 'accuracy',
        notes: 'same test rows, no training',
      });
    }
    return figures;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The examples in a folder of their own, with the composition from scratch beside the one that reuses. */
function workspaceCopy(): string {
  const folder = mkdtempSync(join(tmpdir(), 'brique-reuse-'));
  cpSync(join(repository, 'examples/reviews'), folder, {
    recursive: true,
    filter: (path) => !path.includes('.brique/'),
  });
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(join(repository, 'node_modules/sentiment'), join(folder, 'node_modules/sentiment'), 'junction');
  const reusing = readFileSync(join(folder, 'restaurant-sentiment.brique.yaml'), 'utf8');
  const scratch = reusing
    .replace('name: restaurant-sentiment', 'name: restaurant-scratch')
    .replaceAll(/^ +weights: run:product-sentiment\n/gm, '')
    .replace(/^ +train: frozen\n/m, '')
    // An adapter is for what is frozen.
    .replace(/^plug: .*\n/m, '');
  writeFileSync(join(folder, 'restaurant-scratch.brique.yaml'), scratch);
  return folder;
}

async function train(folder: string, model: string, settings: string[]): Promise<Result> {
  const set = settings.flatMap((setting) => ['--set', setting]);
  const { stdout } = await run(
    process.execPath,
    [join(repository, 'dist/brique.cjs'), 'train', model, '--json', ...set],
    { cwd: folder, maxBuffer: 1 << 26 },
  );
  const { report, seconds } = JSON.parse(stdout);
  return { accuracy: report.tasks.sentiment.metrics.accuracy, seconds };
}

function figure(name: string, results: Result[], notes?: string): Figure {
  const accuracies = results.map(({ accuracy }) => accuracy);
  const middle = mean(accuracies);
  const deviation = Math.sqrt(mean(accuracies.map((value) => (value - middle) ** 2)));
  const seconds = mean(results.map((result) => result.seconds));
  const spread = results.length > 1 ? `± ${deviation.toFixed(3)} over ${results.length} seeds, ` : '';
  return {
    name,
    value: round(middle),
    unit: 'accuracy',
    notes: `${spread}${seconds.toFixed(1)} s a run${notes ? `, ${notes}` : ''}`,
  };
}

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function round(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
