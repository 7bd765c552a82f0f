/** JSON Schemas, with references resolved and the parts that our schemas use made quick to ask. */

export type JsonType = 'string' | 'number' | 'integer' | 'boolean' | 'null' | 'array' | 'object';
export type JsonScalar = string | number | boolean | null;

/** The subset of JSON Schema (draft-07) that `schemas/` is written in. `errorMessage` is VS Code's own keyword. */
export interface JsonSchema {
  description?: string;
  type?: JsonType | JsonType[];
  const?: JsonScalar;
  enum?: JsonScalar[];
  default?: unknown;
  examples?: unknown[];
  errorMessage?: string;
  minLength?: number;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  items?: JsonSchema;
  minItems?: number;
  maxItems?: number;
  properties?: Record<string, JsonSchema>;
  patternProperties?: Record<string, JsonSchema>;
  additionalProperties?: boolean | JsonSchema;
  propertyNames?: JsonSchema;
  minProperties?: number;
  required?: string[];
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
  not?: JsonSchema;
  if?: JsonSchema;
  then?: JsonSchema;
  definitions?: Record<string, JsonSchema>;
  $ref?: string;
}

/** A schema without references. A `$ref` in `allOf` is merged into what stands beside it. */
export interface Schema {
  description: string | undefined;
  errorMessage: string | undefined;
  default: unknown;
  examples: unknown[];
  types: readonly JsonType[] | undefined;
  /** All that is allowed; `const` is a list of one. */
  values: readonly JsonScalar[] | undefined;
  /** A `const` tells branches of a union apart. */
  isConst: boolean;
  minLength: number;
  pattern: RegExp | undefined;
  minimum: number;
  maximum: number;
  exclusiveMinimum: number;
  exclusiveMaximum: number;
  items: Schema | undefined;
  minItems: number;
  maxItems: number;
  properties: ReadonlyMap<string, Schema>;
  /** Whether keys may stand beside those that `properties` names. */
  open: boolean;
  /** For such keys; undefined where they may be anything. */
  additional: Schema | undefined;
  names: Schema | undefined;
  minProperties: number;
  required: readonly string[];
  /** Branches of which one is meant. */
  union: readonly Schema[];
  /** At least one of these keys, or exactly one. */
  group: { keys: readonly string[]; exactlyOne: boolean } | undefined;
  /** What else holds for a map without this key. */
  without: { key: string; schema: Schema } | undefined;
  never: boolean;
}

export function compile(root: JsonSchema): Schema {
  return new Compiler(root).compile(root);
}

class Compiler {
  readonly #definitions = new Map<string, Schema>();

  constructor(readonly root: JsonSchema) {}

  compile(json: JsonSchema): Schema {
    if (json.$ref) return this.#definition(json.$ref);
    const base = json.allOf?.[0] ? this.compile(json.allOf[0]) : undefined;
    const group = groupOf(json);
    const branches = group ? [] : (json.anyOf ?? []);
    const own: Schema = {
      description: json.description,
      errorMessage: json.errorMessage,
      default: json.default,
      examples: json.examples ?? [],
      types: typeof json.type === 'string' ? [json.type] : json.type,
      values: json.const === undefined ? json.enum : [json.const],
      isConst: json.const !== undefined,
      minLength: json.minLength ?? 0,
      pattern: json.pattern === undefined ? undefined : new RegExp(json.pattern, 'u'),
      minimum: json.minimum ?? -Infinity,
      maximum: json.maximum ?? Infinity,
      exclusiveMinimum: json.exclusiveMinimum ?? -Infinity,
      exclusiveMaximum: json.exclusiveMaximum ?? Infinity,
      items: json.items && this.compile(json.items),
      minItems: json.minItems ?? 0,
      maxItems: json.maxItems ?? Number.POSITIVE_INFINITY,
      properties: new Map(
        Object.entries(json.properties ?? {}).map(([name, property]) => [name, this.compile(property)]),
      ),
      open: json.additionalProperties !== false,
      additional: this.#additional(json.additionalProperties),
      names: json.propertyNames && this.compile(json.propertyNames),
      minProperties: json.minProperties ?? 0,
      required: json.required ?? [],
      union: branches.map((branch) => this.compile(branch)),
      group,
      without: this.#without(json),
      never: json.not !== undefined,
    };
    return base ? over(base, own, json) : own;
  }

  #definition(reference: string): Schema {
    const name = reference.replace('#/definitions/', '');
    const known = this.#definitions.get(name);
    if (known) return known;
    const json = this.root.definitions?.[name];
    if (!json) throw new Error(`no definition ${reference}`);
    const compiled = this.compile(json);
    this.#definitions.set(name, compiled);
    return compiled;
  }

  /** The one condition that our schemas use: `if: { not: { required: [key] } }`. */
  #without(json: JsonSchema): Schema['without'] {
    const key = json.if?.not?.required?.[0];
    return key !== undefined && json.then ? { key, schema: this.compile(json.then) } : undefined;
  }

  #additional(json: JsonSchema['additionalProperties']): Schema | undefined {
    return typeof json === 'object' ? this.compile(json) : undefined;
  }
}

/** What a description or an example beside a reference says goes before what the definition says. */
function over(base: Schema, own: Schema, json: JsonSchema): Schema {
  return {
    ...base,
    description: own.description ?? base.description,
    errorMessage: own.errorMessage ?? base.errorMessage,
    default: own.default ?? base.default,
    examples: json.examples ? own.examples : base.examples,
  };
}

function groupOf({ anyOf, oneOf }: JsonSchema): Schema['group'] {
  const branches = oneOf ?? anyOf;
  if (!branches?.every((branch) => Object.keys(branch).join() === 'required')) return undefined;
  return { keys: branches.flatMap((branch) => branch.required ?? []), exactlyOne: oneOf !== undefined };
}
