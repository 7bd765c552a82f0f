/** A param that nobody sets goes, with its default in its place. */
import type { ModuleDeclaration, Param } from '../../names/declarations';
import { removeEntry } from '../../syntax/edits';
import { asMap, asNumber, get, keyOf } from '../../syntax/path';
import type { TextEdit } from '../answers';
import { type Files, referencesAt } from '../references';
import type { Refactoring, Selected } from './refactoring';

export function inlinings({ analysis, range }: Selected, files: Files): Refactoring[] {
  const { declaration, source } = analysis;
  if (declaration?.kind !== 'module' || source.tree.problems.length > 0) return [];
  const param = [...declaration.params.values()].find(
    ({ key }) => key.start <= range.start && range.start <= key.end,
  );
  const written = param && defaultOf(param, source.text);
  if (!param || written === undefined) return [];
  const edits = editsFor(param, written, declaration, files);
  const gone = removalOf(param, declaration, source.tree);
  if (!edits || !gone) return [];
  return [
    {
      title: `Put ${written} in place of \`${param.name}\``,
      kind: 'inline',
      edits: [...edits, { file: source.file, ...gone }],
    },
  ];
}

function defaultOf({ default: node }: Param, text: string): string | undefined {
  if (node?.kind !== 'scalar' || node.value === null) return undefined;
  return text.slice(node.range.start, node.range.end);
}

/** Undefined where the param is set, in a test or by another file, or stands where its value cannot. */
function editsFor(
  param: Param,
  written: string,
  { file, name }: ModuleDeclaration,
  files: Files,
): TextEdit[] | undefined {
  if (!name) return undefined;
  const text = files.source(file)!.text;
  const edits: TextEdit[] = [];
  for (const place of referencesAt(files, file, param.key.start)) {
    const { start, end } = place.range;
    if (place.file !== file) return undefined;
    if (start === param.key.start) continue;
    const isValue = text[start - 1] === '$';
    // In a shape or a condition only a number can stand.
    if (!isValue && asNumber(param.default) === undefined) return undefined;
    if (!isValue && /^\s*:/.test(text.slice(end))) return undefined;
    edits.push({ file, range: { start: isValue ? start - 1 : start, end }, text: written });
  }
  return edits;
}

function removalOf(param: Param, { root }: ModuleDeclaration, tree: Parameters<typeof removeEntry>[0]) {
  const section = asMap(get(root, 'params'));
  const entry = section?.entries.find((each) => keyOf(each) === param.name);
  if (!section || !entry) return undefined;
  if (section.entries.length > 1) return removeEntry(tree, section, entry);
  const whole = root.entries.find((each) => keyOf(each) === 'params');
  return whole && removeEntry(tree, root, whole);
}
