import type { Location } from '../answers/answers';
import { writtenAt } from '../names/layers';
import { insertEntry } from '../syntax/edits';
import { asMap } from '../syntax/path';
import type { Range } from '../syntax/tree';
import type { PlacedRequest } from '../versions/resolution/requests';
import type { Explanation } from '../versions/resolver/explain';
import { shownSlot } from '../versions/resolver/universe';
import { type Analysis, edit, type FixProposal, listed, type Report, type Rule, replace } from './rule';

export const versionConflict: Rule = {
  id: 'version-conflict',
  group: 'versions',
  severity: 'error',
  summary: 'Bricks that cannot be had together in any versions.',
  why: 'A composition takes one version of each brick, also of those that published bricks are made of. Here every choice breaks a range.',
  check(analysis, report) {
    const found = unsolved(analysis, 'conflict');
    if (found) report(found);
  },
};

/** What is said where versions cannot be chosen, at the first of the requests that take part. */
export function unsolved(analysis: Analysis, kind: Explanation['kind']): Report | undefined {
  const { conflict, requests = [] } = analysis.resolution ?? {};
  if (conflict?.explanation.kind !== kind) return undefined;
  const { explanation } = conflict;
  const involved = requests.filter(({ name, asker }) =>
    explanation.requests.some((each) => each.name === name && each.asker === asker),
  );
  const first = involved.find(({ reference }) => isOwn(reference.nameRange, analysis)) ?? involved[0];
  if (!first) return undefined;
  const others = involved.filter((each) => each !== first);
  const names = [...new Set(involved.map(({ name }) => shownSlot(name)))];
  const claim = names.length > 1 ? `${listed(names)} cannot be had together` : undefined;
  const [only] = explanation.lines;
  const isSaid = names.length === 1 && explanation.lines.length === 1;
  return {
    range: first.reference.versionRangeAt ?? first.reference.nameRange,
    message: isSaid
      ? only!
      : [
          claim ?? `\`${shownSlot(first.name)}\` in \`${first.range}\` cannot be had`,
          ...explanation.lines.map(indented),
        ].join('\n'),
    related: others.map(({ name, range, reference }) => ({
      ...placeOf(analysis, reference.nameRange),
      message: `\`${shownSlot(name)}\` in \`${range}\` is asked for here`,
    })),
    propose: () => [...relaxed(analysis), ...apart(involved, analysis)],
  };
}

/** Whether it is not inherited. */
function isOwn({ start }: Range, { source }: Analysis): boolean {
  return start <= source.text.length;
}

function indented(line: string): string {
  return `   ${line}`;
}

function placeOf({ declaration, source }: Analysis, at: Range): Location {
  if (declaration?.kind !== 'model') return { file: source.file, range: at };
  const { file, range } = writtenAt(declaration, at);
  return { file, range };
}

/** Ranges with which everything was solved. */
function relaxed(analysis: Analysis): FixProposal[] {
  const { conflict, requests = [] } = analysis.resolution ?? {};
  return (conflict?.relaxations() ?? []).flatMap(({ request, range }) => {
    const { reference } = requests.find(
      ({ name, asker }) => name === request.name && asker === request.asker,
    )!;
    const at = reference.versionRangeAt;
    const title = `Ask for \`${shownSlot(request.name)}\` in \`${range}\``;
    return at ? [replace(analysis, at, range, title)] : [];
  });
}

/** A version of its own for the last one, where one brick is asked for in ranges that exclude each other. */
function apart(involved: readonly PlacedRequest[], analysis: Analysis): FixProposal[] {
  const { declaration, source } = analysis;
  const last = involved.at(-1);
  if (!last || involved.length < 2 || declaration?.kind !== 'model') return [];
  if (involved.some(({ name }) => name !== last.name)) return [];
  const step = [...declaration.parts.values()].find(({ module }) => module?.reference === last.reference);
  const map = asMap(step?.entry.value);
  if (!step || !map || !isOwn(step.range, analysis)) return [];
  const title = `Give \`${step.name}\` a version of its own`;
  return [
    edit(
      analysis,
      insertEntry(source.tree, map, 'as', step.name.replaceAll('_', '-').toLowerCase(), 'module'),
      title,
    ),
  ];
}
