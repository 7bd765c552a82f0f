/** Whether a value of one type may be used where another is wanted. */

import type { Dim } from './polynomial';
import type { Fact, Solver } from './solver';
import { type DType, rankOf, type TensorType } from './type';

export interface AxisMismatch<Cause = unknown> {
  /** Counted from 0 in the resolved types. */
  axis: number;
  /** With everything put in that is known. */
  from: Dim;
  to: Dim;
  /** A smallest set of equations that contradict each other there, this one last. */
  facts: Fact<Cause>[];
}

/** The types in it are resolved. */
export type Fit<Cause = unknown> =
  | { ok: true; cast?: { from: DType; to: DType }; unverified: { axis: number; from: Dim; to: Dim }[] }
  | { ok: false; reason: 'dtype'; from: TensorType; to: TensorType }
  | { ok: false; reason: 'rank'; from: TensorType; to: TensorType }
  | { ok: false; reason: 'axis'; from: TensorType; to: TensorType; axes: AxisMismatch<Cause>[] };

/** Element types that a wire turns into others by itself, because nothing is lost. */
const losslessCasts: Partial<Record<DType, DType>> = {
  float16: 'float32',
  bfloat16: 'float32',
  int32: 'int64',
};

export function castsLosslessly(from: DType, to: DType): boolean {
  return from === to || losslessCasts[from] === to;
}

export function fitTypes<Cause>(
  solver: Solver<Cause>,
  from: TensorType,
  to: TensorType,
  cause: Cause,
): Fit<Cause> {
  // Sizes go to the solver as they stand, not resolved, so that an explanation finds where they come from.
  const [source, wanted] = [solver.expandLead(from), solver.expandLead(to)];
  const sides = { from: solver.resolveType(source), to: solver.resolveType(wanted) };
  if (!castsLosslessly(source.dtype, wanted.dtype)) return { ok: false, reason: 'dtype', ...sides };
  if (!alignLeads(solver, source, wanted)) return { ok: false, reason: 'rank', ...sides };
  return fitAxes(solver, solver.expandLead(source), solver.expandLead(wanted), cause);
}

/** Gives names of leading axes a meaning so that both types have the same axes; false when that is impossible. */
function alignLeads<Cause>(solver: Solver<Cause>, a: TensorType, b: TensorType): boolean {
  if (a.lead === b.lead) return a.dims.length === b.dims.length;
  const surplus = a.dims.length - b.dims.length;
  const free = (type: TensorType): type is TensorType & { lead: string } =>
    type.lead !== undefined && !solver.isRigid(type.lead);
  if (free(b) && surplus >= 0) {
    solver.bindLead(b.lead, {
      ...(a.lead === undefined ? {} : { lead: a.lead }),
      dims: a.dims.slice(0, surplus),
    });
    return true;
  }
  if (free(a) && surplus <= 0) {
    solver.bindLead(a.lead, {
      ...(b.lead === undefined ? {} : { lead: b.lead }),
      dims: b.dims.slice(0, -surplus),
    });
    return true;
  }
  return false;
}

function fitAxes<Cause>(solver: Solver<Cause>, from: TensorType, to: TensorType, cause: Cause): Fit<Cause> {
  const axes: AxisMismatch<Cause>[] = [];
  const unverified: { axis: number; from: Dim; to: Dim }[] = [];
  const resolved = { from: solver.resolveType(from), to: solver.resolveType(to) };
  for (const [axis, left] of from.dims.entries()) {
    const right = to.dims[axis]!;
    const sides = { from: solver.resolve(left), to: solver.resolve(right) };
    const verdict = solver.equate(left, right, cause);
    if (verdict === 'unverified') unverified.push({ axis, ...sides });
    else if (verdict === 'no') axes.push({ axis, ...sides, facts: solver.explain() });
  }
  if (axes.length > 0) return { ok: false, reason: 'axis', ...resolved, axes };
  const cast = from.dtype === to.dtype ? {} : { cast: { from: from.dtype, to: to.dtype } };
  return { ok: true, ...cast, unverified };
}

/** For people: `3 axes`, `at least 2 axes`. */
export function describeRank(type: TensorType): string {
  const count = type.dims.length;
  const axes = count === 1 ? 'axis' : 'axes';
  return rankOf(type) === undefined
    ? `at least ${count} ${axes}`
    : count === 0
      ? 'no axes'
      : `${count} ${axes}`;
}
