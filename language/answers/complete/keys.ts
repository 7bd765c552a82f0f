/** Keys that a map may still get. */
import { inputNames } from '../../inference/graph';
import { type Setting, settingsOf } from '../../inference/settings';
import { ownersKeys } from '../../inference/sharing';
import type { ModelDeclaration, ModuleDeclaration } from '../../names/declarations';
import { alsoRequired, kindOf, type SchemaKey, schemaAt } from '../../schema/at';
import { kinds } from '../../schema/schemas';
import { entriesOf, get, keyOf } from '../../syntax/path';
import type { Candidate } from '../answers';
import { afterKey, type Context, escapeSnippet, hasValue, placeholder, presentKeys } from './context';
import { boundOf, lossKeys, measures } from './tasks';
import { fitting, intoStep } from './wires';

/** Of two that say the same thing in different ways, only one may stand. */
const alternatives = [
  ['graph', 'python', 'typescript'],
  ['op', 'module'],
];

export function keys(context: Context): Candidate[] {
  const { path } = context.cursor;
  const named = namesHere(context);
  const known = new Set(named.map(({ label }) => label));
  const fromSchema = schemaKeys(context).filter(({ label }) => !known.has(label));
  return path.length === 3 && context.step?.target.kind === 'op'
    ? [...named, ...fromSchema]
    : [...fromSchema, ...named];
}

function namesHere(context: Context): Candidate[] {
  const { analysis, cursor, step } = context;
  const [section, , third] = cursor.path;
  const { inference, declaration } = analysis;
  if (step && cursor.path.length >= 2) return stepKeys(context);
  if (inference?.kind === 'model') {
    if (section === 'plug' && cursor.path.length === 1) return plugKeys(context);
    if (section === 'dims' && cursor.path.length === 1) return dimKeys(context);
    if (cursor.path.length === 1 && declaration?.kind === 'model' && declaration.base)
      return inheritedKeys(context, declaration, String(section));
    if (section === 'tasks' && third === 'loss') return lossKeys(context, inference);
    if (section === 'evaluate' && cursor.path[1] === 'require') return requireKeys(context);
  }
  if (declaration?.kind !== 'module') return analysis.source.kind === 'workspace' ? ruleKeys(context) : [];
  if (section === 'tests' && cursor.path.length === 3) return testKeys(context, declaration, third);
  if (section === 'graph' && cursor.path.length === 1) return unmadeOutputs(context, declaration);
  return [];
}

function schemaKeys(context: Context): Candidate[] {
  const { analysis, cursor } = context;
  const { tree } = analysis.source;
  const kind = kindOf(tree);
  if (kind === undefined) {
    if (cursor.path.length > 0) return [];
    return kinds.map((name) => ({
      label: `kind: ${name}`,
      kind: 'key',
      insert: `kind: ${name}\n$0`,
      plain: `kind: ${name}`,
      replace: cursor.replace,
      rank: 0,
    }));
  }
  const present = presentKeys(context);
  const excluded = new Set(alternatives.filter((group) => group.some((key) => present.has(key))).flat());
  if (context.analysis.declaration?.kind === 'model') {
    if (present.has('share')) for (const key of ownersKeys) excluded.add(key);
    if (ownersKeys.some((key) => present.has(key))) excluded.add('share');
  }
  const also = alsoRequired(kind, cursor.path, tree);
  return (schemaAt(kind, cursor.path, tree)?.keys ?? [])
    .filter(({ name }) => !present.has(name) && !excluded.has(name))
    .map((key) => ({ ...key, required: key.required || also.includes(key.name) }))
    .map((key) => ({
      label: key.name,
      kind: 'key',
      detail: detailOf(key),
      documentation: key.description,
      insert: hasValue(context) ? key.name : insertOf(key, cursor.flow),
      replace: cursor.replace,
      rank: key.required ? 0 : 1,
    }));
}

function detailOf({ required, default: otherwise, types, values }: SchemaKey): string | undefined {
  const what = values.length > 0 ? values.join(' | ') : types.join(' | ');
  const extra = required ? 'required' : otherwise === undefined ? '' : `default ${JSON.stringify(otherwise)}`;
  return [what, extra].filter(Boolean).join(', ') || undefined;
}

function insertOf({ name, types, values, default: otherwise }: SchemaKey, flow: boolean): string {
  if (types[0] === 'object') return flow ? `${name}: { $0 }` : `${name}:\n  $0`;
  if (values.length > 1 && types.length < 2) return `${name}: ${placeholder(1, values.map(String))}`;
  const start = typeof otherwise === 'object' || otherwise === undefined ? '' : String(otherwise);
  return start === '' ? `${name}: $0` : `${name}: \${1:${escapeSnippet(start)}}`;
}

/** Attributes of the op, or inputs and params of the brick. */
function stepKeys(context: Context): Candidate[] {
  const { cursor } = context;
  const { target } = context.step!;
  const present = presentKeys(context);
  const key = cursor.path[2];
  if (key === 'in') return inputKeys(context, present);
  const here = target.kind === 'module' ? key === 'params' : key === undefined;
  if (!here) return [];
  const params = target.kind === 'module' ? target.module.params : undefined;
  return [...settingsOf(target).values()]
    .filter(({ name }) => !present.has(name))
    .map((setting) => advisedAgainst(settingKey(context, setting), params?.get(setting.name)));
}

/** Offered last, and struck through, where the author says not to use it. */
function advisedAgainst(candidate: Candidate, member: { deprecated?: unknown } | undefined): Candidate {
  return member?.deprecated ? { ...candidate, rank: 2, deprecated: true } : candidate;
}

function inputKeys(context: Context, present: Set<string>): Candidate[] {
  const { analysis, cursor } = context;
  const step = context.step!;
  const { target } = step;
  const optional = new Set(
    target.kind === 'op' ? target.op.inputs.filter((input) => input.optional).map((input) => input.name) : [],
  );
  return (inputNames(target) ?? [])
    .filter((name) => !present.has(name))
    .map((name) => {
      const sources = hasValue(context) ? [] : fitting(context, intoStep(analysis, step, name));
      const candidate: Candidate = {
        label: name,
        kind: 'port',
        detail:
          target.kind === 'module'
            ? target.module.inputs.get(name)?.text
            : target.kind === 'op'
              ? target.op.inputs.find((input) => input.name === name)?.doc
              : undefined,
        insert: name + afterKey(context, placeholder(1, sources)),
        replace: cursor.replace,
        rank: optional.has(name) ? 1 : 0,
      };
      return advisedAgainst(candidate, target.kind === 'module' ? target.module.inputs.get(name) : undefined);
    });
}

function settingKey(context: Context, { name, type, doc, required, default: otherwise, values }: Setting) {
  const shown = otherwise === undefined ? '' : String(otherwise);
  const offered = values?.map(String) ?? (type === 'bool' ? ['true', 'false'] : shown === '' ? [] : [shown]);
  return {
    label: name,
    kind: 'param' as const,
    detail: `${type}${otherwise === undefined ? (required ? ', required' : '') : ` = ${shown}`}`,
    documentation: doc,
    insert: name + afterKey(context, placeholder(1, offered)),
    replace: context.cursor.replace,
    rank: required ? 0 : 1,
  };
}

function plugKeys(context: Context): Candidate[] {
  const present = presentKeys(context);
  const steps = context.analysis.inference?.graph.steps.values() ?? [];
  return [...steps].flatMap(({ step, target }) =>
    target.kind === 'module'
      ? [...target.module.extensionPoints.values()]
          .filter(({ name }) => !present.has(`${step.name}.${name}`))
          .map((point): Candidate => {
            const { name, at } = point;
            const candidate: Candidate = {
              label: `${step.name}.${name}`,
              kind: 'port',
              detail: at && `after ${at.value}`,
              insert: `${step.name}.${name}${afterKey(context)}`,
              replace: context.cursor.replace,
              rank: 0,
            };
            return advisedAgainst(candidate, point);
          })
      : [],
  );
}

/** What a composition that extends another may say anew of it: its parts, tasks and data. */
function inheritedKeys(context: Context, { base, whole }: ModelDeclaration, section: string): Candidate[] {
  if (!namedSections.includes(section)) return [];
  const present = presentKeys(context);
  return entriesOf(get(whole, section))
    .map(keyOf)
    .filter((name) => !present.has(name) && !name.startsWith('x-'))
    .map((name) => ({
      label: name,
      kind: section === 'parts' ? 'part' : 'key',
      detail: `of \`${base!.value}\`, to be changed here`,
      insert: name + afterKey(context, section === 'data' ? '$0' : '{ $0 }'),
      replace: context.cursor.replace,
      rank: 0,
    }));
}

/** Sections whose keys are names. */
const namedSections = ['parts', 'tasks', 'data'];

/** Sizes of parts that no param gives. */
function dimKeys(context: Context): Candidate[] {
  const present = presentKeys(context);
  const names = new Map<string, string>();
  for (const { step, target } of context.analysis.inference?.graph.steps.values() ?? []) {
    if (target.kind !== 'module') continue;
    for (const { parsed } of [...target.module.inputs.values(), ...target.module.outputs.values()])
      for (const { name } of parsed.names)
        if (!target.module.params.has(name) && !names.has(name)) names.set(name, step.name);
  }
  return [...names]
    .filter(([name]) => !present.has(name))
    .map(([name, part]) => ({
      label: name,
      kind: 'key',
      detail: `a size of \`${part}\``,
      insert: name + afterKey(context),
      replace: context.cursor.replace,
      rank: name === 'batch' ? 1 : 0,
    }));
}

function requireKeys(context: Context): Candidate[] {
  const { inference } = context.analysis;
  if (inference?.kind !== 'model') return [];
  const present = presentKeys(context);
  return measures(inference)
    .filter((measure) => !present.has(measure))
    .map((measure) => ({
      label: measure,
      kind: 'key',
      insert: measure + afterKey(context, `'${boundOf(measure)} ${placeholder(1, ['0.8'])}'`),
      replace: context.cursor.replace,
      rank: 0,
    }));
}

const levels = ['off', 'hint', 'information', 'warning', 'error'];

/** Names of rules in `rules:` of the workspace file. */
function ruleKeys(context: Context): Candidate[] {
  if (context.cursor.path[0] !== 'rules' || context.cursor.path.length !== 1) return [];
  const present = presentKeys(context);
  return context.analysis.ruleIds
    .filter((id) => !present.has(id))
    .map((id) => ({
      label: id,
      kind: 'key',
      insert: id + afterKey(context, placeholder(1, levels)),
      replace: context.cursor.replace,
      rank: 0,
    }));
}

function testKeys(
  context: Context,
  module: ModuleDeclaration,
  key: string | number | undefined,
): Candidate[] {
  const present = presentKeys(context);
  const { flow, replace } = context.cursor;
  const ports = key === 'given' ? module.inputs : key === 'expect' ? module.outputs : undefined;
  if (key === 'params') {
    const target = { kind: 'module', module, file: module.file } as const;
    return [...settingsOf(target).values()]
      .filter(({ name }) => !present.has(name))
      .map((setting) => settingKey(context, setting));
  }
  return [...(ports?.values() ?? [])]
    .filter(({ name }) => !present.has(name))
    .map(({ name, text }) => {
      const shape = text.replace(/^[^[]*/, '');
      const value = key === 'given' ? `zeros${shape}` : text;
      const written = escapeSnippet(flow ? `'${value}'` : value);
      return {
        label: name,
        kind: 'key',
        detail: text,
        insert: name + afterKey(context, `\${1:${written}}`),
        replace,
        rank: 0,
      };
    });
}

/** A node named like an output is that output. */
function unmadeOutputs(context: Context, module: ModuleDeclaration): Candidate[] {
  const present = presentKeys(context);
  return [...module.outputs.values()]
    .filter(({ name }) => !present.has(name))
    .map(({ name, text }) => ({
      label: name,
      kind: 'node',
      detail: `makes the output: ${text}`,
      insert: name + afterKey(context, '{ op: $1, in: $2 }'),
      replace: context.cursor.replace,
      rank: 0,
    }));
}
