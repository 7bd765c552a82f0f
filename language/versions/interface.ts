/**
 * What a version promises to those that use it, in one spelling: comments, docs, layout, the order of names and what
 * sizes are called make no difference. Equal interfaces are equal texts, and so have equal hashes.
 */
import type { Column, Declaration, ModuleDeclaration, Port } from '../names/declarations';
import { splitNames } from '../names/splits';
import { asText, entriesOf, get, itemsOf, keyOf, toValue } from '../syntax/path';
import type { TreeNode } from '../syntax/tree';
import { parseType, type TensorType } from '../types/type';
import { canonicalText } from './canonical';
import { canonicalTexts } from './symbol-names';

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** A port, param or column: its type and whatever else it promises, such as `space`, `labels`, `min`, `default`. */
export interface Member {
  type: string;
  [promise: string]: Json;
}

/** A tensor of the weights, by its name in the safetensors file. */
export interface ParameterShape {
  dtype: string;
  shape: number[];
}

export interface ModuleInterface {
  kind: 'module';
  params: Record<string, Member>;
  inputs: Record<string, Member>;
  outputs: Record<string, Member>;
  /** Each as `… <= 0`, `… == 0` or `… != 0`. */
  where: string[];
  extension_points: Record<string, { [promise: string]: Json }>;
  /** Engines that can run it, where it is code. */
  engines?: Json;
  /** Names that must not come back, and what names were called before. */
  reserved?: string[];
  renames?: Json;
  /** Absent while no weights are known. */
  parameters?: Record<string, ParameterShape>;
}

export interface DatasetInterface {
  kind: 'dataset';
  columns: Record<string, Member>;
  splits: string[];
}

export interface ModelInterface {
  kind: 'model';
  /** Everything that another model takes over when it extends this one. */
  content: { [key: string]: Json };
}

export type BrickInterface = ModuleInterface | DatasetInterface | ModelInterface;

export function interfaceOf(
  declaration: Declaration,
  parameters?: Record<string, ParameterShape>,
): BrickInterface {
  switch (declaration.kind) {
    case 'module':
      return moduleInterface(declaration, parameters);
    case 'dataset':
      return {
        kind: 'dataset',
        columns: byName(declaration.columns, columnPromises),
        splits: splitNames(declaration).sort(),
      };
    case 'model': {
      const content = Object.entries(promises(declaration.root)).filter(([key]) => !NOT_CONTENT.has(key));
      return { kind: 'model', content: Object.fromEntries(content) };
    }
  }
}

/** What is hashed (sha256 of its UTF-8) to tell interfaces apart. */
export function interfaceText(brick: BrickInterface): string {
  return canonicalText(brick);
}

function moduleInterface(
  module: ModuleDeclaration,
  parameters?: Record<string, ParameterShape>,
): ModuleInterface {
  const { root } = module;
  const points = pointsOf(root);
  const types = canonicalTypes(module, points);
  const engines = itemsOf(get(root, 'engines')).flatMap((item) => asText(item) ?? []);
  const reserved = itemsOf(get(root, 'reserved')).flatMap((item) => asText(item) ?? []);
  const renames = promises(get(root, 'renames'));
  return {
    kind: 'module',
    params: byName(module.params, ({ name, type }) => paramPromises(get(get(root, 'params'), name), type)),
    inputs: byName(module.inputs, ({ name }) => portPromises(get(get(root, 'inputs'), name), types.in(name))),
    outputs: byName(module.outputs, ({ name }) =>
      portPromises(get(get(root, 'outputs'), name), types.out(name)),
    ),
    where: types.where,
    extension_points: Object.fromEntries(
      points.map(({ name, node }) => {
        // Which node it stands behind is the brick's own affair.
        const { at, ...rest } = promises(node);
        const type = types.point(name);
        return [name, { ...rest, ...(type === undefined ? {} : { type }) }];
      }),
    ),
    ...(engines.length > 0 ? { engines: engines.sort() } : {}),
    ...(reserved.length > 0 ? { reserved: reserved.sort() } : {}),
    ...(Object.keys(renames).length > 0 ? { renames } : {}),
    ...(parameters ? { parameters } : {}),
  };
}

interface Point {
  name: string;
  node: TreeNode | undefined;
  type: string | undefined;
}

function pointsOf(root: TreeNode): Point[] {
  return entriesOf(get(root, 'extension_points'))
    .filter((entry) => !keyOf(entry).startsWith('x-'))
    .map((entry) => ({ name: keyOf(entry), node: entry.value, type: asText(get(entry.value, 'type')) }))
    .sort((a, b) => order(a.name, b.name));
}

/** Types and conditions of the whole brick at once, as they share their symbols. */
function canonicalTypes(module: ModuleDeclaration, points: Point[]) {
  const slots = [
    ...named(module.inputs).map((port) => ({ slot: `in ${port.name}`, ...portType(port) })),
    ...named(module.outputs).map((port) => ({ slot: `out ${port.name}`, ...portType(port) })),
    ...points.flatMap(({ name, type }) =>
      type === undefined ? [] : [{ slot: `point ${name}`, text: type, parsed: parseType(type) }],
    ),
  ];
  const sound = slots.flatMap(({ slot, parsed }) => (parsed.type ? [{ slot, type: parsed.type }] : []));
  const texts = canonicalTexts(
    sound.map(({ type }): TensorType => type),
    module.where.flatMap(({ parsed }) => parsed.constraint ?? []),
    {
      params: new Set(module.params.keys()),
      fixed: new Map(slots.flatMap(({ parsed }) => parsed.fixed.map((each) => [each.name, each.value]))),
    },
  );
  // What cannot be read stands as it is written.
  const bySlot = new Map(slots.map(({ slot, text }) => [slot, text]));
  sound.forEach(({ slot }, index) => {
    bySlot.set(slot, texts.types[index]!);
  });
  return {
    in: (name: string) => bySlot.get(`in ${name}`)!,
    out: (name: string) => bySlot.get(`out ${name}`)!,
    point: (name: string) => bySlot.get(`point ${name}`),
    where: texts.conditions,
  };
}

function portType({ text, parsed }: Port) {
  return { text, parsed };
}

function portPromises(node: TreeNode | undefined, type: string): Member {
  return { ...promises(node), type };
}

/** Allowed values are a set. */
function paramPromises(node: TreeNode | undefined, type: string): Member {
  const { values, ...rest } = promises(node);
  if (!Array.isArray(values)) return { ...rest, type };
  return { ...rest, type, values: [...values].sort((a, b) => order(canonicalText(a), canonicalText(b))) };
}

/** Labels are known by their index, so their order counts. */
function columnPromises({ type, labels, entry }: Column): Member {
  const { values, ...rest } = promises(entry.value);
  return { ...rest, type, ...(labels ? { values: labels.map(({ name, raw }) => [name, raw]) } : {}) };
}

/** What says which model it is, and what is for people only. */
const NOT_CONTENT = new Set(['kind', 'name', 'version', 'summary', 'license', 'card', 'deprecated']);

/** Everything that a map says but what is for people only and keys of people's own. Lists keep their order. */
function promises(node: TreeNode | undefined): { [key: string]: Json } {
  const said = entriesOf(node).filter(
    (entry) => keyOf(entry) !== 'doc' && keyOf(entry) !== 'deprecated' && !keyOf(entry).startsWith('x-'),
  );
  return Object.fromEntries(said.map((entry) => [keyOf(entry), (toValue(entry.value) ?? null) as Json]));
}

function named<T extends { name: string }>(members: ReadonlyMap<string, T>): T[] {
  return [...members.values()].sort((a, b) => order(a.name, b.name));
}

function byName<T extends { name: string }, R>(
  members: ReadonlyMap<string, T>,
  make: (member: T) => R,
): Record<string, R> {
  return Object.fromEntries(named(members).map((member) => [member.name, make(member)]));
}

function order(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
