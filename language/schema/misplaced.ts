/** Keys that stand a level too far out or in: one mistake, whatever else that makes of the file. */
import { entryOf, keyOf, type Path } from '../syntax/path';
import { columnOf, lineStart } from '../syntax/scan';
import type { Entry, MapNode, Range, Tree } from '../syntax/tree';
import { problemsOf, type StructureProblem } from './check';
import type { Schema } from './compiled';
import { misplacedDeeper } from './misplaced-deeper';
import { type Kind, schemaOf } from './schemas';

/** The problems, with one in place of those that follow from a key at the wrong level. */
export function misplaced(
  tree: Tree,
  root: MapNode,
  kind: Kind,
  problems: StructureProblem[],
): StructureProblem[] {
  const schema = schemaOf(kind);
  const found = [
    ...tooFarOut(tree, root, schema, problems),
    ...root.entries.flatMap((section) => tooFarIn(tree, root, section, schema, problems)),
    ...misplacedDeeper(tree, schema, problems),
  ];
  if (found.length === 0) return problems;
  const explained = found.flatMap(({ explains }) => explains);
  return [
    ...problems.filter((problem) => !explained.includes(problem)),
    ...found.map(({ problem }) => problem),
  ];
}

export interface Misplaced {
  problem: StructureProblem;
  /** What follows from it. */
  explains: StructureProblem[];
}

/** Entries of a section that stand at the margin, behind it. */
function tooFarOut(tree: Tree, root: MapNode, schema: Schema, problems: StructureProblem[]): Misplaced[] {
  const strays = new Set(
    problems.filter((one) => one.kind === 'unknown-key' && one.path.length === 1).map(({ path }) => path[0]),
  );
  const isStray = (entry: Entry | undefined) => entry !== undefined && strays.has(keyOf(entry));
  return root.entries.flatMap((section, index): Misplaced[] => {
    const first = root.entries[index + 1];
    const inner = schema.properties.get(keyOf(section));
    const formOf = (entry: Entry) => inner?.properties.get(keyOf(entry)) ?? inner?.additional;
    if (isStray(section) || !isStray(first) || !formOf(first!)) return [];
    const next = root.entries.findIndex((entry, at) => at > index && !isStray(entry));
    const entries = root.entries.slice(index + 1, next < 0 ? undefined : next);
    const isEmpty =
      section.value === undefined || (section.value.kind === 'scalar' && section.value.raw === '');
    const isMeant = (entry: Entry) => {
      const { value } = entry;
      const form = isEmpty || value?.kind === 'map' ? formOf(entry) : undefined;
      return form !== undefined && problemsOf(value, form, []).length === 0;
    };
    if (!entries.every(isMeant)) return [];
    const [name, owner] = [keyOf(first!), keyOf(section)];
    const siblings = section.value?.kind === 'map' && !section.value.flow ? section.value.entries : [];
    const by = siblings.length > 0 ? columnOf(tree.text, siblings[0]!.key.range.start) : 2;
    return [
      {
        problem: {
          kind: 'wrong-value',
          range: first!.key.range,
          path: [owner],
          message: `\`${name}\` is not indented, so it does not belong to \`${owner}\``,
          shift: { range: linesOf(tree, entries), by },
        },
        explains: problems.filter(
          ({ path }) =>
            (path.length === 1 && path[0] === owner) || entries.some((entry) => path[0] === keyOf(entry)),
        ),
      },
    ];
  });
}

/** Keys of the file, or of the entry before, among the entries of a section. */
function tooFarIn(
  tree: Tree,
  root: MapNode,
  section: Entry,
  schema: Schema,
  problems: StructureProblem[],
): Misplaced[] {
  const item = schema.properties.get(keyOf(section))?.additional;
  const { value } = section;
  if (value?.kind !== 'map' || value.flow) return [];
  let isOver = false;
  return value.entries.flatMap((entry, index): Misplaced[] => {
    if (isOver) return [];
    const name = keyOf(entry);
    const at: Path = [keyOf(section), name];
    const wrong = problems.filter(({ path }) => path[0] === at[0] && path[1] === name);
    if (wrong.length === 0) return [];
    const column = columnOf(tree.text, entry.key.range.start);
    const { range } = entry.key;
    const own = schema.properties.get(name);
    if (own && !entryOf(root, name)) {
      const isNeeded = schema.required.includes(name);
      const missing = problems.filter(
        ({ kind, path }) => kind === 'missing-field' && path.length === 1 && path[0] === name,
      );
      const shift = { range: linesOf(tree, [entry]), by: -column };
      const isEmpty = entry.value === undefined;
      if (!isEmpty && problemsOf(entry.value, own, []).length > 0) return [];
      // What stood below it stands beside it now.
      isOver = isEmpty;
      const below = isEmpty ? value.entries.slice(index + 1).map(keyOf) : [];
      const followers = problems.filter(({ path }) => path[0] === at[0] && below.includes(String(path[1])));
      const message = `\`${name}\` is indented, so it is part of \`${at[0]}\` and not of the file`;
      return [
        {
          problem: isNeeded
            ? { kind: 'missing-field', range, path: [name], message, shift }
            : { kind: 'wrong-value', range, path: at, message, shift },
          explains: [...wrong, ...missing, ...followers],
        },
      ];
    }
    const before = value.entries[index - 1];
    if (!item) return [];
    const inner = [item, ...item.union].flatMap(({ properties }) => properties.get(name) ?? [])[0];
    if (!inner || before?.value?.kind !== 'map' || before.value.flow || entryOf(before.value, name))
      return [];
    if (problemsOf(entry.value, inner, []).length > 0) return [];
    const by = columnOf(tree.text, before.value.entries[0]!.key.range.start) - column;
    const message = `\`${name}\` is not indented like the other keys of \`${keyOf(before)}\``;
    const shift = { range: linesOf(tree, [entry]), by };
    return by > 0
      ? [
          {
            problem: { kind: 'wrong-value', range, path: [at[0]!, keyOf(before), name], message, shift },
            explains: wrong,
          },
        ]
      : [];
  });
}

/** From the start of the first one's line. */
function linesOf({ text }: Tree, entries: readonly Entry[]): Range {
  return { start: lineStart(text, entries[0]!.key.range.start), end: entries.at(-1)!.range.end };
}
