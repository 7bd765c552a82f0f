/** What a sentiment model has to beat, measured on exactly the rows that it is evaluated on. */
import { join } from 'node:path';
import Sentiment from 'sentiment';
import { sourceFiles } from '../engine/data/sources';
import { type Splits, splitRows } from '../engine/data/splits';
import { readDataset, type Table } from '../engine/data/table';
import { measure } from '../engine/evaluate/metrics/metrics';
import { loadWorkspace } from '../registry/sources';

export interface Contestant {
  name: string;
  metrics: Record<string, number>;
}

const examples = join(__dirname, '../examples');

/**
 * The majority class of the training split, and the word list of the npm package `sentiment` (Nielsen's AFINN and
 * emoji), which needs no training: a sentence is positive when its score is above 0.
 */
export async function baselines(model = 'product-sentiment'): Promise<Contestant[]> {
  const { workspace } = loadWorkspace([examples]);
  const { plan } = workspace.plan(join(examples, 'reviews', `${model}.brique.yaml`));
  const data = plan?.data[0];
  if (!data) throw new Error(`${model} has errors; brique check examples shows them`);
  const table = await readDataset(data, sourceFiles(data));
  const splits = splitRows(data, table);
  const majority = majorityOf(table, splits);
  const scores = wordScores(table);
  const on = plan.evaluate.on;
  return [
    judge('majority class', table, splits[on]!, () => majority),
    judge('word list of `sentiment`', table, splits[on]!, (row) => (scores[row]! > 0 ? 1 : 0)),
  ];
}

function judge(name: string, table: Table, rows: Int32Array, predict: (row: number) => number): Contestant {
  const labels = labelsOf(table);
  const outcome = {
    kind: 'classes' as const,
    count: 2,
    truth: Int32Array.from(rows, (row) => labels[row]!),
    predicted: Int32Array.from(rows, predict),
  };
  return { name, metrics: { accuracy: measure('accuracy', outcome), f1: measure('f1', outcome) } };
}

function labelsOf(table: Table): ArrayLike<number> {
  const column = table.columns.class;
  if (column?.kind !== 'tensor') throw new Error('the reviews have no column class');
  return column.tensor.data;
}

/** By row. Above 0 the list finds more praise than blame. */
function wordScores(table: Table): number[] {
  const column = table.columns.text;
  if (column?.kind !== 'text') throw new Error('the reviews have no column text');
  const scorer = new Sentiment();
  return column.values.map((text) => scorer.analyze(text).score);
}

function majorityOf(table: Table, splits: Splits): number {
  const labels = labelsOf(table);
  const positives = splits.train!.filter((row) => labels[row] === 1).length;
  return positives * 2 > splits.train!.length ? 1 : 0;
}
