import type { Output } from '../graph-builder';
import * as attr from '../protobuf/attributes';
import type { EmitContext } from './context';

/** What a loop carries from one round to the next. */
export interface Carried {
  value: Output;
  dtype: attr.DataType;
}

/**
 * A loop inside the graph, of TensorFlow's dataflow nodes (Yu et al. 2018, Dynamic control flow in large-scale machine
 * learning), which every version since 1 runs. One loop for each instruction: its name sets it apart.
 */
export class Loop {
  private readonly invariants = new Map<Output, Output>();

  constructor(private readonly to: EmitContext) {}

  /** A tensor from outside, to be read inside. */
  invariant(value: Output, dtype: attr.DataType): Output {
    const known = this.invariants.get(value);
    if (known !== undefined) return known;
    const made = this.enter({ value, dtype }, true);
    this.invariants.set(value, made);
    return made;
  }

  /** Goes round as long as `condition` holds, and gives what is carried then. */
  run(
    start: readonly Carried[],
    condition: (carried: Output[]) => Output,
    body: (carried: Output[]) => Output[],
  ): Output[] {
    const { to } = this;
    const type = (index: number) => ({ T: attr.type(start[index]!.dtype) });
    const entered = start.map((each) => this.enter(each, false));
    const merged = entered.map((each, i) =>
      to.node('Merge', [each, each], { ...type(i), N: attr.int(2) }, 'merge'),
    );
    const goes = to.node('LoopCond', [condition(merged)], {}, 'condition');
    const switched = merged.map((each, i) => to.node('Switch', [each, goes], type(i), 'switch'));
    const made = body(switched.map((each) => `${each}:1`));
    for (const [i, each] of made.entries())
      to.graph.rewire(merged[i]!, 1, to.node('NextIteration', [each], type(i), 'next'));
    return switched.map((each, i) => to.node('Exit', [each], type(i), 'exit'));
  }

  private enter({ value, dtype }: Carried, isConstant: boolean): Output {
    const attributes = {
      T: attr.type(dtype),
      frame_name: attr.string(this.to.label),
      is_constant: attr.bool(isConstant),
      parallel_iterations: attr.int(1),
    };
    return this.to.node('Enter', [value], attributes, 'enter');
  }
}
