import type { Instruction, TensorId, Update } from './program';

/** The fields of instructions and updates that hold tensor ids. */
const fields = [
  'input',
  'left',
  'right',
  'condition',
  'like',
  'table',
  'indices',
  'updates',
  'filter',
  'output',
  'gradient',
  'counter',
  'step',
  'learningRate',
  'recurrent',
  'bias',
  'mask',
  'tape',
] as const;

/** A copy with every tensor id replaced. */
export function mapOperands<T extends Instruction | Update>(item: T, map: (id: TensorId) => TensorId): T {
  const copy: Record<string, unknown> = { ...item };
  for (const field of fields) {
    const id = copy[field];
    if (typeof id === 'number') copy[field] = map(id);
  }
  if (copy.kind === 'assign') copy.value = map(copy.value as TensorId);
  if (Array.isArray(copy.inputs)) copy.inputs = copy.inputs.map(map);
  return copy as T;
}

/** The tensors that an instruction or update reads. */
export function operands(item: Instruction | Update): TensorId[] {
  const read = item as unknown as Record<string, unknown>;
  const ids: TensorId[] = [];
  for (const field of fields) {
    const id = read[field];
    if (typeof id === 'number') ids.push(id);
  }
  if (read.kind === 'assign') ids.push(read.value as TensorId);
  if (Array.isArray(read.inputs)) ids.push(...(read.inputs as TensorId[]));
  return ids;
}

/** The tensors whose numbers an instruction or update reads; of the others it only needs the shape. */
export function readOperands(item: Instruction | Update): TensorId[] {
  if ('op' in item && item.op === 'size_of') return [];
  if ('op' in item && item.op === 'recurrence' && item.tape !== undefined)
    return [item.tape, ...(item.mask === undefined ? [] : [item.mask])];
  const { like, ...rest } = item as { like?: TensorId };
  return operands((like === undefined ? item : rest) as Instruction | Update);
}
