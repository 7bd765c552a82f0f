import { nearest } from '../names/nearest';
import { checkWhole, type StructureProblem } from '../schema/check';
import { entriesOf, get, keyOf } from '../syntax/path';
import { heir } from './inherited';
import { type Analysis, type FixProposal, type Rule, replace, respell } from './rule';
import { messageOf, strayParams, underParams } from './stray-params';

/** A rule that passes on one kind of problem found by the schema check. */
export function structuralRule(
  rule: Pick<Rule, 'id' | 'group' | 'severity' | 'summary' | 'why'>,
  kinds: StructureProblem['kind'][],
  propose?: (problem: StructureProblem, analysis: Analysis) => FixProposal[],
): Rule {
  return {
    ...rule,
    structural: true,
    check(analysis, report) {
      const { first, all } = strayParams(analysis);
      for (const problem of structureOf(analysis)) {
        if (!kinds.includes(problem.kind)) continue;
        const stray = first.get(problem);
        if (!stray && all.has(problem)) continue;
        report({
          range: problem.range,
          names: namesIn(problem),
          message: stray ? messageOf(stray) : problem.message,
          propose: () => [
            ...(stray ? underParams(stray, analysis) : []),
            ...shifted(problem, analysis),
            ...(propose?.(problem, analysis) ?? []),
          ],
        });
      }
    },
  };
}

/** Of the file, and of what it makes of the composition that it extends. */
function structureOf({ source, declaration }: Analysis): StructureProblem[] {
  const model = heir(declaration);
  if (!model) return source.structure;
  const inherited = entriesOf(get(model.whole, 'parts')).filter(
    ({ key }) => key.range.start > source.text.length,
  );
  const names = inherited.map(keyOf);
  return [...source.structure, ...checkWhole(model.whole).map((problem) => orInherited(problem, names))];
}

/** What says nothing of its brick is most likely a part of the base, misspelt. */
function orInherited(problem: StructureProblem, inherited: readonly string[]): StructureProblem {
  const [section, part] = problem.path;
  const meant =
    section === 'parts' && problem.kind === 'missing-field' ? nearest(String(part), inherited) : undefined;
  if (meant === undefined) return problem;
  return {
    ...problem,
    message: `There is no part \`${part}\` to change; did you mean \`${meant}\`?`,
    nearest: meant,
  };
}

export function renameToNearest(problem: StructureProblem, analysis: Analysis): FixProposal[] {
  if (problem.nearest === undefined) return [];
  return [respell(analysis, problem.range, problem.nearest)];
}

/** With lines moved to the level where they were meant to be. */
function shifted({ shift }: StructureProblem, analysis: Analysis): FixProposal[] {
  if (!shift) return [];
  const { range, by } = shift;
  const lines = analysis.source.text.slice(range.start, range.end).split('\n');
  const text = lines
    .map((line) =>
      line.trim() === '' ? line : by > 0 ? ' '.repeat(by) + line : line.slice(indentOf(line, -by)),
    )
    .join('\n');
  return [
    { ...replace(analysis, range, text, by > 0 ? 'Indent it' : 'Move it to the margin'), uncovers: true },
  ];
}

function indentOf(line: string, most: number): number {
  return Math.min(most, /^ */.exec(line)![0].length);
}

const declaring = new Set(['inputs', 'outputs', 'params', 'graph', 'parts', 'columns', 'data', 'tasks']);

/** What is not declared as meant: wires to it lead nowhere for that reason. */
function namesIn({ kind, path }: StructureProblem): string[] {
  const [section, name] = path;
  if (!declaring.has(String(section)) || name === undefined) return [];
  // A part that stands too far in is a key of the one before it.
  return kind === 'unknown-key' && path.length > 2 ? [String(name), String(path.at(-1))] : [String(name)];
}
