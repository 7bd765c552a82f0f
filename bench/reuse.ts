/**
 * Reuse in numbers: restaurant-sentiment with the encoder and the vocabulary that product-sentiment learned, published
 * and taken from the registry, against the same composition from scratch. Same labels, epochs, batch, optimizer and test rows; several seeds, each drawing its own
 * labels. The recipe (epochs, learning rate, adapter) was chosen on film reviews, not on restaurant reviews.
 */
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { EXIT } from '../protocol/command';
import { baselines, type Contestant } from './baselines';
import type { Figure } from './figures';

const repository = join(__dirname, '..');
const run = promisify(execFile);

const SEEDS = [1, 2, 3, 4, 5, 6, 8, 9, 10, 11];
const BUDGETS = [60, 150, 300];
/** The budget that the composition is made for. With more labels it is open which way is better. */
const FEW = 60;
/** The last one is the composition's own, and its run the newest: the one that is reused. */
const PRODUCT_SEEDS = [1, 2, 3, 4, 5, 7];

interface Result {
  accuracy: number;
  seconds: number;
}

export async function reuse(): Promise<Figure[]> {
  const folder = workspaceCopy();
  try {
    const product: Result[] = [];
    for (const seed of PRODUCT_SEEDS) {
      product.push(await train(folder, 'product-sentiment', [`train.seed=${seed}`]));
    }
    await brique(folder, 'publish', 'text-encoder', '--run', 'latest');
    const rivals = await baselines('product-sentiment');
    const best = Math.max(...rivals.map(({ metrics }) => metrics.accuracy!));
    const trained = figure('product-sentiment', product);
    const figures: Figure[] = [{ ...trained, goal: `> ${round(best)}`, holds: trained.value > best }];
    figures.push(...rivals.map((rival) => rivalFigure('product', rival)));
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
          notes: `mean over ${SEEDS.length} seeds, pair by pair`,
          ...(examples === FEW ? { goal: '> 0', holds: gain > 0 } : {}),
        },
      );
    }
    const others = await baselines('restaurant-sentiment');
    figures.push(...others.map((rival) => rivalFigure('restaurant', rival)));
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
    .replaceAll(/^ +weights: pretrained\n/gm, '')
    .replace(/^ +train: frozen\n/m, '')
    // An adapter is for what is frozen.
    .replace(/^plug: .*\n/m, '');
  writeFileSync(join(folder, 'restaurant-scratch.brique.yaml'), scratch);
  return folder;
}

async function train(folder: string, model: string, settings: string[]): Promise<Result> {
  const set = settings.flatMap((setting) => ['--set', setting]);
  const { stdout } = await brique(folder, 'train', model, '--json', ...set).catch(
    (error: { code?: number; stdout: string }) => {
      // A requirement that is not met is a result all the same.
      if (error.code === EXIT.findings && error.stdout) return error;
      throw error;
    },
  );
  const { report, seconds } = JSON.parse(stdout);
  return { accuracy: report.tasks.sentiment.metrics.accuracy, seconds };
}

function brique(folder: string, ...args: string[]) {
  const command = [join(repository, 'dist/brique.cjs'), ...args];
  return run(process.execPath, command, { cwd: folder, maxBuffer: 1 << 26 });
}

function rivalFigure(of: string, { name, metrics }: Contestant): Figure {
  return {
    name: `${of}: ${name}`,
    value: round(metrics.accuracy!),
    unit: 'accuracy',
    notes: 'same test rows, no training',
  };
}

function figure(name: string, results: Result[]): Figure {
  const accuracies = results.map(({ accuracy }) => accuracy);
  const middle = mean(accuracies);
  const deviation = Math.sqrt(mean(accuracies.map((value) => (value - middle) ** 2)));
  const seconds = mean(results.map((result) => result.seconds));
  return {
    name,
    value: round(middle),
    unit: 'accuracy',
    notes: `± ${deviation.toFixed(3)} over ${results.length} seeds, ${seconds.toFixed(1)} s a run`,
  };
}

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function round(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
