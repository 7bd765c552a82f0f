import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadWorkspace } from '../../registry/sources';
import type { BenchModel } from './models';

/**
 * Writes a composition with its data into a folder: as the dataset that Brique reads, and as `x.bin` (float32 or int32),
 * `y.bin` (int32) and `model.json` for the others.
 */
export function writeModel(folder: string, model: BenchModel): void {
  mkdirSync(folder, { recursive: true });
  const { name, batch, steps, row, classes, bricks = {} } = model;
  const put = (file: string, content: string | Uint8Array) => writeFileSync(join(folder, file), content);
  for (const [file, text] of Object.entries(bricks)) put(`${file}.brique.yaml`, text);
  put('brick.brique.yaml', brick(model));
  put('data.brique.yaml', dataset(model));
  put('model.brique.yaml', composition(model));
  const { x, y } = numbers(model, batch * steps);
  const rows = (count: number) => {
    const size = x.length / y.length;
    const records = Array.from({ length: count }, (_, i) => {
      const values = nested(x.subarray(i * size, (i + 1) * size), row.shape);
      return `{"x":${JSON.stringify(values)},"class":${y[i]}}`;
    });
    return `[${records.join(',\n')}]`;
  };
  put('train.json', rows(y.length));
  put('test.json', rows(batch));
  put('x.bin', new Uint8Array(x.buffer));
  put('y.bin', new Uint8Array(y.buffer));
  put('model.json', JSON.stringify({ name, batch, steps, classes, shape: row.shape, ids: row.below ?? 0 }));
}

/** The plan of a folder's composition. */
export function planOf(folder: string) {
  const { plan, findings } = loadWorkspace([folder]).workspace.plan(join(folder, 'model.brique.yaml'));
  if (!plan) throw new Error(findings.map(({ message }) => message).join('\n'));
  return plan;
}

const typeOf = ({ row }: BenchModel) => `${row.below === undefined ? 'float32' : 'int32'}`;

function brick(model: BenchModel): string {
  const shape = model.part ? [512] : model.row.shape;
  return `kind: module
name: brick
version: 1.0.0
inputs:
  x: ${typeOf(model)}[batch, ${shape.join(', ')}]
outputs:
  logits: float32[batch, ${model.classes}]
graph:
${model.graph}`;
}

function dataset(model: BenchModel): string {
  const classes = Array.from({ length: model.classes }, (_, i) => `c${i}: ${i}`);
  return `kind: dataset
name: rows
version: 1.0.0
files: { train: train.json, test: test.json }
columns:
  x: { type: tensor, of: "${typeOf(model)}[${model.row.shape.join(', ')}]" }
  class: { type: category, values: { ${classes.join(', ')} } }
`;
}

function composition({ name, batch, part }: BenchModel): string {
  const parts = part
    ? `  ${part}: { module: ${part}@^1, in: data.x, train: frozen }
  all: { module: brick@^1, in: ${part}.features }`
    : '  all: { module: brick@^1, in: data.x }';
  return `kind: model
name: ${name}
version: 1.0.0
data: { data: rows@^1 }
parts:
${parts}
tasks:
  class: { output: all.logits, target: data.class, loss: cross_entropy, metrics: [accuracy] }
train:
  epochs: 1
  batch: ${batch}
  optimizer: { adam: { learning_rate: 1e-3 } }
  seed: 1
evaluate: { on: test }
`;
}

/** The same every time: numbers by a linear congruential generator (Numerical Recipes), of one decimal place. */
function numbers({ row, classes }: BenchModel, rows: number) {
  let state = 1;
  const below = (limit: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  const size = row.shape.reduce((product, each) => product * each, 1);
  const of = row.below;
  const x =
    of === undefined
      ? Float32Array.from({ length: rows * size }, () => below(10) / 10)
      : Int32Array.from({ length: rows * size }, () => below(of));
  return { x, y: Int32Array.from({ length: rows }, () => below(classes)) };
}

/** Numbers in row-major order as lists of lists; one decimal place. */
function nested(values: ArrayLike<number>, [length, ...inner]: number[]): unknown[] {
  const size = values.length / length!;
  return Array.from({ length: length! }, (_, i) =>
    inner.length === 0
      ? Math.round(values[i]! * 10) / 10
      : nested(Array.prototype.slice.call(values, i * size, (i + 1) * size), inner),
  );
}
