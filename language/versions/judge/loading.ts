/**
 * Loading as a signature: a version's state is what it takes, one tensor for each key. Written out as a brick of its
 * own, it is held against the tensors of the other version by the checker, for every value of the params.
 */
import { defaultSizes } from '../../inference/values';
import type { Param } from '../../names/declarations';
import type { Dim } from '../../types/dim';
import type { Consumer } from './consumer';
import type { Pair, Side } from './pair';
import type { StateEntry } from './state';

const STATE = 'witness/state';
const LOADER = 'witness-loading.brique.yaml';

/** What a key is called as a port. */
export function portOf(key: string): string {
  return `at_${key.replaceAll(/[^A-Za-z0-9]+/g, '_')}`;
}

/**
 * A file of the old version's weights, loaded into either version: the tensor `about`, or all of them where it is left
 * out. With `defaults`, both versions have their params as they are when nobody sets them.
 */
export function loading(pair: Pair, about?: string, defaults = false): Consumer {
  const values = defaults ? defaultSizes(pair.old.module) : new Map<string, Dim>();
  const old = entriesIn(pair, pair.old, about).map((entry) => ({
    ...entry,
    dims: entry.dims.map((dim) => dim.substitute(values)),
  }));
  const params = integersFor(pair, old);
  const lines = ['kind: module', `name: witness/weights-of-${safe(pair.name)}`, 'version: 1.0.0'];
  if (params.length > 0) lines.push('params:', ...params.map(({ name }) => `  ${name}: { type: int }`));
  if (old.length > 0)
    lines.push('inputs:', ...old.map((entry) => `  held_${portOf(entry.key)}: ${typeOf(entry)}`));
  lines.push('outputs:', '  done: float32[1]', 'graph:', '  done: { op: parameter, shape: [1] }');
  const start = lines.length;
  lines.push('  loaded:', `    module: ${STATE}`);
  if (old.length > 0) lines.push('    in:');
  for (const { key } of old) lines.push(`      ${portOf(key)}: held_${portOf(key)}`);
  const known = params.filter(({ name }) => pair.next.module.params.has(name));
  if (known.length > 0) lines.push('    params:', ...known.map(({ name }) => `      ${name}: $${name}`));
  return {
    files: [{ file: LOADER, text: `${lines.join('\n')}\n` }],
    file: LOADER,
    lines: [start, lines.length - 1],
    version: (side) => stateBrick(pair, side, about),
  };
}

/** What a version takes from a file of weights, as a brick; renamed keys are taken under their old names. */
function stateBrick(pair: Pair, side: Side, about: string | undefined): string {
  const entries = entriesIn(pair, side, about);
  const declared = [...side.module.params.values()].filter(({ type }) => type === 'int');
  const lines = ['kind: module', `name: ${STATE}`, 'version: 1.0.0'];
  if (declared.length > 0) lines.push('params:', ...declared.map(paramLine));
  const renamed = formerKeys(pair, side);
  if (entries.length > 0)
    lines.push('inputs:', ...entries.map((entry) => `  ${portOf(renamed(entry.key))}: ${typeOf(entry)}`));
  lines.push('outputs:', '  loaded: bool[]', 'python: witness.state:Loader');
  return `${lines.join('\n')}\n`;
}

/** Those that the old version calls so, or all. */
function entriesIn(pair: Pair, side: Side, about: string | undefined): StateEntry[] {
  const former = formerKeys(pair, side);
  const entries = [...(pair.stateOf(side)?.values() ?? [])];
  return about === undefined ? entries : entries.filter(({ key }) => former(key) === about);
}

function formerKeys({ next, formerly }: Pair, side: Side): (key: string) => string {
  return side === next ? formerly : (key) => key;
}

function paramLine({ name, default: usual }: Param): string {
  const value = usual?.kind === 'scalar' && typeof usual.value === 'number' ? usual.value : undefined;
  return `  ${name}: { type: int${value === undefined ? '' : `, default: ${value}`} }`;
}

function typeOf({ dims }: StateEntry): string {
  return `float32[${dims.map((dim) => dim.toString()).join(', ')}]`;
}

/** Params that sizes of the state are written with. */
function integersFor({ old }: Pair, entries: StateEntry[]): Param[] {
  const used = new Set(entries.flatMap(({ dims }) => dims.flatMap((dim) => [...dim.symbols()])));
  return [...old.module.params.values()].filter(({ name, type }) => type === 'int' && used.has(name));
}

function safe(name: string): string {
  return name.replaceAll('/', '-');
}
