/** Users of a brick's signature: one for all sizes at once, and some with numbers for them. */
import { conditionsOn, fixedSizes } from '../../inference/instance';
import { type Reading, readingsOf, readPort } from '../../inference/readings';
import { moduleSettings, refusal } from '../../inference/settings';
import { defaultOf } from '../../inference/values';
import type { ModuleDeclaration, Port } from '../../names/declarations';
import type { Constraint } from '../../types/constraint';
import { Dim } from '../../types/dim';
import { isOptional, substituteType, type TensorType, withAxes } from '../../types/type';

export interface Trial {
  reading: Reading;
  /** Empty: for every size at once. */
  sizes: ReadonlyMap<string, number>;
  /** How many axes `...lead` stands for; with `sizes` only. */
  axes: number;
  /** Params that are left to their defaults. */
  omitted: ReadonlySet<string>;
}

/** The type of a port as that user has it. */
export function typeIn(module: ModuleDeclaration, port: Port, trial: Trial): TensorType | undefined {
  const type = readPort(port, trial.reading, fixedSizes(module));
  if (!type || trial.sizes.size === 0) return type;
  const sized = substituteType(type, (name) => {
    const size = trial.sizes.get(name);
    return size === undefined ? Dim.symbol(name) : Dim.of(size);
  });
  if (type.lead === undefined || isOptional(type.lead)) return sized;
  const at = type.at ?? 0;
  const lead = Array.from({ length: trial.axes }, (_, index) => Dim.of(index + 2));
  return withAxes(sized, { dims: [...sized.dims.slice(0, at), ...lead, ...sized.dims.slice(at)] });
}

/** Names that stand for every size in the general trial. */
export function namesOf(module: ModuleDeclaration): { sizes: string[]; leads: string[] } {
  const fixed = fixedSizes(module);
  const sizes = new Set(integersOf(module));
  const leads = new Set<string>();
  for (const { parsed } of module.inputs.values()) {
    const { type } = parsed;
    if (type?.lead !== undefined) leads.add(type.lead);
    if (type?.lead !== undefined && isOptional(type.lead)) sizes.add(type.lead.slice(0, -1));
    for (const dim of type?.dims ?? []) for (const name of dim.symbols()) sizes.add(name);
  }
  return { sizes: [...sizes].filter((name) => !fixed.has(name)), leads: [...leads] };
}

export function integersOf(module: ModuleDeclaration): string[] {
  return [...module.params.values()].filter(({ type }) => type === 'int').map(({ name }) => name);
}

/** For all sizes: one for each reading of the ports. */
export function generalTrials(module: ModuleDeclaration): Trial[] {
  const [sizes, omitted] = [new Map<string, number>(), new Set<string>()];
  return readingsOf(module).map((reading) => ({ reading, sizes, axes: 0, omitted }));
}

const usual = [2, 3, 1, 4, 5, 7, 8, 12, 64, 100];
/** Combinations that are looked at, at most. */
const most = 200;

/** With numbers that the old version allows, next to those in what either version says. */
export function sizedTrials(module: ModuleDeclaration, next: ModuleDeclaration): Trial[] {
  const { sizes: names, leads } = namesOf(module);
  const [reading] = readingsOf(module);
  const numbers = numbersFor(module, next);
  const trials: Trial[] = [];
  for (let index = 0; index < most; index++) {
    const block = Math.floor(index / numbers.length);
    // In each block every name has every number once, beside other numbers of the other names.
    const sizes = new Map(
      names.map((name, place) => [name, numbers[(index + place * (1 + block)) % numbers.length]!]),
    );
    if (sizes.size === 0) sizes.set('_', 1);
    if (!allows(module, sizes) || !allowsParams(next, sizes)) continue;
    const axes = leads.length > 0 ? index % 3 : 0;
    trials.push({ reading: reading!, sizes, axes, omitted: new Set() });
  }
  return trials;
}

/** Every param left to its default, where all sizes that matter have one. */
export function defaultTrials(module: ModuleDeclaration, next: ModuleDeclaration): Trial[] {
  const defaults = new Map<string, number>();
  for (const param of module.params.values()) {
    const value = defaultOf(param);
    if (value instanceof Dim && value.constant !== undefined) defaults.set(param.name, value.constant);
  }
  if (defaults.size === 0) return [];
  const omitted = new Set([...module.params.values()].filter((one) => one.default).map(({ name }) => name));
  const seen = new Set<string>();
  return sizedTrials(module, next).flatMap((trial) => {
    const sizes = new Map([...trial.sizes, ...defaults]);
    const key = [...sizes].join();
    if (seen.has(key) || seen.size >= 12 || !allows(module, sizes)) return [];
    seen.add(key);
    return [{ ...trial, sizes, omitted }];
  });
}

/** Whether a version may be used with these sizes. */
function allows(module: ModuleDeclaration, sizes: ReadonlyMap<string, number>): boolean {
  const values = new Map([...sizes].map(([name, size]) => [name, Dim.of(size)]));
  return (
    allowsParams(module, sizes) &&
    conditionsOn(module).every(({ constraint }) => holds(constraint, values)) &&
    [...module.inputs.values()].every(({ parsed }) =>
      (parsed.type?.dims ?? []).every((dim) => (dim.substitute(values).constant ?? 1) >= 1),
    )
  );
}

function allowsParams(module: ModuleDeclaration, sizes: ReadonlyMap<string, number>): boolean {
  const settings = moduleSettings(module);
  return [...sizes].every(([name, size]) => {
    const setting = settings.get(name);
    return !setting || refusal(Dim.of(size), setting) === undefined;
  });
}

function holds({ left, relation, right }: Constraint, values: ReadonlyMap<string, Dim>): boolean {
  const [a, b] = [left.substitute(values).constant, right.substitute(values).constant];
  if (a === undefined || b === undefined) return false;
  return relation === '==' ? a === b : relation === '!=' ? a !== b : a <= b;
}

/** The numbers next to those that the versions write, some multiples of them, and some usual ones. */
function numbersFor(...modules: ModuleDeclaration[]): number[] {
  const inText = (text: string) => (text.match(/\b\d+\b/g) ?? []).map(Number);
  const conditions = modules.flatMap((module) => conditionsOn(module).map(({ written }) => written.text));
  const ports = modules.flatMap((module) =>
    [...module.inputs.values(), ...module.outputs.values()].flatMap(({ text }) =>
      inText(text.replace(/^[^[]*/, '')),
    ),
  );
  const bounds = modules.flatMap((module) =>
    [...module.params.values()].flatMap((param) => {
      const value = defaultOf(param);
      return [param.min, param.max, value instanceof Dim ? value.constant : undefined];
    }),
  );
  // What a condition asks of multiples may hold or not just above a bound.
  const factors = [...new Set(conditions.flatMap(inText))].filter((one) => one > 1 && one <= mostFactor);
  const multiples = factors.flatMap((factor) =>
    [1, ...bounds].flatMap((bound) => {
      const first = Math.ceil(Math.max(1, bound ?? 1) / factor) * factor;
      return [first, first + factor, first + 2 * factor];
    }),
  );
  const near = (numbers: number[]) => numbers.flatMap((one) => [one, one + 1, one - 1, 2 * one, 3 * one]);
  const written = [...near(conditions.flatMap(inText)), ...bounds, ...multiples, ...near(ports)].filter(
    (one): one is number => one !== undefined && Number.isInteger(one) && one >= 1,
  );
  return [...new Set([...usual, ...[...new Set(written)].slice(0, mostWritten)])];
}

/** Numbers of the versions that are looked at, at most. */
const mostWritten = 36;
/** Larger numbers in conditions are bounds rather than factors. */
const mostFactor = 64;
