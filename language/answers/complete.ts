import { couldFeed, sourcesFor, wantedType } from '../inference/candidates';
import { type InferredStep, inputNames } from '../inference/graph';
import { settingsOf } from '../inference/settings';
import { allOps } from '../ops/catalogue';
import type { Analysis } from '../rules/rule';
import { kindOf, schemaAt } from '../schema/at';
import { kinds } from '../schema/schemas';
import { type Cursor, nodeAt } from '../syntax/cursor';
import { asText, entriesOf, keyOf } from '../syntax/path';
import type { Range } from '../syntax/tree';
import { dtypes, printType } from '../types/type';
import type { Candidate } from './answers';
import { columnText } from './hover';

/** What can be written at the offset, in a text that need not be complete. */
export function complete(analysis: Analysis, offset: number): Candidate[] {
  const cursor = nodeAt(analysis.source.tree, offset);
  if (!cursor) return [];
  const { kind } = analysis.declaration ?? {};
  const [section, name, key] = cursor.path;
  const steps = kind === 'module' ? 'graph' : kind === 'model' ? 'parts' : undefined;
  const inferred =
    section === steps && typeof name === 'string' ? analysis.inference?.graph.steps.get(name) : undefined;
  if (cursor.slot === 'key')
    return [
      ...schemaKeys(analysis, cursor),
      ...(inferred ? stepKeys(inferred, cursor) : plugKeys(analysis, cursor)),
    ];
  if (inferred && key !== undefined) return stepValues(analysis, inferred, cursor);
  if (kind === 'module' && (section === 'inputs' || section === 'outputs')) return typeValues(cursor);
  if (kind === 'model' && section === 'data') return bricks(analysis, 'dataset', cursor.replace);
  if (kind === 'model' && section === 'plug') return bricks(analysis, 'module', cursor.replace);
  if (kind === 'model' && section === 'tasks' && (key === 'output' || key === 'target'))
    return wires(analysis, cursor, undefined, key);
  return schemaValues(analysis, cursor);
}

function schemaKeys({ source }: Analysis, { path, node, replace, entry, flow }: Cursor): Candidate[] {
  const kind = kindOf(source.tree);
  if (kind === undefined) return path.length === 0 ? kinds.map((name) => kindCandidate(name, replace)) : [];
  const present = new Set(
    entriesOf(node)
      .filter((other) => other !== entry)
      .map(keyOf),
  );
  return (schemaAt(kind, path, source.tree)?.keys ?? [])
    .filter(({ name }) => !present.has(name))
    .map(({ name, description, required, types }) => ({
      label: name,
      kind: 'key',
      documentation: description,
      insert: entry?.value ? name : types[0] === 'object' && !flow ? `${name}:\n  $0` : `${name}: $0`,
      replace,
      rank: required ? 0 : 1,
    }));
}

function kindCandidate(name: string, replace: Range): Candidate {
  return { label: `kind: ${name}`, kind: 'key', insert: `kind: ${name}\n$0`, replace, rank: 0 };
}

/** Attributes of the op, or inputs and parameters of the brick. */
function stepKeys({ step, target }: InferredStep, { path, node, replace, entry }: Cursor): Candidate[] {
  const present = new Set(
    entriesOf(node)
      .filter((other) => other !== entry)
      .map(keyOf),
  );
  const key = path[2];
  const after = entry?.value ? '' : ': $0';
  if (key === 'in') {
    return (inputNames(target) ?? [])
      .filter((name) => !present.has(name))
      .map((name) => ({
        label: name,
        kind: 'port',
        detail: target.kind === 'module' ? target.module.inputs.get(name)?.text : undefined,
        insert: name + after,
        replace,
        rank: 0,
      }));
  }
  const here = target.kind === 'module' ? key === 'params' : key === undefined;
  if (!here || !step) return [];
  return [...settingsOf(target).values()]
    .filter(({ name }) => !present.has(name))
    .map(({ name, doc, required, default: otherwise, type }) => ({
      label: name,
      kind: 'param',
      detail: `${type}${otherwise === undefined ? (required ? ', required' : '') : ` = ${otherwise}`}`,
      documentation: doc,
      insert: name + after,
      replace,
      rank: required ? 0 : 1,
    }));
}

function plugKeys({ inference }: Analysis, { path, replace, entry }: Cursor): Candidate[] {
  if (inference?.kind !== 'model' || path[0] !== 'plug' || path.length !== 1) return [];
  return [...inference.graph.steps.values()].flatMap(({ step, target }) =>
    target.kind === 'module'
      ? [...target.module.extensionPoints.keys()].map(
          (point): Candidate => ({
            label: `${step.name}.${point}`,
            kind: 'port',
            insert: `${step.name}.${point}${entry?.value ? '' : ': $0'}`,
            replace,
            rank: 0,
          }),
        )
      : [],
  );
}

function stepValues(analysis: Analysis, inferred: InferredStep, cursor: Cursor): Candidate[] {
  const [, , key, inner] = cursor.path;
  if (key === 'op') return ops(cursor.replace);
  if (key === 'module') return bricks(analysis, 'module', cursor.replace);
  if (key === 'in') return wires(analysis, cursor, inferred, typeof inner === 'string' ? inner : undefined);
  if (key === 'weights') return weightSources(analysis, inferred, cursor);
  const setting = settingsOf(inferred.target).get(String(key === 'params' ? inner : key));
  if (!setting) return schemaValues(analysis, cursor);
  const values = setting.type === 'bool' ? [true, false] : (setting.values ?? []);
  return [
    ...values.map(
      (value): Candidate => ({
        label: String(value),
        kind: 'value',
        insert: String(value),
        replace: cursor.replace,
        rank: 0,
      }),
    ),
    ...ownParams(analysis, setting.type, cursor.replace),
  ];
}

function ownParams({ declaration }: Analysis, type: string, replace: Range): Candidate[] {
  if (declaration?.kind !== 'module') return [];
  return [...declaration.params.values()].map((param) => ({
    label: `$${param.name}`,
    kind: 'param',
    detail: param.type,
    documentation: param.doc,
    insert: `\\$${param.name}`,
    replace,
    rank: param.type === type ? 0 : 2,
  }));
}

function ops(replace: Range): Candidate[] {
  return allOps().map((op) => ({
    label: op.name,
    kind: 'op',
    detail: op.summary,
    documentation: op.doc,
    insert: op.name,
    replace,
    rank: op.stage === 'graph' ? 0 : 1,
  }));
}

function bricks({ catalogue, source }: Analysis, kind: 'module' | 'dataset', replace: Range): Candidate[] {
  const seen = new Set<string>();
  const found: Candidate[] = [];
  for (const { source: other, declaration } of catalogue.all(kind)) {
    const name = declaration.name?.value;
    if (name === undefined || seen.has(name) || other === source) continue;
    seen.add(name);
    const version = declaration.version?.value;
    const [major, minor] = version?.split('.') ?? [];
    const range = major === undefined ? '' : major === '0' ? `@^${version}` : `@^${major}.${minor ?? 0}`;
    found.push({
      label: name,
      kind,
      detail: version,
      documentation: declaration.summary,
      insert: `${name}${range}`,
      replace,
      rank: other.origin === 'workspace' ? 0 : 1,
      deprecated: declaration.kind === 'module' && declaration.deprecated !== undefined,
    });
  }
  return found;
}

/** Ports and columns that may feed an input; those whose type fits come first. */
function wires(
  { inference, declaration }: Analysis,
  { replace }: Cursor,
  into: InferredStep | undefined,
  input: string | undefined,
): Candidate[] {
  if (!inference) return [];
  const wanted = into && wantedType(into, input);
  const short = declaration?.kind === 'module';
  return sourcesFor(into, inference.scope, inference.graph, short).map((source) => {
    const fits = couldFeed(source, wanted, inference.graph);
    const data = inference.kind === 'model' ? inference.data.get(source.owner)?.lookup : undefined;
    const column = data?.status === 'found' ? data.declaration.columns.get(source.port ?? '') : undefined;
    return {
      label: source.text,
      kind: source.kind === 'column' ? 'column' : source.kind === 'step' && short ? 'node' : 'port',
      detail: source.type && printType(source.type),
      documentation: column && columnText(column),
      insert: source.text,
      replace,
      rank: fits === undefined ? 1 : fits ? 0 : 2,
    };
  });
}

/** Models that have this part and so could give it their weights. */
function weightSources(analysis: Analysis, { step }: InferredStep, cursor: Cursor): Candidate[] {
  const runs = [...analysis.catalogue.all('model')].flatMap(({ declaration }): Candidate[] => {
    const name = declaration.name?.value;
    if (name === undefined || declaration === analysis.declaration || !declaration.parts.has(step.name))
      return [];
    return [
      {
        label: `run:${name}`,
        kind: 'value',
        detail: `newest completed run of ${name}`,
        insert: `run:${name}`,
        replace: cursor.replace,
        rank: 0,
      },
    ];
  });
  return [...runs, ...schemaValues(analysis, cursor)];
}

function typeValues({ replace, node }: Cursor): Candidate[] {
  if (asText(node)?.includes('[')) return [];
  return dtypes.map((dtype) => ({
    label: `${dtype}[…]`,
    kind: 'type',
    insert: `${dtype}[\${1:batch}]$0`,
    replace,
    rank: dtype === 'float32' || dtype === 'int32' ? 0 : 1,
  }));
}

function schemaValues({ source }: Analysis, { path, replace }: Cursor): Candidate[] {
  const kind = kindOf(source.tree);
  const answer = kind && schemaAt(kind, path, source.tree);
  if (path.length === 1 && path[0] === 'kind') return kinds.map((name) => value(name));
  const words = new Set([...(answer?.values ?? []), ...(answer?.examples ?? [])].filter(isWord).map(String));
  return [...words].map((word) => value(word));

  function value(word: string): Candidate {
    return { label: word, kind: 'value', insert: word, replace, rank: 0 };
  }
}

function isWord(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
