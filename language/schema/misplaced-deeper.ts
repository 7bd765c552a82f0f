/** Below the sections of a file: keys that stand beside the one that they belong to, and keys inside the one before. */
import { asMap, at, entryOf, isSamePath, keyOf, type Path } from '../syntax/path';
import { columnOf, lineEnd, lineStart } from '../syntax/scan';
import type { Entry, Tree } from '../syntax/tree';
import { problemsOf, type StructureProblem } from './check';
import type { Schema } from './compiled';
import type { Misplaced } from './misplaced';

export function misplacedDeeper(tree: Tree, schema: Schema, problems: StructureProblem[]): Misplaced[] {
  return problems.flatMap((problem) =>
    problem.kind === 'missing-field' && problem.path.length > 2
      ? [...besideOwner(tree, schema, problem, problems), ...insideBrother(tree, problem, problems)]
      : [],
  );
}

/** `expect:` without a value, and what belongs to it on the lines below, not further in. */
function besideOwner(
  tree: Tree,
  schema: Schema,
  missing: StructureProblem,
  problems: StructureProblem[],
): Misplaced[] {
  const around = missing.path.slice(0, -1);
  const map = asMap(at(tree, around));
  const index = map?.entries.findIndex((entry) => keyOf(entry) === missing.path.at(-1)) ?? -1;
  const owner = map?.entries[index];
  if (!map || map.flow || !owner || owner.value) return [];
  const strange = (entry: Entry) =>
    problems.find((each) => each.kind === 'unknown-key' && isSamePath(each.path, [...around, keyOf(entry)]));
  const rest = map.entries.slice(index + 1);
  const end = rest.findIndex((entry) => !strange(entry));
  const strays = rest.slice(0, end < 0 ? undefined : end);
  const inner = schemaOfPath(schema, missing.path);
  const fits = (entry: Entry) =>
    inner.some((each) => {
      const own = each.properties.get(keyOf(entry)) ?? each.additional;
      return own !== undefined && problemsOf(entry.value, own, []).length === 0;
    });
  const [first] = strays;
  if (!first || !strays.every(fits)) return [];
  const name = keyOf(first);
  const range = { start: lineStart(tree.text, first.key.range.start), end: strays.at(-1)!.range.end };
  return [
    {
      problem: {
        kind: 'wrong-value',
        range: first.key.range,
        path: missing.path,
        message: `\`${name}\` is not indented, so it does not belong to \`${keyOf(owner)}\``,
        shift: { range, by: 2 },
      },
      explains: [missing, ...strays.flatMap((entry) => strange(entry) ?? [])],
    },
  ];
}

/** `expect:` under the keys of `given`, which stands before it. */
function insideBrother(tree: Tree, missing: StructureProblem, problems: StructureProblem[]): Misplaced[] {
  const around = missing.path.slice(0, -1);
  const name = String(missing.path.at(-1));
  const map = asMap(at(tree, around));
  if (!map || map.flow || entryOf(map, name)) return [];
  return map.entries.flatMap((brother): Misplaced[] => {
    const inner = brother.value?.kind === 'map' && !brother.value.flow ? brother.value : undefined;
    const entry = inner && entryOf(inner, name);
    if (!entry) return [];
    const { range } = entry.key;
    const by = columnOf(tree.text, map.entries[0]!.key.range.start) - columnOf(tree.text, range.start);
    const lines = {
      start: lineStart(tree.text, range.start),
      end: entry.value ? entry.range.end : lineEnd(tree.text, range.start),
    };
    const own = [...around, keyOf(brother), name];
    return [
      {
        problem: {
          kind: 'missing-field',
          range,
          path: missing.path,
          message: `\`${name}\` is indented, so it is part of \`${keyOf(brother)}\``,
          shift: { range: lines, by },
        },
        explains: [missing, ...problems.filter(({ path }) => isSamePath(path, own))],
      },
    ];
  });
}

/** What may stand at a path, in each form that a value on the way can have. */
function schemaOfPath(schema: Schema, path: Path): Schema[] {
  let found = [schema];
  for (const part of path) {
    found = found.flatMap(formsOf).flatMap((each) => {
      const next = typeof part === 'number' ? each.items : (each.properties.get(part) ?? each.additional);
      return next ? [next] : [];
    });
  }
  return found.flatMap(formsOf);
}

function formsOf(schema: Schema): Schema[] {
  return schema.union.length === 0 ? [schema] : schema.union.flatMap(formsOf);
}
