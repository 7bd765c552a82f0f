/**
 * What a file declares, read off its tree. Tolerant: whatever is missing or of the wrong shape is left out here
 * and reported by the structural check.
 */
import { asMap, asNumber, asScalar, asText, entriesOf, get, itemsOf, keyOf } from '../syntax/path';
import type { Entry, MapNode, Range, Tree, TreeNode } from '../syntax/tree';
import { type ParsedType, parseType } from '../types/type';
import { type Condition, conditionsOf } from './conditions';
import type { Layer } from './layers';
import {
  type BrickReference,
  parseBrickReference,
  parseWireReference,
  type WireReference,
} from './reference';

export interface Located<T> {
  value: T;
  range: Range;
}

export interface Param {
  name: string;
  key: Range;
  type: string;
  default: TreeNode | undefined;
  min?: number;
  max?: number;
  values?: (string | number | boolean)[];
  doc?: string;
}

export interface Port {
  name: string;
  key: Range;
  /** The type as written, and its place inside the quotes. */
  text: string;
  range: Range;
  parsed: ParsedType;
  /** What the numbers mean, where that is said: `acme/text-v2`. */
  space: Located<string> | undefined;
}

/** One source of one input: `in: tokens`, or an item of `in: [a, b]`, or a value of `in: { x: a }`. */
export interface Wire {
  /** The input it feeds; undefined when the bare form names none. */
  port: Located<string> | undefined;
  reference: WireReference;
  range: Range;
  /** Written inside a list, so several sources feed the one input. */
  listed: boolean;
}

/** A node of a graph or a part of a composition: an op or a brick, wired and set. */
export interface Step {
  name: string;
  key: Range;
  range: Range;
  entry: Entry;
  op: Located<string> | undefined;
  module: (Located<string> & { reference: BrickReference }) | undefined;
  wires: Wire[];
  /** Attributes of an op, or params of a brick. */
  settings: Map<string, Entry>;
  /** Where new settings go: the map that holds them. */
  settingsMap: MapNode | undefined;
  repeat: TreeNode | undefined;
  /** Other keys: `weights`, `train`, `learning_rate`. */
  extras: Map<string, Entry>;
}

interface Named {
  file: string;
  name: Located<string> | undefined;
  version: Located<string> | undefined;
  summary: string | undefined;
  root: MapNode;
}

/** A place in a brick's graph where a composition may plug a brick of matching type. */
export interface ExtensionPoint {
  name: string;
  key: Range;
  at: Located<string> | undefined;
}

export interface ModuleDeclaration extends Named {
  kind: 'module';
  deprecated: Located<string> | undefined;
  params: Map<string, Param>;
  inputs: Map<string, Port>;
  outputs: Map<string, Port>;
  graph: Map<string, Step>;
  /** Set when the brick is code instead of a graph. */
  code: { language: 'python' | 'typescript'; at: Located<string> } | undefined;
  extensionPoints: Map<string, ExtensionPoint>;
  /** What must hold between its sizes. */
  where: Condition[];
  weights: Located<string> | undefined;
  hasTests: boolean;
  hasCard: boolean;
}

export interface Column {
  name: string;
  key: Range;
  type: string;
  labels: { name: string; raw: string | number | boolean }[] | undefined;
  entry: Entry;
}

export interface DatasetDeclaration extends Named {
  kind: 'dataset';
  columns: Map<string, Column>;
  files: { split: string; path: Located<string> }[];
  splits: MapNode | undefined;
}

export interface Task {
  name: string;
  key: Range;
  range: Range;
  output: (Located<string> & { reference: WireReference }) | undefined;
  target: (Located<string> & { reference: WireReference }) | undefined;
  loss: Located<string> | undefined;
  metrics: Located<string>[];
  entry: Entry;
}

export interface DataImport {
  alias: string;
  key: Range;
  dataset: Located<string> & { reference: BrickReference };
}

/** `plug: { encoder.before_pool: domain-adapter@^1 }`; one for each brick of a list. */
export interface Plug {
  /** `encoder.before_pool`; with its index behind it where several are plugged. */
  name: string;
  key: Range;
  point: WireReference;
  module: (Located<string> & { reference: BrickReference }) | undefined;
  entry: Entry;
  /** With params, weights and training mode, as a part has them. */
  step: Step;
}

/** A size that is the same in every part of a composition. */
export interface Dimension {
  name: string;
  key: Range;
  size: number;
}

/** A command around a run: an event, the program and its arguments. */
export interface Hook {
  on: Located<string> | undefined;
  run: Located<string>[];
  range: Range;
}

export interface ModelDeclaration extends Named {
  kind: 'model';
  text: string;
  base: (Located<string> & { reference: BrickReference }) | undefined;
  /** The files that it inherits from, nearest first. Offsets behind `text` are theirs: see `writtenAt`. */
  layers: readonly Layer[];
  /** The whole tree, what is inherited included; `root` is what this file says. */
  whole: MapNode;
  /** Entries of this file whose null takes out something inherited, and those that find nothing to take out. */
  removed: readonly Entry[];
  idle: readonly Entry[];
  /** False while what it extends cannot be had: then nothing can be said of what it means. */
  complete: boolean;
  /** Files along which `extends` comes back to where it was. */
  circle: string[] | undefined;
  data: Map<string, DataImport>;
  parts: Map<string, Step>;
  plugs: Map<string, Plug>;
  tasks: Map<string, Task>;
  dims: Map<string, Dimension>;
  /** What must hold between sizes of its parts. */
  where: Condition[];
  hooks: Hook[];
  train: MapNode | undefined;
  evaluate: MapNode | undefined;
}

export type Declaration = ModuleDeclaration | DatasetDeclaration | ModelDeclaration;

export function declarationOf(file: string, tree: Tree): Declaration | undefined {
  const root = tree.root;
  if (root?.kind !== 'map') return undefined;
  const named: Named = {
    file,
    name: locatedText(get(root, 'name')),
    version: locatedText(get(root, 'version')),
    summary: asText(get(root, 'summary')),
    root,
  };
  switch (asText(get(root, 'kind'))) {
    case 'module':
      return moduleOf(root, named);
    case 'dataset':
      return datasetOf(root, named);
    case 'model':
      return modelOf(root, { ...named, text: tree.text });
    default:
      return undefined;
  }
}

function moduleOf(root: MapNode, named: Named): ModuleDeclaration {
  const python = locatedText(get(root, 'python'));
  const typescript = locatedText(get(root, 'typescript'));
  return {
    ...named,
    kind: 'module',
    deprecated: locatedText(get(root, 'deprecated')),
    params: collect(get(root, 'params'), paramOf),
    inputs: collect(get(root, 'inputs'), portOf),
    outputs: collect(get(root, 'outputs'), portOf),
    graph: collect(get(root, 'graph'), (entry) => stepOf(entry, opSettings)),
    code: python
      ? { language: 'python', at: python }
      : typescript
        ? { language: 'typescript', at: typescript }
        : undefined,
    extensionPoints: collect(get(root, 'extension_points'), extensionPointOf),
    where: conditionsOf(get(root, 'where')),
    weights: locatedText(get(root, 'weights')),
    hasTests: itemsOf(get(root, 'tests')).length > 0,
    hasCard: entriesOf(get(root, 'card')).length > 0,
  };
}

function datasetOf(root: MapNode, named: Named): DatasetDeclaration {
  const files: DatasetDeclaration['files'] = [];
  for (const entry of entriesOf(get(root, 'files'))) {
    const values = entry.value?.kind === 'sequence' ? entry.value.items : [entry.value];
    for (const value of values) {
      const path = locatedText(value);
      if (path) files.push({ split: keyOf(entry), path });
    }
  }
  return {
    ...named,
    kind: 'dataset',
    columns: collect(get(root, 'columns'), columnOf),
    files,
    splits: asMap(get(root, 'splits')),
  };
}

/** What a tree says of a composition; `named` is what its own file says of itself. */
export function modelOf(root: MapNode, named: Named & { text: string }): ModelDeclaration {
  const { file, name, version, summary, text } = named;
  const base = locatedText(get(named.root, 'extends'));
  return {
    file,
    name,
    version,
    summary,
    root: named.root,
    kind: 'model',
    text,
    base: base && { ...base, reference: parseBrickReference(base.value, base.range.start) },
    layers: [],
    whole: root,
    removed: [],
    idle: [],
    complete: true,
    circle: undefined,
    data: collect(get(root, 'data'), dataImportOf),
    parts: collect(get(root, 'parts'), (entry) => stepOf(entry, brickSettings)),
    plugs: new Map(
      entriesOf(get(root, 'plug'))
        .flatMap(plugsOf)
        .map((plug) => [plug.name, plug]),
    ),
    dims: collect(get(root, 'dims'), dimensionOf),
    where: conditionsOf(get(root, 'where')),
    tasks: collect(get(root, 'tasks'), taskOf),
    hooks: itemsOf(get(root, 'hooks')).map(hookOf),
    train: asMap(get(root, 'train')),
    evaluate: asMap(get(root, 'evaluate')),
  };
}

function paramOf(entry: Entry): Param {
  const map = asMap(entry.value);
  const listed = itemsOf(get(map, 'values')).flatMap((item) => {
    const value = asScalar(item)?.value;
    return value === null || value === undefined ? [] : [value];
  });
  return {
    name: keyOf(entry),
    key: entry.key.range,
    type: asText(get(map, 'type')) ?? 'int',
    default: get(map, 'default'),
    min: asNumber(get(map, 'min')),
    max: asNumber(get(map, 'max')),
    values: listed.length > 0 ? listed : undefined,
    doc: asText(get(map, 'doc')),
  };
}

/** A port is its type, or a map with `type`. */
function portOf(entry: Entry): Port | undefined {
  const at = locatedText(entry.value?.kind === 'map' ? get(entry.value, 'type') : entry.value);
  if (!at) return undefined;
  return {
    name: keyOf(entry),
    key: entry.key.range,
    text: at.value,
    range: at.range,
    parsed: parseType(at.value),
    space: locatedText(get(entry.value, 'space')),
  };
}

function extensionPointOf(entry: Entry): ExtensionPoint {
  return { name: keyOf(entry), key: entry.key.range, at: locatedText(get(entry.value, 'at')) };
}

type SettingsOf = (map: MapNode) => { settings: Map<string, Entry>; settingsMap: MapNode | undefined };

const stepKeys = new Set([
  'op',
  'module',
  'in',
  'params',
  'repeat',
  'weights',
  'train',
  'learning_rate',
  'as',
  'doc',
]);

const brickSettings: SettingsOf = (map) => {
  const params = asMap(get(map, 'params'));
  return {
    settings: new Map((params?.entries ?? []).map((entry) => [keyOf(entry), entry])),
    settingsMap: params,
  };
};

const opSettings: SettingsOf = (map) => {
  if (get(map, 'module')) return brickSettings(map);
  const own = map.entries.filter((entry) => !stepKeys.has(keyOf(entry)) && !keyOf(entry).startsWith('x-'));
  return { settings: new Map(own.map((entry) => [keyOf(entry), entry])), settingsMap: map };
};

function stepOf(entry: Entry, settingsOf: SettingsOf): Step {
  const map = asMap(entry.value);
  const module = locatedText(get(map, 'module'));
  const extras = ['weights', 'train', 'learning_rate'].flatMap((key): [string, Entry][] => {
    const found = map?.entries.find((candidate) => keyOf(candidate) === key);
    return found ? [[key, found]] : [];
  });
  return {
    name: keyOf(entry),
    key: entry.key.range,
    range: entry.range,
    entry,
    op: locatedText(get(map, 'op')),
    module: module && { ...module, reference: parseBrickReference(module.value, module.range.start) },
    wires: wiresOf(get(map, 'in')),
    ...(map ? settingsOf(map) : { settings: new Map(), settingsMap: undefined }),
    repeat: get(map, 'repeat'),
    extras: new Map(extras),
  };
}

function wiresOf(node: TreeNode | undefined): Wire[] {
  if (node?.kind !== 'map') return sourcesOf(node, undefined);
  return node.entries.flatMap((entry) =>
    sourcesOf(entry.value, { value: keyOf(entry), range: entry.key.range }),
  );
}

function sourcesOf(node: TreeNode | undefined, port: Located<string> | undefined): Wire[] {
  if (node?.kind === 'sequence') {
    return node.items.flatMap((item) => wireOf(item, port, true));
  }
  return wireOf(node, port, false);
}

function wireOf(node: TreeNode | undefined, port: Located<string> | undefined, listed: boolean): Wire[] {
  const at = locatedText(node);
  if (!at || at.value === '') return [];
  return [{ port, reference: parseWireReference(at.value, at.range.start), range: at.range, listed }];
}

function columnOf(entry: Entry): Column {
  const map = asMap(entry.value);
  return {
    name: keyOf(entry),
    key: entry.key.range,
    type: asText(get(map, 'type')) ?? asText(entry.value) ?? 'string',
    labels: labelsOf(get(map, 'values')),
    entry,
  };
}

/** `{ negative: 0, positive: 1 }` names raw values; a list names values that stand for themselves. */
function labelsOf(node: TreeNode | undefined): Column['labels'] {
  if (node?.kind === 'map') {
    return node.entries.flatMap((entry) => {
      const raw = asScalar(entry.value)?.value;
      return raw === null || raw === undefined ? [] : [{ name: keyOf(entry), raw }];
    });
  }
  if (node?.kind === 'sequence') {
    return node.items.flatMap((item) => {
      const raw = asScalar(item)?.value;
      return raw === null || raw === undefined ? [] : [{ name: String(raw), raw }];
    });
  }
  return undefined;
}

function taskOf(entry: Entry): Task {
  const map = asMap(entry.value);
  const wire = (key: string) => {
    const at = locatedText(get(map, key));
    return at && { ...at, reference: parseWireReference(at.value, at.range.start) };
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

/** A brick, a map with `module`, or a list of these. */
function plugsOf(entry: Entry): Plug[] {
  const name = keyOf(entry);
  if (name.startsWith('x-')) return [];
  const listed = entry.value?.kind === 'sequence' ? entry.value.items : undefined;
  return (listed ?? [entry.value]).map((value, index): Plug => {
    const own = listed ? `${name}.${index}` : name;
    const at = locatedText(value);
    const written = stepOf({ ...entry, value: asMap(value) }, brickSettings);
    const module = at ? { ...at, reference: parseBrickReference(at.value, at.range.start) } : written.module;
    return {
      name: own,
      key: entry.key.range,
      point: parseWireReference(name, entry.key.range.start),
      module,
      entry,
      step: { ...written, name: own, module },
    };
  });
}

function dimensionOf(entry: Entry): Dimension | undefined {
  const size = asNumber(entry.value);
  return size === undefined ? undefined : { name: keyOf(entry), key: entry.key.range, size };
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
    dataset: { ...at, reference: parseBrickReference(at.value, at.range.start) },
  };
}

/** The text of a scalar with the range of its content, without quotes. */
export function locatedText(node: TreeNode | undefined): Located<string> | undefined {
  if (node?.kind !== 'scalar' || node.value === null) return undefined;
  const quoted = node.style === 'single' || node.style === 'double' ? 1 : 0;
  return {
    value: node.style === 'plain' ? node.raw : String(node.value),
    range: {
      start: node.range.start + quoted,
      end: Math.max(node.range.start + quoted, node.range.end - quoted),
    },
  };
}

function collect<T extends { name: string } | { alias: string }>(
  node: TreeNode | undefined,
  read: (entry: Entry) => T | undefined,
): Map<string, T> {
  const found = new Map<string, T>();
  for (const entry of entriesOf(node)) {
    const item = read(entry);
    // The first of two equal keys counts; the second is reported as a duplicate.
    if (item && !found.has(keyOf(entry))) found.set(keyOf(entry), item);
  }
  return found;
}
