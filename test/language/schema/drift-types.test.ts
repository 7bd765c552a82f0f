import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Severity } from '../../../language/answers/answers';
import type { ValueType } from '../../../language/inference/values';
import { engines } from '../../../language/plan/engines/engines';
import type {
  PlanColumn,
  PlanExpectation,
  PlanHook,
  PlanOptimizer,
  PlanSchedule,
  PlanTrain,
  TrainMode,
} from '../../../language/plan/format';
import type { JsonType, Schema } from '../../../language/schema/compiled';
import { type Kind, kinds, schemaOf } from '../../../language/schema/schemas';

/** All forms that a value has at a path; `*` is any name, `[]` an item. */
function forms(kind: Kind, ...path: string[]): Schema[] {
  let here = opened([schemaOf(kind)]);
  for (const key of path) {
    const next = here.flatMap(({ properties, additional, items }) =>
      key === '*' ? (additional ?? []) : key === '[]' ? (items ?? []) : (properties.get(key) ?? []),
    );
    assert.ok(next.length > 0, `${kind} has nothing at ${path.join('.')}`);
    here = opened(next.filter(({ never }) => !never));
  }
  return here;
}

function opened(schemas: Schema[]): Schema[] {
  return schemas.flatMap((schema) => [schema, ...opened([...schema.union])]);
}

const wordsAt = (kind: Kind, ...path: string[]) => words(forms(kind, ...path));
const words = (schemas: Schema[]) => sorted(schemas.flatMap(({ values }) => values?.map(String) ?? []));
const keysOf = (schemas: Schema[]) => sorted(schemas.flatMap(({ properties }) => [...properties.keys()]));
const sorted = (all: Iterable<string>) => [...new Set(all)].sort();

/** The compiler holds the keys of such a table to a type, so that the test holds the schema to that type. */
type All<Names extends string> = Record<Names, true>;
const names = (table: object) => sorted(Object.keys(table));

const columns: All<PlanColumn['type']> = {
  ...{ string: true, category: true, labels: true, int: true, float: true, bool: true },
  ...{ date: true, image: true, tensor: true },
};
const optimizers: All<PlanOptimizer['kind']> = { adam: true, adamw: true, sgd: true };
const decays: All<PlanSchedule['decay']> = { constant: true, linear: true, cosine: true };
const balances: All<NonNullable<PlanTrain['balance']> | 'fixed'> = {
  ...{ fixed: true, uncertainty: true, gradnorm: true },
};
const modes: All<TrainMode['mode']> = { full: true, frozen: true, last: true, lora: true };
const stops: All<NonNullable<PlanTrain['stop']>['mode']> = { min: true, max: true };
const hooks: All<PlanHook['on']> = { run_start: true, epoch_end: true, run_end: true };
const severities: All<Severity | 'off'> = {
  off: true,
  hint: true,
  information: true,
  warning: true,
  error: true,
};
const params: All<Exclude<ValueType, 'enum'>> = {
  ...{ int: true, float: true, bool: true, string: true, ints: true, floats: true, strings: true },
};

type Settings<T> = Record<Exclude<keyof T, 'kind' | 'mode'>, JsonType>;
type Adam = Extract<PlanOptimizer, { kind: 'adam' | 'adamw' }>;
type Sgd = Extract<PlanOptimizer, { kind: 'sgd' }>;

const adam: Settings<Adam> = {
  ...{ learning_rate: 'number', beta1: 'number', beta2: 'number', epsilon: 'number', weight_decay: 'number' },
};
const sgd: Settings<Sgd> = {
  ...{ learning_rate: 'number', momentum: 'number', nesterov: 'boolean', weight_decay: 'number' },
};
const schedule: Settings<PlanSchedule> = { warmup: 'number', decay: 'string', end: 'number' };
const lora: Record<Exclude<keyof Extract<TrainMode, { mode: 'lora' }>, 'mode' | 'targets'>, JsonType> = {
  ...{ rank: 'integer', alpha: 'number', dropout: 'number' },
};
const expectation: Record<Exclude<keyof PlanExpectation, 'output' | 'value' | 'at'>, JsonType> = {
  ...{ type: 'string', range: 'array', sums_to_one: 'boolean', close_to: 'array', tolerance: 'number' },
};

/** A map's settings have these types; where the code relies on a value, one is required or there is a default. */
function holds(all: Schema[], settings: Record<string, JsonType>, relied: readonly string[]): void {
  const maps = all.filter(({ properties }) => properties.size > 0);
  assert.ok(maps.length > 0);
  for (const { properties, required } of maps) {
    for (const [name, type] of Object.entries(settings)) {
      const schema = properties.get(name);
      assert.ok(schema, `the schema has no ${name}`);
      const types = sorted(opened([schema]).flatMap((form) => form.types ?? (form.values ? text : [])));
      assert.deepEqual(types, [type], name);
      if (relied.includes(name))
        assert.ok(required.includes(name) || schema.default !== undefined, `${name} may be left out`);
    }
  }
}

describe('the types of schemas and code', () => {
  it('list the same words', () => {
    assert.deepEqual(wordsAt('dataset', 'columns', '*', 'type'), names(columns));
    assert.deepEqual(wordsAt('model', 'train', 'optimizer'), names(optimizers));
    assert.deepEqual(keysOf(forms('model', 'train', 'optimizer')), names(optimizers));
    assert.deepEqual(wordsAt('model', 'train', 'schedule'), names(decays));
    assert.deepEqual(wordsAt('model', 'train', 'schedule', 'decay'), names(decays));
    assert.deepEqual(wordsAt('model', 'train', 'balance'), names(balances));
    assert.deepEqual(wordsAt('model', 'train', 'stop', 'mode'), names(stops));
    assert.deepEqual(wordsAt('model', 'hooks', '[]', 'on'), names(hooks));
    assert.deepEqual(wordsAt('workspace', 'rules', '*'), names(severities));
    assert.deepEqual(wordsAt('workspace', 'engine'), sorted(engines.map(({ name }) => name)));
    assert.deepEqual(wordsAt('module', 'params', '*', 'type'), names(params));
    const training = forms('model', 'parts', '*', 'train');
    assert.deepEqual(sorted([...words(training), ...keysOf(training)]), names(modes));
  });

  it('give settings the same types, and values where the code relies on them', () => {
    const optimizer = (name: string) => forms('model', 'train', 'optimizer', name);
    for (const name of ['adam', 'adamw']) holds(optimizer(name), adam, Object.keys(adam));
    assert.deepEqual(keysOf(optimizer('adam')), names(adam));
    holds(optimizer('sgd'), sgd, Object.keys(sgd));
    assert.deepEqual(keysOf(optimizer('sgd')), names(sgd));
    holds(forms('model', 'train', 'schedule'), schedule, Object.keys(schedule));
    holds(forms('model', 'parts', '*', 'train', 'lora'), lora, ['rank']);
    holds(forms('module', 'tests', '[]', 'expect', '*'), expectation, ['type']);
  });

  it('let the code read a value only as what it may be', () => {
    // Where a key stands in several places, one of them has to fit.
    const types = new Map<string, Set<JsonType>>();
    const visit = (schema: Schema) => {
      for (const [name, property] of schema.properties) {
        const known = types.get(name) ?? new Set();
        for (const form of opened([property]))
          for (const type of form.types ?? form.values?.map(typeOfWord) ?? anything) known.add(type);
        types.set(name, known);
        visit(property);
      }
      for (const inner of [schema.additional, schema.items, ...schema.union]) if (inner) visit(inner);
    };
    for (const kind of kinds) visit(schemaOf(kind));
    const readers: Record<string, JsonType[]> = {
      asText: ['string'],
      asNumber: ['number', 'integer'],
      itemsOf: ['array'],
      entriesOf: ['object'],
      asMap: ['object'],
    };
    const call =
      /\b(asText|asNumber|itemsOf|entriesOf|asMap)\(get\((?:[\w.?!]+|get\([\w.?!]+, '\w+'\)), '(\w+)'\)\)/g;
    const root = join(__dirname, '../../../language');
    const wrong: string[] = [];
    let found = 0;
    for (const name of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
      if (!name.endsWith('.ts') || name.startsWith(join('versions', 'lock'))) continue;
      for (const [, reader, key] of readFileSync(join(root, name), 'utf8').matchAll(call)) {
        found += 1;
        const may = types.get(key!);
        if (may && !readers[reader!]!.some((type) => may.has(type)))
          wrong.push(`${name}: ${reader} of ${key}`);
      }
    }
    assert.ok(found > 50, `${found} calls are recognised`);
    assert.deepEqual(wrong, []);
  });
});

const text: JsonType[] = ['string'];
const anything: JsonType[] = ['string', 'number', 'integer', 'boolean', 'null', 'array', 'object'];

function typeOfWord(word: unknown): JsonType {
  return typeof word === 'string' ? 'string' : typeof word === 'boolean' ? 'boolean' : 'number';
}
