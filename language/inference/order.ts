import type { Step } from '../names/declarations';

/** Steps so that each comes after what feeds it; those on a cycle are named, those behind one come last. */
export function orderOf(steps: Map<string, Step>): { order: string[]; cycle: string[] } {
  const waiting = new Map<string, Set<string>>();
  for (const [name, step] of steps) {
    waiting.set(
      name,
      new Set(step.wires.map((wire) => wire.reference.owner).filter((owner) => steps.has(owner))),
    );
  }
  const order: string[] = [];
  for (;;) {
    const ready = [...waiting].filter(([, needs]) => needs.size === 0).map(([name]) => name);
    if (ready.length === 0) break;
    for (const name of ready) waiting.delete(name);
    for (const needs of waiting.values()) for (const name of ready) needs.delete(name);
    order.push(...ready);
  }
  const cycle = [...waiting.keys()].filter((name) => reaches(name, name, waiting));
  return { order: [...order, ...waiting.keys()], cycle };
}

function reaches(from: string, to: string, needs: Map<string, Set<string>>): boolean {
  const seen = new Set<string>();
  const open = [from];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    for (const next of needs.get(name) ?? []) {
      if (next === to) return true;
      if (!seen.has(next)) {
        seen.add(next);
        open.push(next);
      }
    }
  }
  return false;
}
