/** Whether a value of one type may be used where another is wanted. */

import { castsImplicitly, type DType } from './dtype';
import { Dim } from './polynomial';
import type { Fact, Solver } from './solver';
import { isOptional, optionalSymbol, rankOf, type TensorType } from './type';

export interface AxisMismatch<Cause = unknown> {
  /** Counted from 0 in the resolved types. */
  axis: number;
  /** With everything put in that is known. */
  from: Dim;
  to: Dim;
  /** A smallest set of equations that contradict each other there, this one last. */
  facts: Fact<Cause>[];
  /** Set when only that makes it wrong: sizes that stand for every size would have to be certain ones. */
  overspecialized?: boolean;
}

export interface OpenAxis {
  axis: number;
  from: Dim;
  to: Dim;
}

/** The types in it are resolved. */
export type Fit<Cause = unknown> =
  | { ok: true; cast?: { from: DType; to: DType }; unverified: OpenAxis[] }
  | { ok: false; reason: 'dtype'; from: TensorType; to: TensorType }
  | { ok: false; reason: 'rank'; from: TensorType; to: TensorType }
  | { ok: false; reason: 'axis'; from: TensorType; to: TensorType; axes: AxisMismatch<Cause>[] };

export function fitTypes<Cause>(
  solver: Solver<Cause>,
  from: TensorType,
  to: TensorType,
  cause: Cause,
): Fit<Cause> {
  // Sizes go to the solver as they stand, not resolved, so that an explanation finds where they come from.
  const [source, wanted] = [solver.expandLead(from), solver.expandLead(to)];
  const sides = () => ({ from: solver.resolveType(source), to: solver.resolveType(wanted) });
  if (!fitElements(solver, source, wanted)) return { ok: false, reason: 'dtype', ...sides() };
  const aligned = solver.align(source, wanted);
  if (aligned === 'different') return { ok: false, reason: 'rank', ...sides() };
  if (aligned === 'unknown') return { ok: true, unverified: [] };
  for (const { lead } of [source, wanted]) nameOptional(solver, lead, cause);
  return fitAxes(solver, solver.expandLead(source), solver.expandLead(wanted), cause);
}

/** A class of element types becomes the one that meets it first. */
function fitElements<Cause>(solver: Solver<Cause>, from: TensorType, to: TensorType): boolean {
  if (from.oneOf) {
    // Only the source's own declaration knows which one it is.
    const wanted = to.oneOf?.members ?? [to.dtype];
    return from.oneOf.members.some((member) => wanted.some((other) => castsImplicitly(member, other)));
  }
  if (!to.oneOf) return castsImplicitly(from.dtype, to.dtype);
  const member = to.oneOf.members.includes(from.dtype)
    ? from.dtype
    : to.oneOf.members.find((each) => castsImplicitly(from.dtype, each));
  if (member !== undefined) solver.bindElement(to.oneOf.name, member);
  return member !== undefined;
}

/** Where `seq?` turned out to stand for an axis, `seq` is its size. */
function nameOptional<Cause>(solver: Solver<Cause>, lead: string | undefined, cause: Cause): void {
  if (lead === undefined || !isOptional(lead) || solver.isRigid(lead)) return;
  const { dims } = solver.expandLead({ dtype: 'float32', lead, dims: [] });
  if (dims[0]) solver.equate(Dim.symbol(optionalSymbol(lead)), dims[0], cause);
}

function fitAxes<Cause>(solver: Solver<Cause>, from: TensorType, to: TensorType, cause: Cause): Fit<Cause> {
  const axes: AxisMismatch<Cause>[] = [];
  const unverified: OpenAxis[] = [];
  const resolved = { from: solver.resolveType(from), to: solver.resolveType(to) };
  for (const [axis, left] of from.dims.entries()) {
    const right = to.dims[axis]!;
    const sides = { from: solver.resolve(left), to: solver.resolve(right) };
    const mayRepeat = to.repeats?.includes(axis) === true;
    if (mayRepeat && (sides.from.constant === 1 || sides.from.equals(sides.to))) continue;
    // Which of its two sizes such an axis has is not known here.
    if (from.repeats?.includes(axis) || (mayRepeat && sides.from.constant === undefined)) {
      unverified.push({ axis, ...sides });
      continue;
    }
    const verdict = solver.equate(left, right, cause);
    if (verdict === 'unverified') unverified.push({ axis, ...sides });
    else if (verdict === 'no') {
      const facts = solver.explain();
      axes.push({
        axis,
        ...sides,
        facts,
        ...(solver.isOverspecialized(facts) ? { overspecialized: true } : {}),
      });
    }
  }
  if (axes.length > 0) return { ok: false, reason: 'axis', ...resolved, axes };
  const cast = from.dtype === to.dtype ? {} : { cast: { from: from.dtype, to: to.dtype } };
  return { ok: true, ...cast, unverified };
}

/** For people: `3 axes`, `at least 2 axes`. */
export function describeRank(type: TensorType): string {
  const count = type.dims.length;
  const say = (n: number) => (n === 0 ? 'no axes' : `${n} ${n === 1 ? 'axis' : 'axes'}`);
  if (rankOf(type) !== undefined) return say(count);
  if (isOptional(type.lead!)) return `${count} or ${say(count + 1)}`;
  return count === 0 ? 'any number of axes' : `at least ${say(count)}`;
}
