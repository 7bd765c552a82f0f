import { ExecutionError } from '../../step/errors';
import type { HostTensor, Program, ProgramName, Size, StateSpec } from '../../step/program';
import { showShape } from '../../step/sizes';

/** Finds wrong inputs before TensorFlow does, in words of the caller. */
export function checkInputs(
  program: ProgramName,
  { inputs }: Program,
  given: Record<string, HostTensor>,
): void {
  const sizes = new Map<string, number>();
  for (const [name, { dtype, shape }] of Object.entries(inputs)) {
    const value = given[name];
    if (!value) throw new ExecutionError(`The program '${program}' needs an input '${name}'.`);
    checkTensor(`The input '${name}' of '${program}'`, dtype, shape, value, sizes);
  }
}

export function checkState({ name, dtype, shape }: StateSpec, value: HostTensor): void {
  checkTensor(`The state '${name}'`, dtype, shape, value, new Map());
}

function checkTensor(
  what: string,
  dtype: string,
  shape: readonly Size[],
  value: HostTensor,
  sizes: Map<string, number>,
): void {
  const fits =
    value.dtype === dtype &&
    value.shape.length === shape.length &&
    shape.every((size, axis) => sizeFits(size, value.shape[axis]!, sizes));
  if (!fits) {
    const known = shape.map((size) =>
      typeof size === 'string' && sizes.has(size) ? `${size}=${sizes.get(size)}` : size,
    );
    throw new ExecutionError(
      `${what} must be ${dtype}${showShape(known)}, not ${value.dtype}${showShape(value.shape)}.`,
    );
  }
  const elements = value.shape.reduce((product, size) => product * size, 1);
  if (value.data.length !== elements) {
    throw new ExecutionError(
      `${what} has ${value.data.length} values, but its shape ${showShape(value.shape)} holds ${elements}.`,
    );
  }
}

/** A name is bound by the first input that shows it; products are left to TensorFlow. */
function sizeFits(size: Size, length: number, sizes: Map<string, number>): boolean {
  if (typeof size === 'number') return size === length;
  if (size.includes('*')) return true;
  const known = sizes.get(size);
  if (known === undefined) sizes.set(size, length);
  return known === undefined || known === length;
}
