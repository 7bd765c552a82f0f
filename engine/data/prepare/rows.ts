/** Rows of a split made into the tensors that a step reads. */
import type { PlanData, PlanNode, ValueId } from '../../../language/plan/format';
import { fail } from '../../failure';
import type { HostTensor } from '../../step/program';
import type { Tensors } from '../batches';
import { incompleteRows } from '../missing';
import { picturesTensor } from '../pictures/tensor';
import { gatherRows, type HostValue, newData } from '../value';
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

export async function preparedRows(request: RowsRequest): Promise<Tensors> {
  const { nodes, states, columns, wanted, rows } = request;
  const portion = [...columns.values()].some(({ kind }) => kind === 'pictures') ? FEW : PORTION;
  const tensors: Tensors = {};
  for (let from = 0; from < rows.length; from += portion) {
    const values = rowsOf(columns, rows.subarray(from, from + portion));
    await applyNodes(nodes, values, states);
    for (const id of wanted) {
      const tensor = await tensorOf(values.get(id), request.data);
      if (!tensor) continue;
      tensors[id] ??= {
        dtype: tensor.dtype,
        shape: [rows.length, ...tensor.shape.slice(1)],
        data: newData(tensor, (tensor.data.length / tensor.shape[0]!) * rows.length),
      };
      const width = tensors[id].data.length / rows.length;
      tensors[id].data.set(tensor.data, from * width);
    }
  }
  for (const [id, tensor] of Object.entries(tensors)) refuseMissing(id, tensor, request);
  return tensors;
}

export function rowsOf(columns: Values, rows: Int32Array): Values {
  return new Map([...columns].map(([id, value]) => [id, gatherRows(value, rows)]));
}

/** Text has no place in a step. */
async function tensorOf(value: HostValue | undefined, { at }: PlanData): Promise<HostTensor | undefined> {
  if (value?.kind === 'pictures') return picturesTensor(value.pictures, at);
  return value?.kind === 'tensor' ? value.tensor : undefined;
}

function refuseMissing(id: ValueId, tensor: HostTensor, { data, nodes, split }: RowsRequest): void {
  const count = incompleteRows(tensor);
  if (count === 0) return;
  const at = nodes.find((node) => id.startsWith(`${node.id}.`))?.at ?? data.at;
  const rows = count === 1 ? '1 row' : `${count} rows`;
  fail('data-missing', `${id} has no value in ${rows} of split ${split} of dataset ${data.name}`, {
    help: 'Fill missing values with `fill_missing` before a model reads them, or make the column `required`.',
    file: at.file,
    line: at.line,
  });
}
