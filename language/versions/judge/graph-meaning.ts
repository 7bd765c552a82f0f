/** What graphs compute, whatever their inner nodes are called. */

import { entryOf, keyOf } from '../../syntax/path';
import type { TreeNode } from '../../syntax/tree';
import { meaningOf } from './meaning';
import type { Pair, Side } from './pair';

/**
 * Equal for two graphs that differ in the names of nodes without weights, or of those that `renames` follows: what a
 * node is called matters where it makes an output, or where weights are kept under its name.
 */
export function computeTheSame({ old, next, formerly }: Pair): boolean {
  const numbers = new Map<string, number>();
  const numberOf = (text: string) => {
    const known = numbers.get(text) ?? numbers.size;
    numbers.set(text, known);
    return known;
  };
  const [before, after] = [old, next].map((side) =>
    graphOf(side, side === next ? formerly : (name) => name, numberOf),
  );
  return before!.length === after!.length && before!.every((node, index) => node === after![index]);
}

/** One text for each node, sorted. */
function graphOf(
  { module, analysed }: Side,
  formerly: (name: string) => string,
  numberOf: (text: string) => number,
): string[] {
  const { steps } = analysed.inference.graph;
  const bodies = new Map<string, string>();
  const open = new Set<string>();
  const isNamed = (name: string) => {
    const step = steps.get(name);
    if (module.outputs.has(name) || step?.target.kind !== 'op') return true;
    // What is fitted before training is kept by name, as weights are.
    return step.weights.length > 0 || step.target.op.stage === 'prepare';
  };
  const labelOf = (name: string): string => {
    if (!module.graph.has(name)) return name;
    if (isNamed(name) || open.has(name)) return formerly(name);
    return `#${numberOf(bodyOf(name))}`;
  };
  const bodyOf = (name: string): string => {
    const known = bodies.get(name);
    if (known !== undefined) return known;
    open.add(name);
    const value = module.graph.get(name)!.entry.value;
    const wires = value?.kind === 'map' ? entryOf(value, 'in') : undefined;
    const rest =
      wires && value?.kind === 'map'
        ? { ...value, entries: value.entries.filter((entry) => entry !== wires) }
        : value;
    const body = `${meaningOf(rest)} in ${wiredOf(wires?.value, labelOf)}`;
    open.delete(name);
    bodies.set(name, body);
    return body;
  };
  return [...module.graph.keys()].map((name) => `${labelOf(name)}: ${bodyOf(name)}`).sort();
}

function wiredOf(node: TreeNode | undefined, labelOf: (name: string) => string): string {
  if (node?.kind === 'sequence') return `[${node.items.map((item) => wiredOf(item, labelOf)).join()}]`;
  if (node?.kind === 'map')
    return `{${node.entries
      .map((entry) => `${keyOf(entry)}:${wiredOf(entry.value, labelOf)}`)
      .sort()
      .join()}}`;
  if (node?.kind !== 'scalar' || typeof node.value !== 'string') return meaningOf(node);
  const [owner, ...port] = node.value.split('.');
  return [labelOf(owner!), ...port].join('.');
}
