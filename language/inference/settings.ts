/** The attributes of an op or the parameters of a brick, with the values that a step gives them. */
import type { ModuleDeclaration, Step } from '../names/declarations';
import { nearest } from '../names/nearest';
import { currentName, formerName } from '../names/renames';
import { type AttributeValue, attributeDefault, type Op } from '../ops/op';
import { entryOf } from '../syntax/path';
import type { Entry, TreeNode } from '../syntax/tree';
import { Dim } from '../types/dim';
import type { InferredStep, StepTarget } from './graph';
import { defaultOf, evaluate, type Params, type ValueType } from './values';

export interface Setting {
  name: string;
  type: ValueType;
  default: AttributeValue | undefined;
  required: boolean;
  values?: (string | number | boolean)[];
  min?: number;
  max?: number;
  doc?: string;
}

const settingsOfOps = new WeakMap<Op, Map<string, Setting>>();
const settingsOfModules = new WeakMap<ModuleDeclaration, Map<string, Setting>>();

export function settingsOf(target: StepTarget): ReadonlyMap<string, Setting> {
  if (target.kind === 'op') return attributesOf(target.op);
  if (target.kind === 'module') return moduleSettings(target.module);
  return new Map();
}

export function readSettings(inferred: InferredStep, params: Params): void {
  const { target, step, owner } = inferred;
  if (target.kind !== 'op' && target.kind !== 'module') return;
  const declared = settingsOf(target);
  // What is wrong with the settings of a part is said there, not at each of its uses.
  const isOwn = owner === step;
  for (const [name, entry] of isOwn ? step.settings : []) {
    if (!declared.has(name) && !isFormer(name, inferred)) inferred.unknownSettings.push(entry);
  }
  const areUnread = target.kind === 'module' && areParamsUnread(owner);
  const misspelt = meantBy(owner, declared);
  for (const [name, setting] of declared) {
    const entry = settingOf(inferred, name);
    if (!entry && (areUnread || misspelt.has(name))) {
      inferred.values.set(name, undefined);
      continue;
    }
    if (!entry) {
      inferred.values.set(name, setting.default);
      if (setting.required && isOwn) inferred.missingSettings.push(name);
      continue;
    }
    const { value, problems } = evaluate(entry.value, setting.type, params);
    const refused = refusal(value, setting);
    if (refused !== undefined) {
      problems.push({ range: entry.value?.range ?? entry.range, kind: 'wrong-value', message: refused });
    }
    inferred.values.set(name, refused === undefined ? value : undefined);
    if (isOwn) inferred.valueProblems.push(...problems.map((problem) => ({ ...problem, setting: name })));
  }
  for (const [name, value] of inferred.values) if (value === undefined) inferred.unvalued.push(name);
}

const REPEAT: Setting = { name: 'repeat', type: 'int', default: Dim.of(1), required: false, min: 1 };

/** How often a brick is there, one copy behind the other; undefined where that is not known. */
export function readRepeat(inferred: InferredStep, params: Params): Dim | undefined {
  const { repeat } = inferred.step;
  if (!repeat) return Dim.of(1);
  const { value, problems } = evaluate(repeat, REPEAT.type, params);
  const isNumber = value === undefined || value instanceof Dim;
  const refused = isNumber ? refusal(value, REPEAT) : '`repeat` must be a whole number';
  if (refused !== undefined) problems.push({ range: repeat.range, kind: 'wrong-value', message: refused });
  inferred.valueProblems.push(...problems.map((problem) => ({ ...problem, setting: REPEAT.name })));
  return refused === undefined && value instanceof Dim ? value : undefined;
}

/** Whether there are `params` of which nobody knows what they say. */
function areParamsUnread({ entry }: Step): boolean {
  const params = entryOf(entry.value, 'params');
  return params !== undefined && params.value?.kind !== 'map';
}

/** Settings that are there by a name which nobody knows: their values are not their defaults. */
function meantBy({ settings }: Step, declared: ReadonlyMap<string, Setting>): Set<string> {
  const unknown = [...settings.keys()].filter((name) => !declared.has(name));
  return new Set(unknown.flatMap((name) => nearest(name, declared.keys()) ?? []));
}

/** Where a setting is given: by its name, or by the one that its brick says it had before. */
export function settingOf({ target, owner }: InferredStep, name: string): Entry | undefined {
  const own = owner.settings.get(name);
  const former = own || target.kind !== 'module' ? undefined : formerName(target.module, 'params', name);
  return own ?? (former === undefined ? undefined : owner.settings.get(former));
}

/** Whether it stands for a param that has another name now and is not given by that. */
function isFormer(name: string, { target, owner }: InferredStep): boolean {
  if (target.kind !== 'module') return false;
  const current = currentName(target.module, 'params', name);
  return current !== name && !owner.settings.has(current);
}

/** Why a value, or one of a list, is not allowed; undefined when it is, or when it is not known. */
export function refusal(value: AttributeValue | undefined, setting: Setting): string | undefined {
  if (Array.isArray(value)) {
    for (const item of value) {
      const refused = refusal(item, setting);
      if (refused !== undefined) return refused;
    }
    return undefined;
  }
  const plain = value instanceof Dim ? value.constant : value;
  if (plain === undefined) return undefined;
  if (setting.values && !setting.values.some((allowed) => String(allowed) === String(plain))) {
    const values = setting.values.map(String);
    const near = values.length > 8 ? nearest(String(plain), values) : undefined;
    if (near) return `\`${setting.name}\` cannot be \`${plain}\`; did you mean \`${near}\`?`;
    return `\`${setting.name}\` must be one of ${values.map((allowed) => `\`${allowed}\``).join(', ')}, not \`${plain}\``;
  }
  if (typeof plain !== 'number') return undefined;
  if (Number.isNaN(plain)) return `\`${setting.name}\` must be a number, not NaN`;
  if (setting.min !== undefined && plain < setting.min)
    return `\`${setting.name}\` must be at least ${setting.min}, not ${plain}`;
  if (setting.max !== undefined && plain > setting.max)
    return `\`${setting.name}\` must be at most ${setting.max}, not ${plain}`;
  return undefined;
}

/** Why a setting cannot have a value that is written without params; undefined where it can. */
export function valueProblem(node: TreeNode | undefined, setting: Setting): string | undefined {
  const { value, problems } = evaluate(node, setting.type, new Map());
  return problems[0]?.message ?? refusal(value, setting);
}

/** What is wrong with a setting, in words that name it. */
export function claimOf(setting: string, message: string): string {
  return message.startsWith('`') ? message : `\`${setting}\`: ${message}`;
}

function attributesOf(op: Op): ReadonlyMap<string, Setting> {
  let settings = settingsOfOps.get(op);
  if (!settings) {
    settings = new Map(
      Object.entries(op.attributes).map(([name, a]) => [
        name,
        { ...a, name, default: attributeDefault(a), required: a.required === true },
      ]),
    );
    settingsOfOps.set(op, settings);
  }
  return settings;
}

export function moduleSettings(module: ModuleDeclaration): ReadonlyMap<string, Setting> {
  let settings = settingsOfModules.get(module);
  if (!settings) {
    settings = new Map(
      [...module.params.values()].map((param) => [
        param.name,
        {
          ...param,
          type: param.type as ValueType,
          default: defaultOf(param),
          required: param.default === undefined,
        },
      ]),
    );
    settingsOfModules.set(module, settings);
  }
  return settings;
}
