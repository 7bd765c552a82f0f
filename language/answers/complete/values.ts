/** Values of keys. */
import { settingsOf } from '../../inference/settings';
import { layersOf } from '../../rules/trained-parts';
import { kindOf, type SchemaKey, schemaAt } from '../../schema/at';
import { kinds } from '../../schema/schemas';
import type { Candidate } from '../answers';
import { bricks } from './bricks';
import { type Context, escapeSnippet, words } from './context';
import { wholeValues } from './forms';
import { ops } from './ops';
import { boundOf, measures, modelSplits, taskValues } from './tasks';
import { types } from './types';
import { intoStep, sources, wires } from './wires';

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
          : section === 'splits' && ['stratify', 'group'].includes(String(cursor.path[1]))
            ? stratifiable(context)
            : undefined;
  return [...(special ?? schemaValues(context)), ...wholeValues(context)];
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
  if (key === 'train' && cursor.path.includes('targets')) return layers(context);
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
  if (key === 'slices') return slices(context);
  if (key === 'require' && third !== undefined)
    return ['>=', '<=', '>', '<'].map((comparison) => ({
      label: comparison,
      kind: 'value',
      insert: `'${comparison} \${1:0.8}'`,
      replace: context.cursor.replace,
      rank: comparison === boundOf(String(path.at(-1))) ? 0 : 1,
    }));
  return undefined;
}

/** Columns whose values results are told apart by: those with few values first. */
function slices(context: Context): Candidate[] {
  const { inference } = context.analysis;
  const columns = wires(context, () => ({ fits: undefined })).filter(({ kind }) => kind === 'column');
  return columns.map((each) => {
    const [alias = '', name = ''] = each.label.split('.');
    const lookup = inference?.kind === 'model' ? inference.data.get(alias)?.lookup : undefined;
    const type = lookup?.status === 'found' ? lookup.declaration.columns.get(name)?.type : undefined;
    return { ...each, rank: type === 'category' || type === 'bool' ? 0 : 2 };
  });
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

/** Nodes of the part's brick that have weights, for adapters. */
function layers(context: Context): Candidate[] {
  const flat = context.analysis.flat();
  const part = String(context.cursor.path[1]);
  const ways = flat ? layersOf(flat, part) : [];
  const names = ways.flatMap((way) => way.split('/').map((name) => name.replace(/\.\d+$/, '')));
  return words(
    context,
    [...new Set(names)].map((word) => ({ word })),
  );
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
