import type { InferredGraph } from './graph';

/** The datasets that a part is computed from, whatever lies between. */
export function datasetsBehind(
  owner: string,
  graph: InferredGraph,
  data: ReadonlyMap<string, unknown>,
): Set<string> {
  const found = new Set<string>();
  const seen = new Set<string>();
  const open = [owner];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    if (data.has(name)) found.add(name);
    for (const { wire } of graph.steps.get(name)?.wires ?? []) open.push(wire.reference.owner);
  }
  return found;
}
