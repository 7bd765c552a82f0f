/** `extends`: a composition laid over the one that it starts from. */
import { entryOf, keyOf } from '../syntax/path';
import { shiftedMap } from '../syntax/shift';
import type { Entry, MapNode } from '../syntax/tree';
import type { Lookup } from './catalogue';
import type { ModelDeclaration } from './declarations';
import type { Layer } from './layers';
import { modelOf } from './read-model';
import type { BrickReference } from './reference';

/** Maps that are laid over each other key by key; every other value stands in the place of the one below. */
interface Depth {
  [key: string]: Depth;
}

const train: Depth = { stop: {} };
const evaluate: Depth = { require: {} };
const sections: Depth = {
  data: {},
  parts: { '*': { params: {} } },
  plug: {},
  dims: {},
  tasks: { '*': {} },
  train,
  evaluate,
};

/** What a composition says of itself alone. */
const own = new Set(['kind', 'name', 'version', 'summary', 'license', 'deprecated', 'extends', 'card']);

/**
 * The composition with all that it extends, and where what it inherits is written. A base that is not found, or a
 * chain that comes back to itself, leaves it as it is, and incomplete.
 */
export function extendModel(
  model: ModelDeclaration,
  find: (reference: BrickReference) => Lookup<'model'>,
): ModelDeclaration {
  const files = new Set([model.file]);
  const bases: MapNode[] = [];
  const layers: Layer[] = [];
  let from = model.text.length + 1;
  for (let next = model.base; next; ) {
    const lookup = find(next.reference);
    if (lookup.status !== 'found') return { ...model, complete: false };
    const { declaration, source } = lookup;
    if (files.has(source.file)) {
      const circle = [...files].slice([...files].indexOf(source.file));
      return { ...model, complete: false, circle: [...circle, source.file] };
    }
    files.add(source.file);
    layers.push({ file: source.file, text: source.text, from });
    bases.push(shiftedMap(withoutOwn(declaration.root), from));
    from += source.text.length + 1;
    next = declaration.base;
  }
  if (bases.length === 0) return model;
  const below = bases.reduceRight((base, map) => over(map, base, sections, { removed: [], idle: [] }));
  const nulls: Nulls = { removed: [], idle: [] };
  const whole = over(model.root, below, sections, nulls);
  return { ...modelOf(whole, model), ...nulls, layers };
}

function withoutOwn(root: MapNode): MapNode {
  return {
    ...root,
    entries: root.entries.filter((entry) => !own.has(keyOf(entry)) && !keyOf(entry).startsWith('x-')),
  };
}

/** Entries whose null took something out, and those that found nothing to take out. */
interface Nulls {
  removed: Entry[];
  idle: Entry[];
}

/** `above` with what only `below` has. */
function over(above: MapNode, below: MapNode, depth: Depth, nulls: Nulls): MapNode {
  const entries: Entry[] = [];
  for (const entry of above.entries) {
    const key = keyOf(entry);
    const under = entryOf(below, key);
    const inside = depth[key] ?? depth['*'];
    const isNull = entry.value?.kind === 'scalar' && entry.value.value === null;
    if (isNull) (under ? nulls.removed : nulls.idle).push(entry);
    if (isNull) continue;
    if (!entry.value && under) entries.push(under);
    else if (inside && entry.value?.kind === 'map' && under?.value?.kind === 'map')
      entries.push({ ...entry, value: over(entry.value, under.value, inside, nulls) });
    else entries.push(entry);
  }
  const inherited = below.entries.filter((entry) => !entryOf(above, keyOf(entry)));
  // In the order of the base, so that what is added comes last.
  return { ...above, entries: [...inherited, ...entries] };
}
