import { join } from 'node:path';
import type { Program } from './contestant';
import type { Setting } from './engine';

const tsx = join(__dirname, '../../node_modules/tsx/dist/cli.mjs');
const script = (name: string) => join(__dirname, 'rivals', name);

/** Brique, from its sources. */
export function brique(executor: 'graph' | 'eager', ...more: string[]): Program {
  const args = [tsx, join(__dirname, 'brique.ts'), executor, ...more];
  const notes =
    'with its events, metrics, checkpoints and checks of the loss; garbage collected between epochs, untimed';
  return { name: `Brique ${executor}`, command: process.execPath, args, notes };
}

export function tfjsFit(): Program {
  const notes = 'computes accuracy too; what it has no layer for, or a slow one, is written in its ops';
  return { name: 'TensorFlow.js fit', command: process.execPath, args: [script('tfjs.cjs')], notes };
}

export function tfjsWasm(steps: number): Program {
  const args = [tsx, script('wasm.ts'), String(steps)];
  return { name: 'TensorFlow.js wasm', command: process.execPath, args, notes: 'rows in order, no metrics' };
}

const python = (file: string, way: string, name: string, notes: string) => ({
  name,
  args: [script(file), way],
  notes,
});

export interface Rival extends Program {
  /** What Brique may take of its time at most. Those of `best` count together: the fastest of them. */
  goal: { most: number } | { best: true };
}

/** What each model is also trained with. */
export function rivals(setting: Setting): Rival[] {
  const command = setting.python;
  const best = { best: true } as const;
  const equal = { most: 1 };
  const [keras, torch] = ['keras_rivals.py', 'torch_rivals.py'];
  return [
    ...(setting.native ? [{ ...tfjsFit(), goal: best }] : []),
    { ...python(keras, 'fit', 'Keras fit', 'computes accuracy too'), command, goal: best },
    {
      ...python(keras, 'function', 'tf.function', 'no metrics; reads the loss each step'),
      command,
      goal: equal,
    },
    {
      ...python(torch, 'eager', 'PyTorch eager, fused Adam', 'no metrics; reads the loss each step'),
      command,
      goal: equal,
    },
    {
      ...python(torch, 'compile', 'torch.compile', 'no metrics; reads the loss each step'),
      command,
      goal: best,
    },
    {
      ...python(
        torch,
        'lightning',
        'PyTorch Lightning',
        'no metrics, logger, progress bar or checkpoints; rows fetched by batch',
      ),
      command,
      goal: best,
    },
  ];
}

/** The libraries that have fast products of matrices, each doing those of a step alone. */
export function products(setting: Setting): Program[] {
  const notes = 'the products of matrices and convolutions of a step, forward and backward, and nothing else';
  return ['torch', 'tensorflow'].map((library) => ({
    ...python('products.py', library, `products alone, ${library}`, notes),
    command: setting.python,
  }));
}
