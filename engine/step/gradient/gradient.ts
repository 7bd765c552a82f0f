import type { Builder } from '../builder';
import { operands } from '../operands';
import type { Primitive, TensorId } from '../program';
import { accumulate } from './accumulate';
import { elementwise } from './elementwise';
import { matmul } from './matmul';
import { recurrence } from './recurrence';
import { reduce } from './reduce';
import type { Contribution, Differentiated, Rules } from './rule';
import { shape } from './shape';
import { table } from './table';
import { window } from './window';

/** Every primitive has exactly one rule; the type makes sure of it. */
const rules: Rules<Primitive['op']> = {
  ...elementwise,
  ...reduce,
  ...matmul,
  ...shape,
  ...table,
  ...window,
  ...recurrence,
  input: null,
  state: null,
  constant: null,
  size_of: null,
  iota: null,
  random_uniform: null,
};

/**
 * Reverse-mode differentiation: adds to the builder the gradients of a scalar with respect to some of its tensors.
 * Only the paths between them are visited, so what is frozen or whole-numbered costs nothing. A tensor that the scalar
 * does not depend on is left out of the result.
 */
export function gradients(
  b: Builder,
  of: TensorId,
  withRespectTo: Iterable<TensorId>,
): Map<TensorId, TensorId> {
  const wanted = new Set(withRespectTo);
  const needed = neededFor(b, of, wanted);
  const pending = new Map<TensorId, Contribution[]>();
  const found = new Map<TensorId, TensorId>();
  const origin = b.from;
  pending.set(of, [{ to: of, gradient: b.scalar(1) }]);
  for (let id = of; id >= 0; id--) {
    const contributions = pending.get(id);
    if (!contributions) continue;
    pending.delete(id);
    const instruction = b.at(id);
    b.from = instruction.from;
    const gradient = accumulate(b, id, contributions);
    if (wanted.has(id)) found.set(id, gradient);
    const rule = rules[instruction.op] as ((at: Differentiated<Primitive>) => Contribution[]) | null;
    if (!rule) continue;
    const needs = (operand: TensorId) => needed.has(operand);
    for (const contribution of rule({ b, id, instruction, gradient, needs })) {
      if (!needed.has(contribution.to)) continue;
      const others = pending.get(contribution.to);
      if (others) others.push(contribution);
      else pending.set(contribution.to, [contribution]);
    }
  }
  b.from = origin;
  return found;
}

/** Tensors between the scalar and what it is differentiated by. Gradients flow through floating point only. */
function neededFor(b: Builder, of: TensorId, wanted: ReadonlySet<TensorId>): Set<TensorId> {
  const needed = new Set<TensorId>();
  for (let id = 0; id <= of; id++) {
    const instruction = b.at(id);
    if (instruction.dtype !== 'float32') continue;
    if (wanted.has(id)) needed.add(id);
    else if (rules[instruction.op] && operands(instruction).some((operand) => needed.has(operand))) {
      needed.add(id);
    }
  }
  return needed;
}
