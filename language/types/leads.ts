/** What the names of leading axes stand for, and how two types are brought to the same axes. */
import type { Asked } from './journal';
import { anyDim } from './parse-dim';
import type { Dim } from './polynomial';
import { isOptional, type TensorType, withAxes } from './type';

/** Axes that a name stands for; again with a name among them where not all are known. */
export type Axes = Pick<TensorType, 'dims' | 'lead' | 'at'>;

export type Alignment = 'same' | 'different' | 'unknown';

export class Leads {
  private readonly values = new Map<string, Axes>();

  /** Told of every look and every name that gets a meaning. */
  journal: Asked<Axes> | undefined;

  constructor(private readonly isRigid: (lead: string) => boolean) {}

  copyTo(other: Leads): void {
    for (const [name, value] of this.values) other.values.set(name, value);
  }

  set(lead: string, axes: Axes): void {
    this.values.set(lead, axes);
    this.journal?.tell(lead, axes);
  }

  get(lead: string): Axes | undefined {
    const axes = this.values.get(lead);
    this.journal?.ask(lead, axes);
    return axes;
  }

  /** With the axes in place of their name, where they are known. */
  expand(type: TensorType): TensorType {
    let { lead } = type;
    let expanded = type;
    for (let value = lead && this.get(lead); value; value = lead && this.get(lead)) {
      const at = expanded.at ?? 0;
      lead = value.lead;
      expanded = withAxes(type, {
        dims: [...expanded.dims.slice(0, at), ...value.dims, ...expanded.dims.slice(at)],
        lead,
        at: at + (value.at ?? 0),
        repeats: expanded.repeats?.map((place) => (place < at ? place : place + value.dims.length)),
      });
    }
    return expanded;
  }

  /**
   * Gives names of axes a meaning so that both expanded types have the same axes. `unknown` when that depends on
   * what another name stands for.
   */
  align(a: TensorType, b: TensorType): Alignment {
    const [left, right] = [sidesOf(a), sidesOf(b)];
    if (a.lead === b.lead) {
      return left.before.length + left.after.length !== right.before.length + right.after.length
        ? 'different'
        : a.lead === undefined || left.before.length === right.before.length
          ? 'same'
          : 'unknown';
    }
    if (a.lead === undefined) return this.bind(right, a);
    if (b.lead === undefined) return this.bind(left, b);
    if (this.isFree(b.lead) && fits(right, left)) return this.bind(right, a);
    if (this.isFree(a.lead) && fits(left, right)) return this.bind(left, b);
    if (!this.isFree(a.lead) || !this.isFree(b.lead)) return 'different';
    // Each side knows an axis that the other hides: both names hide the same rest besides.
    const rest = [...anyDim().symbols()][0]!;
    const [wide, narrow] = left.before.length > right.before.length ? [left, right] : [right, left];
    if (isOptional(wide.lead!) || isOptional(narrow.lead!)) return 'unknown';
    const before = wide.before.slice(narrow.before.length);
    const after = narrow.after.slice(0, narrow.after.length - wide.after.length);
    this.set(narrow.lead!, { dims: before, lead: rest, at: before.length });
    this.set(wide.lead!, { dims: after, lead: rest });
    return 'same';
  }

  private isFree(lead: string): boolean {
    return !this.isRigid(lead);
  }

  /** The name in `sides` stands for what is left of `other`. */
  private bind({ before, after, lead }: Sides, other: TensorType): Alignment {
    if (!this.isFree(lead!) || other.dims.length < before.length + after.length) return 'different';
    const dims = other.dims.slice(before.length, other.dims.length - after.length);
    const rest = other.lead === undefined ? {} : { lead: other.lead, at: (other.at ?? 0) - before.length };
    if (isOptional(lead!)) {
      if (dims.length > 1) return 'different';
      if (other.lead !== undefined && !(isOptional(other.lead) && dims.length === 0)) return 'unknown';
    }
    this.set(lead!, { dims, ...rest });
    return 'same';
  }
}

export function isSameAxes(a: Axes, b: Axes): boolean {
  return (
    a.lead === b.lead &&
    (a.at ?? 0) === (b.at ?? 0) &&
    a.dims.length === b.dims.length &&
    a.dims.every((dim, place) => dim.equals(b.dims[place]!))
  );
}

interface Sides {
  before: readonly Dim[];
  after: readonly Dim[];
  lead: string | undefined;
}

function sidesOf({ dims, lead, at = 0 }: TensorType): Sides {
  return { before: dims.slice(0, at), after: dims.slice(at), lead };
}

/** Whether every axis that `narrow` knows stands beside the name in `wide` too. */
function fits(narrow: Sides, wide: Sides): boolean {
  return narrow.before.length <= wide.before.length && narrow.after.length <= wide.after.length;
}
