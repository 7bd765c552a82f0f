/** What a part's weights were learned on: ids mean nothing without the vocabulary that gave them. */
import type { Plan, PlanNode } from '../../language/plan/format';
import { hashText } from '../data/cache';
import { isOpen } from '../data/prepare/nodes';
import type { PrepareState } from '../data/prepare/op';
import { fail } from '../failure';
import { inputsOf, outputsOf } from '../step/frozen';
import type { LoadedPart } from './parts';

/** Ops whose numbers are names: another state gives the same numbers another meaning. */
const NAMING = new Set(['word_ids', 'char_ids']);

/** Hashes of the vocabularies above a part, through whatever lies between. */
export function lineageOf(plan: Plan, part: string, states: Record<string, PrepareState>): string[] {
  const hashes = vocabulariesAbove(plan, part).map((node) =>
    hashText(JSON.stringify(states[node.id] ?? null)),
  );
  return [...new Set(hashes)].sort();
}

function vocabulariesAbove(plan: Plan, part: string): PlanNode[] {
  const producers = new Map<string, PlanNode>();
  for (const node of [...plan.prepare, ...plan.graph])
    for (const id of outputsOf(node)) producers.set(id, node);
  const seen = new Set<PlanNode>();
  const open = plan.graph.filter((node) => node.part === part);
  for (let node = open.pop(); node; node = open.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    for (const id of inputsOf(node)) {
      const producer = producers.get(id);
      if (producer) open.push(producer);
    }
  }
  return plan.prepare.filter((node) => seen.has(node) && NAMING.has(node.op));
}

/** Those that a part may have been learned on: an extended vocabulary goes on where the one that was given ends. */
function knownAbove(
  plan: Plan,
  part: string,
  loaded: LoadedPart[],
  states: Record<string, PrepareState>,
): string[] {
  const given = Object.assign({}, ...loaded.map((each) => each.states)) as Record<string, PrepareState>;
  const open = vocabulariesAbove(plan, part).filter((node) => isOpen(node) && given[node.id]);
  return [...lineageOf(plan, part, states), ...open.map((node) => hashText(JSON.stringify(given[node.id])))];
}

/** Fails where a part brings weights that were learned on another vocabulary than the one it is now fed with. */
export function checkLineage(plan: Plan, loaded: LoadedPart[], states: Record<string, PrepareState>): void {
  for (const { part: name, from, lineage } of loaded) {
    const now = knownAbove(plan, name, loaded, states);
    if (lineage.every((hash) => now.includes(hash))) continue;
    const part = plan.parts.find((candidate) => candidate.name === name)!;
    const makers = [...new Set(vocabulariesAbove(plan, name).map((node) => node.part))].join(', ');
    const { weights: own } = part;
    const weights = `weights: ${own.from === 'run' ? `run:${own.run}` : 'pretrained'}`;
    fail(
      'vocabulary-differs',
      `Part ${name} takes its weights from ${from}, where words had other numbers than part ${makers} gives them here`,
      {
        help: `Give part ${makers} ${weights} too, so that it brings the vocabulary along.`,
        file: part.at.file,
        line: part.at.line,
      },
    );
  }
}
