import type { OpenQuestion } from '../inference/problems';
import { type Edit, insertEntry } from '../syntax/edits';
import { asMap, entriesOf, keyOf } from '../syntax/path';
import type { Dim } from '../types/dim';
import { type Analysis, edit, type Rule } from './rule';

export const dimUnverified: Rule = {
  id: 'dim-unverified',
  group: 'shapes',
  severity: 'information',
  optIn: true,
  summary: 'Sizes that may or may not fit.',
  why: 'Only what is proved wrong is an error; with a `where` the author says for which sizes a brick is meant.',
  check(analysis, report) {
    const { inference } = analysis;
    const seen = new Set<number>();
    for (const question of inference?.graph.questions ?? []) {
      const { solver } = inference!.graph;
      const left = solver.resolve(question.left);
      const right = solver.resolve(question.right);
      // What was learnt since may have settled it.
      if (left.equals(right) || seen.has(question.range.start)) continue;
      if (question.kind === 'axis' && left.constant === undefined && mayBeAny(left, right)) continue;
      seen.add(question.range.start);
      report({
        range: question.range,
        message: ask(question, left, right),
        propose: () => addWhere(question, left, right, analysis),
      });
    }

    /** Two plain names say nothing that a `where` could settle better than a wire. */
    function mayBeAny(left: Dim, right: Dim): boolean {
      return left.name !== undefined && right.name !== undefined && left.name === right.name;
    }
  },
};

function ask(question: OpenQuestion, left: Dim, right: Dim): string {
  switch (question.kind) {
    case 'condition': {
      const whose = question.step ? `\`${question.step.step.name}\` needs` : 'This composition needs';
      return `${whose} \`${question.condition.text}\`, which cannot be decided here: ${left} and ${right}`;
    }
    case 'axis':
      return `Cannot show that axis ${question.axis} of \`${question.source}\`, \`${left}\`, equals \`${right}\``;
    case 'equation':
      return `\`${question.step?.step.name}\`: ${question.why}; cannot show that \`${left}\` equals \`${right}\``;
  }
}

/** The condition that would settle it, in the names of the brick. */
function addWhere(question: OpenQuestion, left: Dim, right: Dim, analysis: Analysis) {
  const { declaration, source } = analysis;
  if (declaration?.kind !== 'module') return [];
  const condition = conditionFor(question, left, right);
  const known = new Set(
    [...declaration.params.keys(), ...declaration.inputs.values()].flatMap((item) =>
      typeof item === 'string' ? [item] : item.parsed.names.map(({ name }) => name),
    ),
  );
  if (![...left.symbols(), ...right.symbols()].every((name) => known.has(name))) return [];
  const entry = entriesOf(source.tree.root).find((each) => keyOf(each) === 'where');
  return [edit(analysis, withCondition(entry?.value, condition, analysis), `Add \`where: ${condition}\``)];
}

function conditionFor(question: OpenQuestion, left: Dim, right: Dim): string {
  const relation = question.kind === 'condition' ? question.condition.parsed.constraint!.relation : '==';
  const { multiple } = left.minus(right);
  if (relation === '==' && multiple) return `${multiple.symbol} % ${multiple.of} == 0`;
  return `${left} ${relation} ${right}`;
}

function withCondition(
  where: ReturnType<typeof asMap> | Analysis['source']['tree']['root'],
  condition: string,
  { source }: Analysis,
): Edit {
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
