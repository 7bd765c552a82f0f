import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allLosses } from '../../../language/ops/losses';
import type { Schema } from '../../../language/schema/compiled';
import { kinds, schemaOf } from '../../../language/schema/schemas';
import { Workspace } from '../../../language/workspace';
import { formatExamples } from '../../../scripts/format-pages';
import { libraryFiles } from '../library';

const repository = join(__dirname, '../../..');

/** Every key that a schema knows, and the first place it is in. */
function keysOf(schema: Schema, path: string, found = new Map<string, string>()): Map<string, string> {
  for (const [name, property] of schema.properties) {
    if (property.never) continue;
    if (!found.has(name)) found.set(name, `${path}.${name}`);
    keysOf(property, `${path}.${name}`, found);
  }
  if (schema.additional) keysOf(schema.additional, `${path}.*`, found);
  if (schema.items) keysOf(schema.items, `${path}[]`, found);
  for (const form of schema.union) keysOf(form, path, found);
  return found;
}

const keys = new Map(kinds.flatMap((kind) => [...keysOf(schemaOf(kind), kind)]));

/** Of `brique.lock`, which is no brick. */
const lock = JSON.parse(readFileSync(join(repository, 'schemas/lock.schema.json'), 'utf8'));
const lockKeys = [lock, lock.definitions.version].flatMap(({ properties }) => Object.keys(properties));

const sources = ['language', 'cli', 'registry', 'server']
  .flatMap((room) =>
    readdirSync(join(repository, room), { recursive: true, encoding: 'utf8' }).map((name) =>
      join(room, name),
    ),
  )
  .filter((name) => name.endsWith('.ts'))
  .map((name) => [name, readFileSync(join(repository, name), 'utf8')] as const);

/** Keys that are for people or for commands still to come. */
const unread: Record<string, string> = {
  source: 'says where data came from, to people',
  intended_use: 'a section of a card',
  training_data: 'a section of a card',
  limitations: 'a section of a card',
  evaluation: 'a section of a card',
  authors: 'a section of a card',
  citation: 'a section of a card',
  engines: 'engines that run a brick in code; the shipped one runs none',
  keep: 'of a checkpoint, read with `every`',
};

describe('schemas and what reads them', () => {
  it('has every key read by something, or says why not', () => {
    const read = (key: string) =>
      sources.some(([name, text]) => !name.startsWith('language/schema') && text.includes(`'${key}'`));
    // Settings of losses are read off the catalogue.
    const options = new Set(allLosses().flatMap((loss) => Object.keys(loss.options)));
    const idle = [...keys].filter(([key]) => !read(key) && !(key in unread) && !options.has(key));
    assert.deepEqual(
      idle.map(([, path]) => path),
      [],
    );
    for (const key of Object.keys(unread)) assert.ok(keys.has(key), `no schema has the key ${key}`);
  });

  it('has a schema for every key that is read', () => {
    const calls = /\b(?:get|entryOf)\(\s*(?:[\w.?!]+|get\([\w.?!]+, '\w+'\)),\s*'(\w+)'\)/g;
    const found = sources.flatMap(([name, text]) =>
      [...text.matchAll(calls)].map((match) => ({ name, key: match[1]! })),
    );
    assert.ok(found.length > 40, 'calls are recognised');
    assert.deepEqual(
      found.filter(({ key }) => !keys.has(key) && !lockKeys.includes(key)),
      [],
    );
  });

  it('shows examples that are right', () => {
    const workspace = new Workspace({ dataFile: () => 'unknown' });
    for (const { file, text } of libraryFiles()) workspace.setFile(file, text, 'library');
    const files = Object.values(formatExamples)
      .flat()
      .map((name) => join(repository, 'docs/formats', `${name}.brique.yaml`));
    for (const file of files) workspace.setFile(file, readFileSync(file, 'utf8'));
    for (const file of files) assert.deepEqual(workspace.check(file), [], file);
    for (const name of formatExamples.model)
      assert.ok(workspace.plan(join(repository, 'docs/formats', `${name}.brique.yaml`)).plan, name);
  });
});
