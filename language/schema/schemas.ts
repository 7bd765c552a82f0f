import dataset from '../../schemas/dataset.schema.json';
import model from '../../schemas/model.schema.json';
import module from '../../schemas/module.schema.json';
import workspace from '../../schemas/workspace.schema.json';
import { compile, type JsonSchema, type Schema } from './compiled';

export type Kind = 'module' | 'dataset' | 'model' | 'workspace';

export const kinds: readonly Kind[] = ['module', 'dataset', 'model', 'workspace'];

// TypeScript reads each `type` of a JSON file as any string.
const sources = { module, dataset, model, workspace } as unknown as Record<Kind, JsonSchema>;
const compiled = new Map<Kind, Schema>();

/** The schema of a kind of file, compiled when first asked for. */
export function schemaOf(kind: Kind): Schema {
  const known = compiled.get(kind);
  if (known) return known;
  const schema = compile(sources[kind]);
  compiled.set(kind, schema);
  return schema;
}

export function isKind(value: unknown): value is Kind {
  return kinds.includes(value as Kind);
}
