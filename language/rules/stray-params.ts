/** Params of a brick that stand beside `module` instead of under `params`. */
import type { StructureProblem } from '../schema/check';
import { insertEntry, removeEntry } from '../syntax/edits';
import { asMap, at, entryAt, entryOf, keyOf } from '../syntax/path';
import type { Entry, MapNode } from '../syntax/tree';
import type { Analysis, FixProposal } from './rule';

export interface StrayParams {
  /** The step or part. */
  map: MapNode;
  entries: Entry[];
  brick: string;
}

/** By the first problem of each step; the others are told with it. */
export function strayParams({ source, inference }: Analysis): {
  first: Map<StructureProblem, StrayParams>;
  all: Set<StructureProblem>;
} {
  const first = new Map<StructureProblem, StrayParams>();
  const all = new Set<StructureProblem>();
  const bySteps = new Map<string, StrayParams>();
  for (const problem of source.structure) {
    const [section, name, key] = problem.path;
    if (problem.kind !== 'unknown-key' || problem.path.length !== 3) continue;
    const target = inference?.graph.steps.get(String(name))?.target;
    const isOfStep = section === 'parts' || section === 'graph';
    if (!isOfStep || target?.kind !== 'module' || !target.module.params.has(String(key))) continue;
    const map = asMap(at(source.tree, problem.path.slice(0, -1)));
    const entry = entryAt(source.tree, problem.path);
    if (!map || !entry) continue;
    all.add(problem);
    const known = bySteps.get(String(name));
    if (known) known.entries.push(entry);
    else {
      const stray = { map, entries: [entry], brick: target.module.name?.value ?? String(name) };
      bySteps.set(String(name), stray);
      first.set(problem, stray);
    }
  }
  return { first, all };
}

export function messageOf({ entries, brick }: StrayParams): string {
  const names = entries.map((entry) => `\`${keyOf(entry)}\``);
  const listed =
    names.length > 1
      ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)} are params`
      : `${names[0]} is a param`;
  return `${listed} of \`${brick}\`: ${names.length > 1 ? 'they stand' : 'it stands'} under \`params\``;
}

/** Into the `params` that are there, or in the place of the first one. */
export function underParams({ map, entries }: StrayParams, { source }: Analysis): FixProposal[] {
  const { tree, text, file } = source;
  const params = entryOf(map, 'params');
  const written = (entry: Entry) => text.slice(entry.range.start, entry.range.end);
  const title = 'Move under `params`';
  const [first, ...others] = entries;
  if (!first || entries.some(({ value }) => !value)) return [];
  const gone = others.map((entry) => ({ file, ...removeEntry(tree, map, entry) }));
  if (!params) {
    const all = `params: { ${entries.map(written).join(', ')} }`;
    return [{ title, uncovers: true, edits: [{ file, range: first.range, text: all }, ...gone] }];
  }
  const inner = asMap(params.value);
  if (!inner || entries.length > 1 || !first.value) return [];
  const value = text.slice(first.value.range.start, first.value.range.end);
  const edits = [removeEntry(tree, map, first), insertEntry(tree, inner, keyOf(first), value)];
  return [{ title, uncovers: true, edits: edits.map((edit) => ({ file, ...edit })) }];
}
