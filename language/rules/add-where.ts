/** Conditions that a brick could ask of its users, as edits of its `where`. */
import { type Edit, insertEntry } from '../syntax/edits';
import { asMap, entriesOf, keyOf } from '../syntax/path';
import type { TreeNode } from '../syntax/tree';
import type { Relation } from '../types/constraint';
import type { Dim } from '../types/dim';
import { type Analysis, edit, type FixProposal } from './rule';

/** The condition in words of `where`. */
export function conditionOf(left: Dim, right: Dim, relation: Relation = '=='): string {
  const { multiple } = left.minus(right);
  if (relation === '==' && multiple) return `${multiple.symbol} % ${multiple.of} == 0`;
  // A name first, as people write it.
  const isTurned = relation === '==' && left.constant !== undefined;
  return isTurned ? `${right} == ${left}` : `${left} ${relation} ${right}`;
}

/** Whether a brick can say something of these sizes: they are made of its params and of names in its inputs. */
export function canAsk(sizes: readonly Dim[], { declaration }: Analysis): boolean {
  if (declaration?.kind !== 'module') return false;
  const inputs = [...declaration.inputs.values()].flatMap(({ parsed }) =>
    parsed.names.map(({ name }) => name),
  );
  const known = new Set([...declaration.params.keys(), ...inputs]);
  return sizes.every((size) => [...size.symbols()].every((name) => known.has(name)));
}

/** Puts the condition behind those that are there. */
export function addWhere(condition: string, sizes: readonly Dim[], analysis: Analysis): FixProposal[] {
  if (!canAsk(sizes, analysis)) return [];
  const entry = entriesOf(analysis.source.tree.root).find((each) => keyOf(each) === 'where');
  return [edit(analysis, withCondition(entry?.value, condition, analysis), `Add \`where: ${condition}\``)];
}

function withCondition(where: TreeNode | undefined, condition: string, { source }: Analysis): Edit {
  const root = asMap(source.tree.root)!;
  if (!where)
    return insertEntry(
      source.tree,
      root,
      'where',
      `[${condition}]`,
      root.entries.some((each) => keyOf(each) === 'outputs') ? 'outputs' : undefined,
    );
  const written = source.text.slice(where.range.start, where.range.end);
  if (where.kind !== 'sequence') return { range: where.range, text: `[${written}, ${condition}]` };
  const last = where.items.at(-1);
  if (where.flow) {
    const end = where.range.end - 1;
    return { range: { start: end, end }, text: last ? `, ${condition}` : condition };
  }
  const start = last?.range.end ?? where.range.end;
  const line = source.text.lastIndexOf('\n', last?.range.start ?? start) + 1;
  const indent = /^\s*/.exec(source.text.slice(line))![0];
  return { range: { start, end: start }, text: `\n${indent}- ${condition}` };
}
