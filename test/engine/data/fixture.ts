import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Plan, PlanColumn, PlanData, PlanNode } from '../../../language/plan/format';

const at = { file: 'reviews.brique.yaml', line: 7 };

/** A folder that is deleted after each test of the suite. */
export function temporaryFolder(): () => string {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'brique-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  return () => folder;
}

export function column(name: string, type: PlanColumn['type'], more: Partial<PlanColumn> = {}): PlanColumn {
  const dtype = {
    string: 'string',
    category: 'int32',
    labels: 'float32',
    int: 'int32',
    float: 'float32',
    bool: 'bool',
    date: 'string',
    image: 'uint8',
    tensor: 'float32',
  } as const;
  return { name, type, required: true, value: { dtype: dtype[type], shape: ['batch'] }, at, ...more };
}

export const TEXT = column('text', 'string');
export const CLASS = column('class', 'category', {
  labels: [
    { name: 'negative', raw: 0 },
    { name: 'positive', raw: 1 },
  ],
});

export function dataset(folder: string, more: Partial<PlanData> = {}): PlanData {
  return {
    alias: 'reviews',
    name: 'product-reviews',
    version: '1.0.0',
    file: join(folder, 'reviews.brique.yaml'),
    files: { all: ['reviews.json'] },
    columns: [TEXT, CLASS],
    splits: { train: 0.6, validation: 0.2, test: 0.2 },
    seed: 7,
    stratify: 'class',
    at,
    ...more,
  };
}

export function wordIdsNode(size = 20, length = 6): PlanNode {
  return {
    id: 'words/tokens',
    part: 'words',
    op: 'word_ids',
    inputs: { in: 'reviews.text' },
    attributes: { vocab: size, length, lowercase: true, min_count: 1, ngrams: 1 },
    outputs: { out: { dtype: 'int32', shape: ['batch', length] } },
    weights: [],
    at,
  };
}

/** Words to ids, embedded, averaged and classified. */
export function planOf(data: PlanData[], more: Partial<Plan> = {}): Plan {
  return {
    format: 1,
    model: { name: 'product-sentiment', version: '0.1.0', file: 'product-sentiment.brique.yaml' },
    parts: [],
    data,
    prepare: [wordIdsNode()],
    graph: [
      {
        id: 'encoder/embedded',
        part: 'encoder',
        op: 'embedding',
        inputs: { in: 'words/tokens.out' },
        attributes: { size: 20, dim: 4 },
        outputs: { out: { dtype: 'float32', shape: ['batch', 6, 4] } },
        weights: [],
        at,
      },
    ],
    tasks: [
      {
        name: 'sentiment',
        data: 'reviews',
        output: 'encoder/embedded.out',
        target: 'reviews.class',
        loss: 'cross_entropy',
        weight: 1,
        metrics: ['accuracy'],
        labels: ['negative', 'positive'],
        at,
      },
    ],
    train: {
      epochs: 2,
      batch: 8,
      optimizer: {
        kind: 'adam',
        learning_rate: 0.01,
        beta1: 0.9,
        beta2: 0.999,
        epsilon: 1e-8,
        weight_decay: 0,
      },
      seed: 7,
    },
    evaluate: { on: 'test', slices: [], require: [] },
    ...more,
  };
}

export interface Review {
  text: string;
  class: number;
}

export function reviews(count: number): Review[] {
  return Array.from({ length: count }, (_, i) => ({
    text: i % 2 ? `Great thing number ${i}` : `Bad thing, number ${i}!`,
    class: i % 2,
  }));
}

export function writeReviews(folder: string, rows: unknown[], name = 'reviews.json'): void {
  writeFileSync(join(folder, name), JSON.stringify(rows));
}
