/** TypeScript types and validators, made from `schemas/`. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import Ajv, { type AnySchemaObject } from 'ajv';
import standaloneCode from 'ajv/dist/standalone';
import { compile, type JSONSchema } from 'json-schema-to-typescript';

const root = resolve(__dirname, '..');
const banner = '// Generated from schemas/ by scripts/generate.ts.\n';

/** RFC 3339, as `Date.prototype.toISOString` writes it, with or without fractions or an offset. */
const dateTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

function schema(name: string): AnySchemaObject & JSONSchema {
  return JSON.parse(readFileSync(join(root, 'schemas', `${name}.schema.json`), 'utf8'));
}

export function types(name: string): Promise<string> {
  return compile(schema(name), name, {});
}

/** A validator: the schema, or a definition in it, and the type it tells. */
interface Checked {
  schema: string;
  definition?: string;
  type: string;
}

export function validators(all: readonly Checked[]): string {
  const names = [...new Set(all.map((each) => each.schema))];
  const ajv = new Ajv({
    strict: true,
    allowUnionTypes: true,
    formats: { 'date-time': dateTime },
    schemas: names.map(schema),
    code: { source: true, esm: true, lines: true },
  });
  const references = all.map(({ schema, definition, type }) => {
    const inside = definition === undefined ? '' : `#/definitions/${definition}`;
    return [`${type.charAt(0).toLowerCase()}${type.slice(1)}`, `${schema}.schema.json${inside}`] as const;
  });
  const constants = references.map(([constant]) => constant).join('|');
  const code = standaloneCode(ajv, Object.fromEntries(references));
  const sources = [...names].reverse().map((name) => {
    const imported = all.filter((each) => each.schema === name).map(({ type }) => type);
    return `import type { ${imported.sort().join(', ')} } from './${name}';`;
  });
  const exported = all.map(
    ({ type }, index) => `export const validate${type}: Validator<${type}> = ${references[index]![0]};`,
  );
  return `// @ts-nocheck
${banner}${sources.join('\n')}

export interface Validator<T> {
  (data: unknown): data is T;
  /** What was wrong with the data of the last call. */
  errors?: { instancePath: string; message?: string }[] | null;
}

${code.replace('"use strict";', '').replaceAll(new RegExp(`^export (?=const (${constants})\\b)`, 'gm'), '')}
${exported.join('\n')}
`;
}
