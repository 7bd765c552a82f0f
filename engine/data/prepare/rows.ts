/** Rows of a split made into the tensors that a step reads. */
import { dirname } from 'node:path';
import type { PlanData, PlanNode, ValueId } from '../../../language/plan/format';
import { fail } from '../../failure';
import { makeFolder } from '../../make-folder';
import type { HostTensor } from '../../step/program';
import type { Tensors } from '../batches';
import { incompleteRows } from '../missing';
import { picturesTensor } from '../pictures/tensor';
import { MemoryTarget, rowBytes, type Target, TensorWriter } from '../stored';
import { gatherRows, type HostValue } from '../value';
import { applyNodes, type States, type Values } from './nodes';

/** Rows are taken in portions, so that what lies between data and result never fills the memory. */
const PORTION = 8192;
/** Of datasets with pictures. */
const FEW = 64;

export interface RowsRequest {
  data: PlanData;
  nodes: PlanNode[];
  states: States;
  /** The columns, all rows of them. */
  columns: Values;
  wanted: ValueId[];
  rows: Int32Array;
  /** For messages. */
  split: string;
}

/** Where the tensors go when they have more bytes than `memory`. */
export interface Store {
  file: string;
  memory: number;
}

export async function preparedRows(request: RowsRequest, store: Store): Promise<Tensors> {
  const { nodes, states, columns, wanted, rows } = request;
  const portion = [...columns.values()].some(({ kind }) => kind === 'pictures') ? FEW : PORTION;
  const missing = new Map<ValueId, number>();
  let target: Target | undefined;
  try {
    for (let from = 0; from < rows.length; from += portion) {
      const values = rowsOf(columns, rows.subarray(from, from + portion));
      await applyNodes(nodes, values, states);
      const made: Tensors = {};
      for (const id of wanted) {
        const tensor = await tensorOf(values.get(id), request.data);
        if (!tensor) continue;
        made[id] = tensor;
        missing.set(id, (missing.get(id) ?? 0) + incompleteRows(tensor));
      }
      target ??= targetFor(made, rows.length, store);
      for (const [id, tensor] of Object.entries(made)) target.write(id, from, tensor);
    }
    for (const [id, count] of missing) refuseMissing(id, count, request);
  } catch (error) {
    target?.discard();
    throw error;
  }
  return target?.finish() ?? {};
}

function targetFor(made: Tensors, rows: number, { file, memory }: Store): Target {
  const specs = Object.fromEntries(
    Object.entries(made).map(([id, { dtype, shape }]) => [id, { dtype, shape: [rows, ...shape.slice(1)] }]),
  );
  const bytes = Object.values(specs).reduce((sum, spec) => sum + rows * rowBytes(spec), 0);
  if (bytes <= memory) return new MemoryTarget(specs);
  makeFolder(dirname(file));
  return new TensorWriter(file, specs);
}

export function rowsOf(columns: Values, rows: Int32Array): Values {
  return new Map([...columns].map(([id, value]) => [id, gatherRows(value, rows)]));
}

/** Text has no place in a step. */
async function tensorOf(value: HostValue | undefined, { at }: PlanData): Promise<HostTensor | undefined> {
  if (value?.kind === 'pictures') return picturesTensor(value.pictures, at);
  return value?.kind === 'tensor' ? value.tensor : undefined;
}

function refuseMissing(id: ValueId, count: number, { data, nodes, split }: RowsRequest): void {
  if (count === 0) return;
  const at = nodes.find((node) => id.startsWith(`${node.id}.`))?.at ?? data.at;
  const rows = count === 1 ? '1 row' : `${count} rows`;
  fail('data-missing', `${id} has no value in ${rows} of split ${split} of dataset ${data.name}`, {
    help: 'Fill missing values with `fill_missing` before a model reads them, or make the column `required`.',
    file: at.file,
    line: at.line,
  });
}
