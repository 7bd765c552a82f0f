import type { Step } from '../names/declarations';

interface Order {
  order: string[];
  cycle: string[];
}

/** A brick's graph is opened many times, and is always in the same order. */
const known = new WeakMap<Map<string, Step>, Order>();

/** Steps so that each comes after what feeds it; those on a cycle are named, those behind one come last. */
export function orderOf(steps: Map<string, Step>): Order {
  const before = known.get(steps);
  if (before) return before;
  // A part that shares another comes after it, unless that one reads what it gives.
  const shares = inOrder(steps, true);
  const found = shares.cycle.length > 0 ? inOrder(steps, false) : shares;
  known.set(steps, found);
  return found;
}

/** Wave by wave: all steps whose sources are in earlier waves, as they are written. */
function inOrder(steps: Map<string, Step>, afterShared: boolean): Order {
  const names = [...steps.keys()];
  const needs = needsOf(steps, names, afterShared);
  const feeds: number[][] = names.map(() => []);
  const open = needs.map((sources) => sources.length);
  for (const [step, sources] of needs.entries()) for (const source of sources) feeds[source]!.push(step);
  const order: number[] = [];
  let wave = [...open.keys()].filter((step) => open[step] === 0);
  while (wave.length > 0) {
    for (const step of wave) order.push(step);
    const next: number[] = [];
    for (const step of wave) for (const fed of feeds[step]!) if (--open[fed]! === 0) next.push(fed);
    wave = next.length > 1 ? next.sort((a, b) => a - b) : next;
  }
  const rest = [...open.keys()].filter((step) => open[step]! > 0);
  const cycle = cyclic(rest, needs);
  return { order: [...order, ...rest].map((step) => names[step]!), cycle: cycle.map((step) => names[step]!) };
}

/** Of each step, those it reads from, by their places; each of them once. */
function needsOf(steps: Map<string, Step>, names: string[], afterShared: boolean): number[][] {
  const places = new Map(names.map((name, place) => [name, place]));
  return [...steps.values()].map((step) => {
    const sources = step.wires.flatMap(({ reference }) => places.get(reference.owner) ?? []);
    const shared = afterShared && step.share ? places.get(step.share.value) : undefined;
    if (shared !== undefined) sources.push(shared);
    return sources.length > 1 ? [...new Set(sources)] : sources;
  });
}

/**
 * Those of the steps that lead back to themselves: the members of strongly connected components (Tarjan, "Depth-first
 * search and linear graph algorithms", 1972), without recursion, in the order in which they are written.
 */
function cyclic(among: number[], needs: number[][]): number[] {
  if (among.length === 0) return [];
  const isAmong = new Set(among);
  const index = new Map<number, number>();
  const low = new Map<number, number>();
  const stack: number[] = [];
  const onStack = new Set<number>();
  const found: number[] = [];
  for (const root of among) {
    if (index.has(root)) continue;
    const path = [{ step: root, next: 0 }];
    while (path.length > 0) {
      const at = path.at(-1)!;
      const { step } = at;
      if (at.next === 0) {
        index.set(step, index.size);
        low.set(step, index.get(step)!);
        stack.push(step);
        onStack.add(step);
      }
      const source = needs[step]![at.next++];
      if (source !== undefined) {
        if (!isAmong.has(source)) continue;
        if (!index.has(source)) path.push({ step: source, next: 0 });
        else if (onStack.has(source)) low.set(step, Math.min(low.get(step)!, index.get(source)!));
        continue;
      }
      path.pop();
      const above = path.at(-1);
      if (above) low.set(above.step, Math.min(low.get(above.step)!, low.get(step)!));
      if (low.get(step) !== index.get(step)) continue;
      const component = stack.splice(stack.lastIndexOf(step));
      for (const each of component) onStack.delete(each);
      if (component.length > 1 || needs[step]!.includes(step)) found.push(...component);
    }
  }
  return found.sort((a, b) => a - b);
}
