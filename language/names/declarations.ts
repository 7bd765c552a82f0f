/**
 * What a file declares, read off its tree. Tolerant: whatever is missing or of the wrong shape is left out here
 * and reported by the structural check.
 */
import { asText, get } from '../syntax/path';
import type { Entry, MapNode, Range, Tree, TreeNode } from '../syntax/tree';
import type { ParsedType } from '../types/type';
import type { Condition } from './conditions';
import type { Layer } from './layers';
import { type Located, locatedText } from './located';
import { datasetOf } from './read-dataset';
import { modelOf } from './read-model';
import { moduleOf } from './read-module';
import type { BrickReference, WireReference } from './reference';

export { type Located, locatedText } from './located';

export interface Param {
  name: string;
  key: Range;
  type: string;
  default: TreeNode | undefined;
  min?: number;
  max?: number;
  values?: (string | number | boolean)[];
  doc?: string;
  /** Whether its value changes speed and memory alone. */
  isForSpeed?: boolean;
  deprecated?: Located<string> | undefined;
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
  deprecated?: Located<string> | undefined;
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
  /** The part of a composition whose brick and weights it uses too. */
  share: Located<string> | undefined;
  wires: Wire[];
  /** Attributes of an op, or params of a brick. */
  settings: Map<string, Entry>;
  /** Where new settings go: the map that holds them. */
  settingsMap: MapNode | undefined;
  repeat: TreeNode | undefined;
  /** Other keys: `weights`, `train`, `learning_rate`. */
  extras: Map<string, Entry>;
}

export interface Named {
  file: string;
  name: Located<string> | undefined;
  version: Located<string> | undefined;
  summary: string | undefined;
  license: Located<string> | undefined;
  root: MapNode;
}

/** A place in a brick's graph where a composition may plug a brick of matching type. */
export interface ExtensionPoint {
  name: string;
  key: Range;
  at: Located<string> | undefined;
  deprecated?: Located<string> | undefined;
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
  tests: readonly TreeNode[];
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

/** A size that is the same in every part of a composition, or in those that it names. */
export interface Dimension {
  name: string;
  key: Range;
  /** Where its size, or what it ties, is written. */
  value: Range;
  /** How large it is in every part that has a size of this name. */
  size?: number;
  /** `part.size`, all of them equal. */
  ties: (Located<string> & { reference: WireReference })[];
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
    license: locatedText(get(root, 'license')),
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
