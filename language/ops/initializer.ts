import type { Initializer } from '../plan/format';
import type { Dim } from '../types/dim';
import { textOf } from './call';
import type { OpAttribute, OpCall, OpWeight } from './op';

const kinds = ['glorot_uniform', 'he_uniform', 'orthogonal', 'zeros', 'ones', 'normal'];

/** How a kernel starts. */
export const initAttribute: OpAttribute = {
  type: 'enum',
  values: kinds,
  default: 'glorot_uniform',
  doc: 'How the kernel starts. `zeros` in the last layer of a residual branch makes the branch start as nothing; `normal` has a standard deviation of 0.02.',
};

export function initOf(call: OpCall): Initializer {
  const kind = textOf(call, 'init');
  if (kind === 'normal') return { kind, stddev: 0.02 };
  if (kind === 'he_uniform' || kind === 'orthogonal' || kind === 'zeros' || kind === 'ones') return { kind };
  return { kind: 'glorot_uniform' };
}

export function weight(
  role: string,
  dims: Dim[],
  init: Initializer | 'zeros' | 'ones' | 'glorot_uniform' | 'orthogonal',
): OpWeight {
  return { role, dims, init: typeof init === 'string' ? { kind: init } : init, trainable: true };
}

/** Statistics that a step updates without a gradient. */
export function statistic(role: string, dims: Dim[], kind: 'zeros' | 'ones'): OpWeight {
  return { role, dims, init: { kind }, trainable: false };
}

/** Marks a weight as one that training with `lora` may adapt. */
export function adaptable(declared: OpWeight): OpWeight {
  return { ...declared, adaptable: true };
}
