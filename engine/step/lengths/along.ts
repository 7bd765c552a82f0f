import type { PlanNode, PlanSize, ValueId } from '../../../language/plan/format';

/** A value of which one axis is as long as the longest row of a batch. */
export interface Along {
  /** The name of the length. */
  size: string;
  axis: number;
  /** How many of its last places differ from what they would be in longer batches, whose rest is padding. */
  lost: number;
  /** What stands at all places behind a row's own. */
  blank?: number;
  /** Whether that is so low that a softmax makes 0 of it. */
  isLow?: boolean;
}

/** One op, and how its inputs go along a length. */
export class LengthContext {
  /** How many places behind the longest row have to stay, by the name of the length. */
  readonly margins = new Map<string, number>();

  constructor(
    readonly node: PlanNode,
    private readonly along: (value: ValueId) => Along | undefined,
    /** The sizes that the plan gives a value. */
    readonly shapeOf: (value: ValueId) => readonly PlanSize[],
  ) {}

  /** What is wired into a port. */
  all(port: string): ValueId[] {
    return [this.node.inputs[port] ?? []].flat();
  }
  get inputs(): ValueId[] {
    return Object.values(this.node.inputs).flat();
  }
  of(value: ValueId): Along | undefined {
    return this.along(value);
  }
  at(port: string): Along | undefined {
    const [value] = this.all(port);
    return value === undefined ? undefined : this.along(value);
  }
  rankOf(value: ValueId): number {
    return this.shapeOf(value).length;
  }
  /** All inputs that go along a length, where it is the same one for all of them. */
  get common(): Along[] | undefined {
    const all = this.inputs.flatMap((value) => this.of(value) ?? []);
    return all.every(({ size }) => size === all[0]!.size) ? all : undefined;
  }
  /** The rank of the only output. */
  get rank(): number {
    return Object.values(this.node.outputs)[0]!.shape.length;
  }
  attribute(name: string): PlanNode['attributes'][string] | undefined {
    return this.node.attributes[name];
  }
  number(name: string, otherwise: number): number {
    const value = this.attribute(name);
    return typeof value === 'number' ? value : otherwise;
  }
  /** Somebody reads all of what is right of a row, and that many places behind it. */
  reads({ size, lost }: Along, behind = 0): void {
    this.margins.set(size, Math.max(this.margins.get(size) ?? 0, lost + behind));
  }
}

/**
 * What an op makes of inputs that go along a length: a value that does too (by port where there are several), 'gone'
 * where it does not depend on the length any more, or undefined: what it makes would depend on how long the batch is.
 */
export type LengthRule = (at: LengthContext) => Along | Record<string, Along> | 'gone' | undefined;
