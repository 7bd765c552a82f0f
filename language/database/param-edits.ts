/**
 * Edits of a brick's params that those who use it cannot see: a default that each of them sets, bounds that all of their
 * values are within before and after, or a param with a default that comes or goes and that nobody speaks of. What was
 * found in them still holds.
 */
import type { InferredStep } from '../inference/graph';
import { refusal, type Setting, settingOf } from '../inference/settings';
import type { Declaration, ModelDeclaration, ModuleDeclaration, Param } from '../names/declarations';
import { contentKeyOf, paramKey, portsKeyOf } from '../names/interface';
import type { SourceFile } from '../names/source-file';
import type { AttributeValue } from '../ops/op';
import type { Analysis } from '../rules/rule';
import { rules } from '../rules/rules';
import { get } from '../syntax/path';
import { Dim } from '../types/dim';
import { type Depth, fileIn } from './facts';
import type { Kept } from './results';

/** A brick that a file uses, and the params that it sets there. */
export interface Use {
  file: string;
  sets: ReadonlyMap<string, Given>;
}

interface Given {
  /** As far as it is known there. */
  value: AttributeValue | undefined;
  /** Whether a composition that opens the file may have another value here. */
  varies: boolean;
}

/** The uses of bricks in a file; undefined where it names params in other places, too. */
export function usesIn({ declaration, inference }: Analysis): Use[] | undefined {
  if (!inference || (declaration?.kind === 'model' && !isPlain(declaration))) return undefined;
  const plugs = inference.kind === 'model' ? [...inference.plugs.values()] : [];
  const uses: Use[] = [];
  for (const step of [...inference.graph.steps.values(), ...plugs]) {
    const { target } = step;
    if (target.kind === 'unresolved-module') return undefined;
    if (target.kind === 'module') uses.push({ file: target.file, sets: givenBy(step, target.module) });
  }
  return uses;
}

/** By the names of params; also by those that they had before, where they are set by these. */
function givenBy(step: InferredStep, { params }: ModuleDeclaration): Map<string, Given> {
  const given = new Map<string, Given>();
  for (const name of new Set([...step.owner.settings.keys(), ...params.keys()])) {
    const entry = settingOf(step, name);
    if (!entry) continue;
    const value = step.values.get(name);
    const varies = entry.value?.kind !== 'scalar' || String(entry.value.value).includes('$');
    given.set(name, { value: value instanceof Dim ? value.constant : value, varies });
  }
  return given;
}

function isPlain({ base, dims, train }: ModelDeclaration): boolean {
  return !base && dims.size === 0 && !get(train, 'sweep');
}

/** What a brick says before an edit takes its tree over. */
export interface Said {
  params: ReadonlyMap<string, Param>;
  /** All else that others may see. */
  rest: string;
}

/** Undefined for what is no brick, or none that others can read. */
export function saidBy(source: SourceFile): Said | undefined {
  const { declaration } = source;
  if (declaration?.kind !== 'module' || !source.isReadable) return undefined;
  return {
    params: declaration.params,
    rest: portsKeyOf(declaration) + contentKeyOf(source.tree, NOT_PARAMS),
  };
}

const NOT_PARAMS = new Set(['params']);

/** Params by what became of them. */
export interface ParamEdit {
  /** They have another default. */
  defaults: string[];
  /** They came or went, and have a default. */
  optional: string[];
  /** They allow other values. */
  bounds: [before: Param, now: Param][];
}

/** Undefined where more was edited, or where the sizes of ports may be others for it. */
export function paramEdit(
  before: Said,
  after: Said,
  declaration: Declaration | undefined,
): ParamEdit | undefined {
  if (declaration?.kind !== 'module' || before.rest !== after.rest) return undefined;
  const edit: ParamEdit = { defaults: [], optional: [], bounds: [] };
  for (const name of new Set([...before.params.keys(), ...after.params.keys()])) {
    const [old, now] = [before.params.get(name), after.params.get(name)];
    if (old === now) continue;
    const [one, other] = now ? [now, old] : [old!, undefined];
    if (other && isSameButBounds(one, other)) {
      edit.bounds.push([other, one]);
      continue;
    }
    if (one.default === undefined) return undefined;
    if (other ? !isSameButDefault(one, other) : namesSizes(declaration, name)) return undefined;
    (other ? edit.defaults : edit.optional).push(name);
  }
  return edit;
}

function isSameButDefault(one: Param, other: Param): boolean {
  const isSame = paramKey({ ...other, default: one.default }) === paramKey(one);
  return isSame && other.default !== undefined && one.isForSpeed === other.isForSpeed;
}

function isSameButBounds(one: Param, other: Param): boolean {
  const { min, max, values } = one;
  return paramKey({ ...other, min, max, values }) === paramKey(one) && one.isForSpeed === other.isForSpeed;
}

/** Whether a port or a condition speaks of a size of that name. */
function namesSizes({ inputs, outputs, where }: ModuleDeclaration, name: string): boolean {
  return [...inputs.values(), ...outputs.values(), ...where].some(({ parsed }) =>
    parsed.names.some((size) => size.name === name),
  );
}

/** What is known of the files around. */
interface Around {
  source(file: string): SourceFile | undefined;
  kept(file: string): Kept | undefined;
}

/** What a file says of itself: its card, its tests, its licence. */
const aboutItself = new Set(rules.filter(({ group }) => group === 'governance').map(({ id }) => id));

/** Whether what was found in a file is found again after such an edit of a brick that it looks at. */
export function isBlindTo(
  kept: Kept,
  brick: string,
  edit: ParamEdit,
  { source, kept: keptOf }: Around,
): boolean {
  if (!kept.findings.every(({ rule }) => aboutItself.has(rule)) || !areBlind(kept, brick, edit, false))
    return false;
  // A brick sees interfaces; a composition opens what it uses, so that bricks in between matter.
  const looks: Depth = kept.source.kind === 'model' ? 'inside' : 'interface';
  const usesIt = kept.uses!.some(({ file }) => file === brick);
  for (const fact of kept.facts) {
    const { depth, file } = fileIn(fact) ?? {};
    if (file === undefined || file === brick || file === kept.source.file) continue;
    const other = source(file);
    // Library and datasets use no brick of a workspace.
    if (other?.origin === 'library' || other?.kind === 'dataset') continue;
    if (depth !== looks) return false;
    if (looks === 'interface' && usesIt) continue;
    const between = keptOf(file);
    if (!between || between.source !== other || !areBlind(between, brick, edit, looks === 'inside'))
      return false;
  }
  return true;
}

/** With `isOpened`, whoever opens the file may give it other values. */
function areBlind({ uses }: Kept, brick: string, edit: ParamEdit, isOpened: boolean): boolean {
  if (!uses) return false;
  return uses.every(
    ({ file, sets }) =>
      file !== brick ||
      (edit.defaults.every((name) => sets.has(name)) &&
        !edit.optional.some((name) => sets.has(name)) &&
        edit.bounds.every((params) => isWithin(sets.get(params[0].name), params, isOpened))),
  );
}

/** Whether both allow what is given. What is not given is the default, which only the brick itself is held to. */
function isWithin(given: Given | undefined, params: readonly Param[], isOpened: boolean): boolean {
  if (!given) return true;
  if (isOpened && given.varies) return false;
  return params.every((param) => refusal(given.value, boundsOf(param)) === undefined);
}

function boundsOf({ name, min, max, values }: Param): Setting {
  return {
    ...{ name, type: 'float', default: undefined, required: false },
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(values === undefined ? {} : { values }),
  };
}
