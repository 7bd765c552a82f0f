import { allAtOnce, type Gradual } from '../gradual';
import { nearest } from '../names/nearest';
import { remember } from '../remember';
import { entryOf, isSamePath, type Path } from '../syntax/path';
import { lineStart } from '../syntax/scan';
import type { Entry, MapNode, Range, Tree, TreeNode } from '../syntax/tree';
import type { Schema } from './compiled';
import { elsewhere } from './elsewhere';
import { misplaced } from './misplaced';
import { keyOfOther } from './other-keys';
import { innerName, nameOf, scalarProblem, unquoted } from './scalars';
import { isKind, type Kind, schemaOf } from './schemas';
import { accepts, branchFor } from './union';
import { unknownKind } from './unknown-kind';
import { allows, expected, found, listed, typeOf } from './words';

export interface StructureProblem {
  kind: 'unknown-key' | 'missing-field' | 'wrong-type' | 'wrong-value' | 'unknown-kind';
  /** Of the key or the value at fault; for a missing field, of the key whose map lacks it. */
  range: Range;
  /** To the key or the value at fault; for a missing field, to the field. */
  path: Path;
  message: string;
  /** What was probably meant, ready to stand at `range`. */
  nearest?: string;
  /** Nothing can stand there. */
  never?: boolean;
  /** Lines that were probably meant to stand so many columns further in, or out. */
  shift?: { range: Range; by: number };
}

/** Holds a file against the schema of its kind. Half-typed places, which are syntax problems already, stay silent. */
export function checkStructure(tree: Tree): StructureProblem[] {
  return allAtOnce(checkingStructure(tree));
}

/** Entry by entry of the file and of its sections. */
export function* checkingStructure(tree: Tree): Gradual<StructureProblem[]> {
  const { root } = tree;
  const kind = root?.kind === 'map' ? entryOf(root, 'kind') : undefined;
  const value = kind?.value?.kind === 'scalar' ? kind.value.value : undefined;
  if (root?.kind !== 'map' || !isKind(value)) return unknownKind(tree, kind, value);
  const checker = new Checker();
  yield* checker.gradually(root, schemaOf(value), { path: [], range: kind!.range }, 2);
  const many = checker.problems.length;
  const problems =
    many > 0 && many < MANY ? misplaced(tree, root, value, checker.problems) : checker.problems;
  return withoutBroken(tree, problems);
}

/** Of so many problems, it is not guessed what was meant: each guess looks at all that there is. */
const MANY = 200;

/** What a composition lacks with all that it inherits: what only one that extends may leave out. */
export function checkWhole(root: MapNode): StructureProblem[] {
  const { without } = schemaOf('model');
  const checker = new Checker();
  if (without) checker.map(root, without.schema, { path: [], range: root.range });
  return checker.problems;
}

/** What a schema says of one value. */
export function problemsOf(node: TreeNode | undefined, schema: Schema, path: Path): StructureProblem[] {
  const checker = new Checker();
  checker.value(node, schema, { path, range: node?.range ?? { start: 0, end: 0 } });
  return checker.problems;
}

/** Whether a section is there, if the file needs it, and as it has to be. */
export function isSound(root: MapNode, kind: Kind, section: string): boolean {
  const schema = schemaOf(kind);
  const property = schema.properties.get(section);
  const entry = entryOf(root, section);
  if (!entry || !property) return !schema.required.includes(section) && !isMeant(section, root, schema);
  const checker = new Checker();
  const owner = { path: [section], range: entry.key.range };
  // Entry by entry, as after an edit most of them are known.
  if (entry.value?.kind === 'map' && property.union.length === 0 && allows(property, 'object'))
    allAtOnce(checker.gradually(entry.value, property, owner, 1));
  else checker.value(entry.value, property, owner);
  return checker.problems.length === 0;
}

/** Whether a key that nobody knows was most likely meant to be this one. */
function isMeant(section: string, root: MapNode, schema: Schema): boolean {
  return root.entries.some(({ key }) => {
    const name = String(key.value);
    if (schema.properties.has(name) || name.startsWith('x-')) return false;
    return keyMeant(name, schema) === section;
  });
}

function keyMeant(key: string, { properties }: Schema): string | undefined {
  return keyOfOther(key, properties) ?? nearest(key, properties.keys());
}

/** One slip of syntax is one finding: what it makes of the line, or leaves out of the map around, says nothing. */
function withoutBroken(tree: Tree, problems: StructureProblem[]): StructureProblem[] {
  const broken = tree.problems.filter((problem) => problem.kind !== 'duplicate-key');
  if (broken.length === 0) return problems;
  const lines = new Set(broken.map(({ range }) => lineStart(tree.text, range.start)));
  return problems.filter(
    ({ kind, range }) => kind !== 'missing-field' && !lines.has(lineStart(tree.text, range.start)),
  );
}

/** Entries that nothing is wrong with: an edit leaves most of them as they are. */
const sound = new WeakMap<Schema, WeakSet<Entry>>();

/** Where a value stands: its path, and the key that owns it. */
interface Owner {
  path: Path;
  range: Range;
}

class Checker {
  readonly problems: StructureProblem[] = [];

  value(node: TreeNode | undefined, schema: Schema, owner: Owner): void {
    if (schema.never) {
      // What stands beside what cannot stand there mostly goes with it.
      if (this.#hasStray(owner.path)) return;
      this.#report('wrong-value', owner.range, owner.path, schema.errorMessage ?? 'This cannot be here');
      this.problems.at(-1)!.never = true;
      return;
    }
    const type = typeOf(node);
    if (!allows(schema, type)) {
      this.#wrongType(node, schema, owner);
    } else if (schema.union.length > 0) {
      this.#union(node, schema, owner);
    } else if (node?.kind === 'map') {
      this.map(node, schema, owner);
    } else if (node?.kind === 'sequence') {
      this.#sequence(node.items, node.range, schema, owner);
    } else if (node) {
      this.#scalar(node, schema, owner);
    }
  }

  map(node: MapNode, schema: Schema, owner: Owner): void {
    const isAlone = node.entries.length === 1 && owner.path.length > 0;
    for (const entry of node.entries) {
      if (this.#lacksColonBeforeQuote(entry, schema, owner.path)) return;
      this.#entry(entry, schema, owner.path, isAlone);
    }
    this.#whole(node, schema, owner);
  }

  /** In steps down to so many levels. */
  *gradually(node: MapNode, schema: Schema, owner: Owner, levels: number): Gradual<void> {
    const known = remember(sound, schema, () => new WeakSet());
    for (const entry of node.entries) {
      const { value, key } = entry;
      const inner = schema.properties.get(key.value as string);
      const isPlainMap =
        value?.kind === 'map' &&
        inner &&
        !schema.names &&
        inner.union.length === 0 &&
        !inner.never &&
        allows(inner, 'object');
      if (isPlainMap && levels > 1) {
        const path = [...owner.path, key.value as string];
        yield* this.gradually(value, inner, { path, range: key.range }, levels - 1);
      } else if (!known.has(entry)) {
        const before = this.problems.length;
        this.#entry(entry, schema, owner.path);
        if (this.problems.length === before) known.add(entry);
      }
      yield;
    }
    this.#whole(node, schema, owner);
  }

  /** What can be said of a map once its entries are known. */
  #whole(node: MapNode, schema: Schema, owner: Owner): void {
    for (const name of schema.required) {
      if (!entryOf(node, name) && !this.#isMisspelt(name, owner.path)) this.#missing(name, owner);
    }
    if (schema.group) this.#group(node, schema, owner);
    if (schema.without && !entryOf(node, schema.without.key)) this.#also(node, schema.without.schema, owner);
    if (node.entries.length < schema.minProperties) {
      this.#report(
        'wrong-value',
        node.range,
        owner.path,
        schema.errorMessage ?? `${nameOf(owner)} cannot be empty`,
      );
    }
  }

  /** Holds the map against more; what is wrong already is not said twice. */
  #also(node: MapNode, schema: Schema, owner: Owner): void {
    const before = this.problems.length;
    const places = new Set(this.problems.map(({ range }) => range));
    this.map(node, schema, owner);
    const more = this.problems.splice(before).filter(({ range }) => !places.has(range));
    this.problems.push(...more);
  }

  #entry(entry: Entry, schema: Schema, path: Path, isAlone = false): void {
    const key = entry.key.value as string;
    const { range } = entry.key;
    const owner = { path: [...path, key], range };
    const known = schema.properties.get(key);
    if (!known && key.startsWith('x-')) return;
    const property = known ?? schema.additional;
    if (this.#lacksColon(entry, path)) return;
    if (!known && !schema.open) this.#unknownKey(key, schema, owner, isAlone);
    else if (schema.names && !schema.names.pattern!.test(key)) {
      this.#report('wrong-value', range, owner.path, schema.names.errorMessage ?? `\`${key}\` is not a name`);
    } else if (property) this.value(entry.value, property, owner);
  }

  /** `{ in x }` and `data { reviews: … }` are keys to YAML. */
  #lacksColon({ key: { value, range, style }, value: own }: Entry, path: Path): boolean {
    const key = String(value);
    const [, name, colon, rest] = /^([A-Za-z_][\w-]*)(:(?=\S)|\s*(?:\s(?=\S)|(?=[{[])))(.+)$/.exec(key) ?? [];
    if (name === undefined || style !== 'plain' || (own && !/^[{[]/.test(rest!))) return false;
    this.#report(
      'unknown-key',
      range,
      [...path, name],
      colon === ':'
        ? `A space is missing behind the colon of \`${name}\``
        : `A colon is missing after \`${name}\``,
      `${name}: ${rest}`,
    );
    return true;
  }

  /** `doc 'x: y, z'` is several keys to YAML, of which nothing can be said. */
  #lacksColonBeforeQuote({ key: { value, range, style } }: Entry, schema: Schema, path: Path): boolean {
    const name = /^([A-Za-z_][\w-]*)\s+["']/.exec(String(value))?.[1];
    if (name === undefined || style !== 'plain' || !schema.properties.has(name)) return false;
    const at = { start: range.start, end: range.start + name.length };
    this.#report('unknown-key', at, [...path, name], `A colon is missing after \`${name}\``, `${name}:`);
    return true;
  }

  #group(node: MapNode, schema: Schema, owner: Owner): void {
    const { keys, exactlyOne } = schema.group!;
    const present = node.entries.filter((entry) => keys.includes(entry.key.value as string));
    const message = schema.errorMessage ?? `One of ${listed(keys)} is needed`;
    const isMisspelt = keys.some((key) => this.#isMisspelt(key, owner.path));
    if (present.length === 0 && !isMisspelt)
      this.#report('missing-field', owner.range, [...owner.path, keys[0]!], message);
    for (const extra of exactlyOne ? present.slice(1) : []) {
      this.#report('wrong-value', extra.key.range, [...owner.path, extra.key.value as string], message);
    }
  }

  #sequence(items: TreeNode[], range: Range, schema: Schema, owner: Owner): void {
    if (items.length < schema.minItems) {
      const many = schema.minItems === 1 ? 'cannot be empty' : `takes at least ${schema.minItems} items`;
      this.#report('wrong-value', range, owner.path, schema.errorMessage ?? `${nameOf(owner)} ${many}`);
    }
    const spare = items[schema.maxItems];
    if (spare)
      this.#report(
        'wrong-value',
        { start: spare.range.start, end: items.at(-1)!.range.end },
        [...owner.path, schema.maxItems],
        `${nameOf(owner)} takes at most ${schema.maxItems} items`,
      );
    if (!schema.items) return;
    for (const [index, item] of items.entries()) {
      const at = item.kind === 'map' ? (item.entries[0]?.key.range ?? item.range) : item.range;
      this.value(item, schema.items, { path: [...owner.path, index], range: at });
    }
  }

  #scalar(node: Extract<TreeNode, { kind: 'scalar' }>, schema: Schema, owner: Owner): void {
    const message = scalarProblem(node.value, schema, owner);
    if (message === undefined) return;
    const names = schema.values?.filter((value) => typeof value === 'string') ?? [];
    const meant = typeof node.value === 'string' ? nearest(node.value, names) : undefined;
    this.#report('wrong-value', node.range, owner.path, message, meant);
  }

  #union(node: TreeNode | undefined, schema: Schema, owner: Owner): void {
    const choice = branchFor(node, schema.union);
    if ('branch' in choice) {
      this.value(node, choice.branch, owner);
      return;
    }
    const message = schema.errorMessage ?? `${nameOf(owner)} must be ${expected(schema)}`;
    if ('entry' in choice) {
      const at = choice.entry.value?.range ?? choice.entry.key.range;
      const path = [...owner.path, choice.entry.key.value as string];
      this.#report('wrong-value', at, path, message, choice.nearest);
    } else if ('key' in choice) {
      const path = [...owner.path, choice.key.value as string];
      this.#report('unknown-key', choice.key.range, path, message, choice.nearest);
    } else if (node?.kind === 'map') {
      this.#report('missing-field', owner.range, owner.path, message);
    } else {
      this.#report('wrong-value', node?.range ?? owner.range, owner.path, message, choice.nearest);
    }
  }

  #wrongType(node: TreeNode | undefined, schema: Schema, owner: Owner): void {
    if (!node || (node.kind === 'scalar' && node.value === null)) {
      const what = `${nameOf(owner)} has no value`;
      this.#report('missing-field', node && node.raw !== '' ? node.range : owner.range, owner.path, what);
      return;
    }
    const isFraction = typeOf(node) === 'number' && allows(schema, 'integer');
    if (
      node.kind === 'scalar' &&
      typeof node.value !== 'string' &&
      !isFraction &&
      accepts(schema, node.raw)
    ) {
      const read = JSON.stringify(node.value);
      const is = read !== node.raw ? read : typeof node.value === 'number' ? 'a number' : 'yes or no';
      const message = `${nameOf(owner)} must be text: without quotes, \`${node.raw}\` is ${is}`;
      this.#report('wrong-type', node.range, owner.path, message, `"${node.raw}"`);
      return;
    }
    const each = node.kind === 'sequence' && schema.additional ? ', with a name for each entry' : '';
    const message =
      schema.errorMessage ?? `${nameOf(owner)} must be ${expected(schema)}${each}, not ${found(node)}`;
    this.#report('wrong-type', node.range, owner.path, message, unquoted(node, schema));
  }

  #unknownKey(key: string, schema: Schema, owner: Owner, isAlone: boolean): void {
    // Where one key is needed and another one is there, it stands for that.
    const needed = isAlone && schema.required.length === 1 ? schema.required[0] : undefined;
    const isOneOfMany = this.problems.length >= MANY;
    const meant = isOneOfMany ? undefined : (keyMeant(key, schema) ?? needed);
    const where = owner.path.length > 1 ? ` in ${innerName({ path: owner.path.slice(0, -1) })}` : '';
    const known = [...schema.properties.keys()];
    const all =
      known.length > 0 && known.length <= 6
        ? `; it has ${known.map((each) => `\`${each}\``).join(', ')}`
        : '';
    const below = meant === undefined && !isOneOfMany ? elsewhere(key, schema) : undefined;
    const other = below ? `; \`${below.name}\` stands in \`${below.path.join('.')}\`` : all;
    const help = meant === undefined ? other : `; did you mean \`${meant}\`?`;
    this.#report('unknown-key', owner.range, owner.path, `There is no key \`${key}\`${where}${help}`, meant);
  }

  /** Whether a brother of this key was told to be where it cannot be. */
  #hasStray(path: Path): boolean {
    return this.problems.some(
      ({ kind, path: other, never }) =>
        kind === 'wrong-value' &&
        never === true &&
        other.length === path.length &&
        isSamePath(other.slice(0, -1), path.slice(0, -1)),
    );
  }

  /** A misspelt key is one finding, not two. */
  #isMisspelt(name: string, around: Path): boolean {
    return this.problems.some(
      ({ kind, nearest, path }) =>
        kind === 'unknown-key' &&
        (nearest === name || nearest?.startsWith(`${name}: `)) &&
        isSamePath(path.slice(0, -1), around),
    );
  }

  #missing(name: string, owner: Owner): void {
    const where = owner.path.length > 0 ? ` in ${innerName(owner)}` : '';
    this.#report('missing-field', owner.range, [...owner.path, name], `\`${name}\` is missing${where}`);
  }

  #report(kind: StructureProblem['kind'], range: Range, path: Path, message: string, meant?: string): void {
    this.problems.push({ kind, range, path, message, ...(meant === undefined ? {} : { nearest: meant }) });
  }
}
