/**
 * The engine in numbers, beside what people train with today: the same models on the same rows, in turns, epoch by epoch.
 * `--model mlp|cnn|transformer|lstm|resnet` measures one, `--python` is the Python of the others (else BRIQUE_PYTHON, or
 * python3), `--steps` how many steps memory is watched for (10,000), `--seconds` how long one model is measured (20).
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findNativeTensorflow } from '../../engine/tensorflow/runtime';
import type { Figure } from '../figures';
import { events } from './events';
import { frozenHead } from './head';
import { lengths } from './lengths';
import { memory } from './memory';
import { MODELS } from './models';
import { starts } from './starts';
import { steps } from './steps';
import { webAssembly } from './wasm';
import { writeModel } from './workspace';

export interface Setting {
  /** Whose node_modules holds tfjs-node; undefined where there is none. */
  native: string | undefined;
  python: string;
  /** Of one model. */
  seconds: number;
}

export async function engine(): Promise<Figure[]> {
  const { values } = parseArgs({
    args: process.argv.slice(2),
    allowPositionals: true,
    options: {
      model: { type: 'string' },
      python: { type: 'string', default: process.env.BRIQUE_PYTHON ?? 'python3' },
      steps: { type: 'string', default: '10000' },
      seconds: { type: 'string', default: '20' },
      json: { type: 'boolean' },
    },
  });
  const models = MODELS.filter(({ name }) => values.model === undefined || values.model === name);
  if (models.length === 0)
    throw new Error(
      `There is no model ${values.model}; there is ${MODELS.map(({ name }) => name).join(', ')}.`,
    );
  const setting: Setting = {
    native: nativeFolder(),
    python: values.python,
    seconds: count('seconds', values.seconds),
  };
  const watched = count('steps', values.steps);
  const root = mkdtempSync(join(tmpdir(), 'brique-engine-'));
  try {
    const figures: Figure[] = [];
    for (const model of models) {
      const folder = join(root, model.name);
      writeModel(folder, model);
      figures.push(...(await steps(folder, model, setting)));
      figures.push(...(await starts(folder, model, setting)));
      figures.push(...(await webAssembly(folder, model, setting)));
    }
    figures.push(...(await memory(root, watched, setting)));
    figures.push(...(await lengths(root, setting)));
    figures.push(await frozenHead(root, setting), events(root));
    return figures;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function nativeFolder(): string | undefined {
  const installed = findNativeTensorflow();
  if (installed) return join(installed, '../../..');
  // Where `scripts/native-tensorflow.ts` builds it.
  const built = join(__dirname, '../../.cache/tensorflow');
  return existsSync(join(built, '.complete')) ? built : undefined;
}

function count(option: string, text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new Error(`--${option} ${text} is no number above 0.`);
  return value;
}
