/** Values of keys. */
import { settingsOf } from '../../inference/settings';
import { allOps } from '../../ops/catalogue';
import type { Op } from '../../ops/op';
import { kindOf, type SchemaKey, schemaAt } from '../../schema/at';
import { kinds } from '../../schema/schemas';
import { get } from '../../syntax/path';
import type { Candidate } from '../answers';
import { opText } from '../texts';
import { bricks } from './bricks';
import { type Context, escapeSnippet, placeholder, words } from './context';
import { measures, modelSplits, taskValues } from './tasks';
import { types } from './types';
import { fitting, intoStep, sources, wires } from './wires';

export function values(context: Context): Candidate[] {
  const { analysis, cursor, step } = context;
  const [section, , key] = cursor.path;
  const special =
    step && key !== undefined
      ? stepValues(context)
      : analysis.declaration?.kind === 'module'
        ? moduleValues(context)
        : analysis.declaration?.kind === 'model'
          ? modelValues(context)
          : section === 'splits' && cursor.path[1] === 'stratify'
            ? stratifiable(context)
            : undefined;
  return special ?? schemaValues(context);
}

function stepValues(context: Context): Candidate[] | undefined {
  const { analysis, cursor } = context;
  const step = context.step!;
  const [, , key, inner] = cursor.path;
  if (key === 'op') return ops(context);
  if (key === 'module') return bricks(context, 'module');
  if (key === 'share') return shareable(context);
  if (key === 'in')
    return wires(context, intoStep(analysis, step, typeof inner === 'string' ? inner : inputAt(context)));
  if (key === 'weights') return [...weightSources(context), ...schemaValues(context)];
  if (key === 'repeat') return [...schemaValues(context), ...ownParams(context, 'int')];
  const setting = settingsOf(step.target).get(String(key === 'params' ? inner : key));
  if (!setting) return undefined;
  const listed = setting.type === 'bool' ? ['true', 'false'] : (setting.values ?? []).map(String);
  const otherwise = setting.default === undefined ? [] : [String(setting.default)];
  const known = new Set([...listed, ...(setting.type === 'string' ? [] : otherwise)]);
  const detail = (word: string) => (otherwise.includes(word) ? { detail: 'default' } : {});
  return [
    ...words(
      context,
      [...known].map((word) => ({ word, ...detail(word) })),
    ),
    ...ownParams(context, setting.type),
  ];
}

/** The input that the item of a list in `in: [a, b]` feeds. */
function inputAt({ cursor, step }: Context): string | undefined {
  const [, , , index] = cursor.path;
  const { target } = step!;
  const inputs =
    target.kind === 'op'
      ? target.op.inputs
      : target.kind === 'module'
        ? [...target.module.inputs.keys()].map((name) => ({ name, variadic: false }))
        : [];
  if (typeof index !== 'number' || inputs[0]?.variadic) return inputs[0]?.name;
  return inputs[index]?.name;
}

function ownParams({ analysis: { declaration }, cursor }: Context, type: string): Candidate[] {
  if (declaration?.kind !== 'module') return [];
  return [...declaration.params.values()].map((param) => ({
    label: `$${param.name}`,
    kind: 'param',
    detail: param.type,
    documentation: param.doc,
    insert: `\\$${param.name}`,
    replace: cursor.replace,
    rank: param.type === type || (type === 'enum' && param.type === 'string') ? 0 : 2,
  }));
}

function ops(context: Context): Candidate[] {
  return allOps().map((op) => ({
    label: op.name,
    kind: 'op',
    detail: op.summary,
    documentation: opText(op),
    insert: op.name + opWiring(context, op),
    plain: op.name,
    replace: context.cursor.replace,
    rank: op.stage === 'graph' ? 0 : 1,
  }));
}

/** Inputs and required attributes of an op that was just chosen; nothing once it is wired. */
function opWiring(context: Context, op: Op): string {
  const { cursor, analysis, step } = context;
  const map = cursor.parents.at(-1);
  if (!map || get(map, 'in')) return '';
  let place = 0;
  const chosen = { ...step!, target: { kind: 'op', op } as const, wires: [] };
  const needed = op.inputs.filter((input) => !input.optional);
  const only = needed.length === 1 ? needed[0] : undefined;
  const wired = only
    ? placeholder(
        ++place,
        only === op.inputs[0] ? fitting(context, intoStep(analysis, chosen, only.name)) : [],
      )
    : `{ ${needed.map(({ name }) => `${name}: ${placeholder(++place, [])}`).join(', ')} }`;
  const settings = Object.entries(op.attributes)
    .filter(([name, attribute]) => attribute.required && !get(map, name))
    .map(([name, attribute]) => `${name}: ${placeholder(++place, attribute.values ?? [])}`);
  const lines = [...(needed.length > 0 ? [`in: ${wired}`] : []), ...settings];
  return lines.map((line) => (cursor.flow ? `, ${line}` : `\n${line}`)).join('');
}

/** Parts with a brick of their own. */
function shareable(context: Context): Candidate[] {
  const { inference } = context.analysis;
  const parts = inference?.kind === 'model' ? [...inference.model.parts.values()] : [];
  return words(
    context,
    parts
      .filter(({ module, share, name }) => module && !share && name !== context.step!.step.name)
      .map(({ name, module }) => ({ word: name, detail: module!.reference.name })),
  );
}

/** Compositions that have this part and so could give it their weights. */
function weightSources(context: Context): Candidate[] {
  const { analysis, step } = context;
  const found = [...analysis.catalogue.all('model')].flatMap(({ declaration }) => {
    const name = declaration.name?.value;
    const isOther = declaration.file !== analysis.source.file;
    return name !== undefined && isOther && declaration.parts.has(step!.step.name)
      ? [{ word: `run:${name}`, detail: `newest completed run of ${name}` }]
      : [];
  });
  return words(context, found);
}

function moduleValues(context: Context): Candidate[] | undefined {
  const { declaration } = context.analysis;
  const [section, index, key, port] = context.cursor.path;
  if (declaration?.kind !== 'module') return undefined;
  if (section === 'inputs' || section === 'outputs')
    return key === undefined || key === 'type' ? types(context) : undefined;
  if (section === 'extension_points' && (key === 'at' || (index !== undefined && key === undefined)))
    return key === 'at' ? nodes(context) : undefined;
  if (section === 'tests' && key === 'expect' && typeof port === 'string') {
    const text = declaration.outputs.get(port)?.text;
    return text === undefined
      ? undefined
      : words(context, [{ word: context.cursor.flow ? `'${text}'` : text }]);
  }
  if (section === 'tests' && key === 'given' && typeof port === 'string') {
    const shape = declaration.inputs.get(port)?.text.replace(/^[^[]*/, '') ?? '';
    const quote = context.cursor.flow ? "'" : '';
    return words(
      context,
      ['zeros', 'ones'].map((fill) => ({ word: `${quote}${fill}${shape}${quote}` })),
    );
  }
  return undefined;
}

function nodes(context: Context): Candidate[] {
  return sources(context)
    .filter(({ kind }) => kind === 'step')
    .map(({ owner, type }) => ({
      label: owner,
      kind: 'node',
      detail: type && `${type.dtype}`,
      insert: owner,
      replace: context.cursor.replace,
      rank: 0,
    }));
}

function modelValues(context: Context): Candidate[] | undefined {
  const { inference } = context.analysis;
  const { path } = context.cursor;
  const [section, key, third] = path;
  if (inference?.kind !== 'model') return undefined;
  if (section === 'data' && path.length === 2) return bricks(context, 'dataset');
  if (section === 'plug' && (path.at(-1) === 'module' || path.slice(2).every(Number.isInteger)))
    return bricks(context, 'module');
  if (section === 'extends') return bricks(context, 'model');
  if (section === 'tasks') return taskValues(context, inference);
  if (section === 'train' && key === 'stop' && third === 'when')
    return words(
      context,
      ['validation', 'train'].flatMap((split, rank) =>
        measures(inference).map((measure) => ({ word: `${split}.${measure}`, rank })),
      ),
    );
  if (section !== 'evaluate') return undefined;
  if (key === 'on')
    return words(
      context,
      modelSplits(inference).map((word) => ({ word, rank: word === 'train' ? 1 : 0 })),
    );
  if (key === 'slices')
    return wires(context, () => ({ fits: undefined })).filter(({ kind }) => kind === 'column');
  if (key === 'require' && third !== undefined)
    return ['>=', '<=', '>', '<'].map((comparison) => ({
      label: comparison,
      kind: 'value',
      insert: `'${comparison} \${1:0.8}'`,
      replace: context.cursor.replace,
      rank: comparison === '>=' ? 0 : 1,
    }));
  return undefined;
}

/** Columns to keep in proportion; categories first. */
function stratifiable(context: Context): Candidate[] | undefined {
  const { declaration } = context.analysis;
  if (declaration?.kind !== 'dataset') return undefined;
  return [...declaration.columns.values()].map(({ name, type }) => ({
    label: name,
    kind: 'column',
    detail: type,
    insert: escapeSnippet(name),
    replace: context.cursor.replace,
    rank: type === 'category' ? 0 : 2,
  }));
}

/** What the format itself says; empty where anything may stand. */
function schemaValues(context: Context): Candidate[] {
  const { analysis, cursor } = context;
  const { tree } = analysis.source;
  if (cursor.path.length === 1 && cursor.path[0] === 'kind')
    return words(
      context,
      kinds.map((word) => ({ word })),
    );
  const kind = kindOf(tree);
  const answer = kind && schemaAt(kind, cursor.path, tree);
  if (!answer) return [];
  if (!cursor.node && answer.types[0] === 'object' && answer.keys.length > 0)
    return maps(context, answer.keys);
  const booleans = answer.types.includes('boolean') && answer.types.length === 1 ? [true, false] : [];
  const known = [...answer.values, ...booleans, answer.default, ...answer.examples].filter(isWord);
  return words(
    context,
    [...new Set(known.map(String))].map((word) => ({
      word,
      ...(word === String(answer.default) ? { detail: 'default' } : {}),
    })),
  );
}

/** A map to fill in: with an op or with a brick, or with the keys that it must have. */
function maps({ cursor }: Context, keys: SchemaKey[]): Candidate[] {
  const has = (name: string) => keys.some((key) => key.name === name);
  const required = keys.filter((key) => key.required).map((key) => key.name);
  const forms =
    has('op') && has('module')
      ? [
          ['op', 'in'],
          ['module', 'in'],
        ]
      : required.length > 0
        ? [required]
        : [];
  return forms.map((names) => ({
    label: `{ ${names.join(', ')} }`,
    kind: 'value',
    insert: `{ ${names.map((name, i) => `${name}: $${i + 1}`).join(', ')} }`,
    replace: cursor.replace,
    rank: 0,
  }));
}

function isWord(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
