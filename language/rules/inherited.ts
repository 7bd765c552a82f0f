/** Findings about what a composition inherits, put where this file has to do with them. */
import type { Declaration, ModelDeclaration } from '../names/declarations';
import { writtenAt } from '../names/layers';
import type { Range } from '../syntax/tree';
import type { Checked, Report } from './rule';

type Found = Checked['findings'][number];

/** The composition, if it inherits anything. */
export function heir(declaration: Declaration | undefined): ModelDeclaration | undefined {
  return declaration?.kind === 'model' && declaration.layers.length > 0 ? declaration : undefined;
}

/**
 * What is wrong with something inherited is said at what this file puts in the place of what it names, or else at
 * `extends`, and leads to where it is written. It has no fix here: the text is another file's.
 */
export function placed(finding: Found, model: ModelDeclaration): Found {
  const related = finding.related?.map((each) =>
    each.file === model.file ? { ...each, ...place(model, each.range) } : each,
  );
  const { inherited, file, range } = writtenAt(model, finding.range);
  if (!inherited) return { ...finding, related, propose: ownFixes(finding.propose, model) };
  return {
    ...finding,
    range: causeOf(model, inherited.text.slice(0, range.end)),
    related: [{ file, range, message: 'inherited from here' }, ...(related ?? [])],
    propose: undefined,
  };
}

export function isInherited({ range }: Found, model: ModelDeclaration): boolean {
  return range.start > model.text.length;
}

function place(model: ModelDeclaration, range: Range): { file: string; range: Range } {
  const { file, range: written } = writtenAt(model, range);
  return { file, range: written };
}

/** What this file says of the part or dataset that is named where the text ends. */
function causeOf(model: ModelDeclaration, text: string): Range {
  const owner = /([A-Za-z_]\w*)(\.\w+)*$/.exec(text.slice(-500))?.[1] ?? '';
  for (const section of [model.parts, model.data]) {
    const own = section.get(owner)?.key;
    if (own && own.start < model.text.length) return own;
  }
  const removed = model.removed.find((entry) => entry.key.value === owner);
  return removed?.key.range ?? model.base?.range ?? model.root.range;
}

function ownFixes(propose: Report['propose'], model: ModelDeclaration): Report['propose'] {
  return (
    propose &&
    (() =>
      propose().filter(({ edits }) =>
        edits.every(({ file, range }) => file !== model.file || range.end <= model.text.length),
      ))
  );
}
