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
  const ids: TensorId[] = [];
  mapOperands(item, (id) => {
    ids.push(id);
    return id;
  });
  return ids;
}
