import { asMap, asSize, entriesOf, get, itemsOf, keyOf } from '../syntax/path';
import type { Entry, MapNode, TreeNode } from '../syntax/tree';
import { conditionsOf } from './conditions';
import type { DataImport, Dimension, Hook, ModelDeclaration, Named, Plug, Step, Task } from './declarations';
import { collect, type Located, locatedText, once } from './located';
import { brickSettings, stepOf } from './read-step';
import { parseBrickReference, parseWireReference } from './reference';

/** What a tree says of a composition; `named` is what its own file says of itself. */
export function modelOf(root: MapNode, named: Named & { text: string }): ModelDeclaration {
  const { file, name, version, summary, license, text } = named;
  const base = locatedText(get(named.root, 'extends'));
  return {
    file,
    name,
    version,
    summary,
    license,
    root: named.root,
    kind: 'model',
    text,
    base: base && { ...base, reference: parseBrickReference(base.value, base.range) },
    layers: [],
    whole: root,
    removed: [],
    idle: [],
    complete: true,
    circle: undefined,
    data: collect(get(root, 'data'), dataImportOf),
    parts: collect(get(root, 'parts'), partOf),
    plugs: once(get(root, 'plug'), plugsOf),
    dims: collect(get(root, 'dims'), dimensionOf),
    where: once(get(root, 'where'), conditionsOf),
    tasks: collect(get(root, 'tasks'), taskOf),
    hooks: once(get(root, 'hooks'), hooksOf),
    train: asMap(get(root, 'train')),
    evaluate: asMap(get(root, 'evaluate')),
  };
}

export function partOf(entry: Entry): Step {
  return { ...stepOf(entry, brickSettings), share: locatedText(get(asMap(entry.value), 'share')) };
}

function taskOf(entry: Entry): Task {
  const map = asMap(entry.value);
  const wire = (key: string) => {
    const at = locatedText(get(map, key));
    return at && { ...at, reference: parseWireReference(at.value, at.range) };
  };
  const metrics = get(map, 'metrics');
  return {
    name: keyOf(entry),
    key: entry.key.range,
    range: entry.range,
    output: wire('output'),
    target: wire('target'),
    loss: lossName(get(map, 'loss')),
    metrics: (metrics?.kind === 'sequence' ? metrics.items : [metrics]).flatMap(
      (item) => locatedText(item) ?? [],
    ),
    entry,
  };
}

/** `mse`, or the key of `{ huber: { delta: 2 } }`. */
function lossName(node: TreeNode | undefined): Located<string> | undefined {
  const [entry] = entriesOf(node);
  return entry ? { value: keyOf(entry), range: entry.key.range } : locatedText(node);
}

function plugsOf(node: TreeNode | undefined): Map<string, Plug> {
  const plugs = entriesOf(node).flatMap(plugsAt);
  return new Map(plugs.map((plug) => [plug.name, plug]));
}

/** A brick, a map with `module`, or a list of these. */
function plugsAt(entry: Entry): Plug[] {
  const name = keyOf(entry);
  if (name.startsWith('x-')) return [];
  const listed = entry.value?.kind === 'sequence' ? entry.value.items : undefined;
  return (listed ?? [entry.value]).map((value, index): Plug => {
    const own = listed ? `${name}.${index}` : name;
    const at = locatedText(value);
    const written = stepOf({ ...entry, value: asMap(value) }, brickSettings);
    const module = at ? { ...at, reference: parseBrickReference(at.value, at.range) } : written.module;
    return {
      name: own,
      key: entry.key.range,
      point: parseWireReference(name, entry.key.range),
      module,
      entry,
      step: { ...written, name: own, module },
    };
  });
}

function dimensionOf(entry: Entry): Dimension | undefined {
  const of = { name: keyOf(entry), key: entry.key.range, value: entry.value?.range ?? entry.key.range };
  const size = asSize(entry.value);
  if (size !== undefined) return { ...of, size, ties: [] };
  const ties = itemsOf(entry.value).flatMap((item) => {
    const at = locatedText(item);
    return at ? [{ ...at, reference: parseWireReference(at.value, at.range) }] : [];
  });
  return ties.length > 0 ? { ...of, ties } : undefined;
}

function hooksOf(node: TreeNode | undefined): Hook[] {
  return itemsOf(node).map(hookOf);
}

function hookOf(node: TreeNode): Hook {
  return {
    on: locatedText(get(node, 'on')),
    run: itemsOf(get(node, 'run')).flatMap((item) => locatedText(item) ?? []),
    range: node.range,
  };
}

function dataImportOf(entry: Entry): DataImport | undefined {
  const at = locatedText(entry.value);
  if (!at) return undefined;
  return {
    alias: keyOf(entry),
    key: entry.key.range,
    dataset: { ...at, reference: parseBrickReference(at.value, at.range) },
  };
}
