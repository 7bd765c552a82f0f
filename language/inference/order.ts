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
  const needs = new Map<string, Set<string>>();
  const feeds = new Map<string, string[]>();
  const open = new Map<string, number>();
  const places = new Map<string, number>();
  for (const [name, step] of steps) {
    const named = step.wires.map((wire) => wire.reference.owner);
    if (afterShared && step.share) named.push(step.share.value);
    const owners = new Set(named.filter((owner) => steps.has(owner)));
    places.set(name, places.size);
    needs.set(name, owners);
    open.set(name, owners.size);
    for (const owner of owners) {
      const list = feeds.get(owner);
      if (list) list.push(name);
      else feeds.set(owner, [name]);
    }
  }
  const order: string[] = [];
  let wave = [...steps.keys()].filter((name) => open.get(name) === 0);
  while (wave.length > 0) {
    order.push(...wave);
    const next: string[] = [];
    for (const name of wave) {
      for (const fed of feeds.get(name) ?? []) {
        const left = open.get(fed)! - 1;
        open.set(fed, left);
        if (left === 0) next.push(fed);
      }
    }
    wave = next.sort((a, b) => places.get(a)! - places.get(b)!);
  }
  const done = new Set(order);
  const rest = [...steps.keys()].filter((name) => !done.has(name));
  const cycle = rest.filter((name) => reaches(name, name, needs, done));
  return { order: [...order, ...rest], cycle };
}

function reaches(
  from: string,
  to: string,
  needs: Map<string, Set<string>>,
  done: ReadonlySet<string>,
): boolean {
  const seen = new Set<string>();
  const open = [from];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    for (const next of needs.get(name) ?? []) {
      if (next === to) return true;
      if (done.has(next) || seen.has(next)) continue;
      seen.add(next);
      open.push(next);
    }
  }
  return false;
}
