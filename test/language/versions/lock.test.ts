import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv from 'ajv';
import { parse } from 'yaml';
import { type Lock, type LockEntry, lockedFor } from '../../../language/versions/lock/lock';
import { mergedLock, readLock } from '../../../language/versions/lock/read';
import { lockText } from '../../../language/versions/lock/write';

function entry(
  name: string,
  version: string,
  asked: Record<string, string>,
  more: Partial<LockEntry> = {},
): LockEntry {
  return {
    ...{ name, version, from: '.brique/registry', hash: `${name}${version}`.padEnd(64, '0') },
    ...{ asked: new Map(Object.entries(asked)), trainedAgainst: new Map() },
    ...more,
  };
}

function read(text: string): Lock {
  const result = readLock(text);
  if ('problem' in result) throw new Error(result.problem.message);
  return result.lock;
}

/** As git does it. */
function merged(base: string, ours: string, theirs: string): { text: string; conflicts: boolean } {
  const folder = mkdtempSync(join(tmpdir(), 'brique-lock-'));
  try {
    const files = Object.entries({ ours, base, theirs }).map(([name, text]) => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    });
    const { status } = spawnSync('git', ['merge-file', ...files]);
    return { text: readFileSync(files[0]!, 'utf8'), conflicts: status !== 0 };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const encoder = entry('text-encoder', '1.2.0', { demo: '^1.2', 'demo > head@1.0.0': '*' });
const head = entry(
  'acme/head',
  '1.0.0',
  { demo: '>=1 <3' },
  {
    weights: 'f'.repeat(64),
    passedOver: '2.0.0: with acme/head 2.0.0, `a.x` is "wide"',
    trainedAgainst: new Map([['text-encoder@1.1.0', 'a'.repeat(64)]]),
  },
);

/** With a hash as there are. */
function hashed(each: LockEntry): LockEntry {
  return { ...each, hash: createHash('sha256').update(each.hash).digest('hex') };
}

describe('brique.lock', () => {
  it('reads what it wrote, sorted, with versions in the order of versions', () => {
    const entries = [encoder, entry('text-encoder', '1.10.0', { other: '^1' }), head];
    const text = lockText({ entries: [...entries].reverse() });
    assert.deepEqual(read(text).entries, [head, ...entries.slice(0, 2)]);
    assert.equal(lockText(read(text)), text);
    assert.deepEqual(read(lockText({ entries: [] })).entries, []);
  });

  it('is as its schema says, with names and ranges of any kind', () => {
    const schema = JSON.parse(readFileSync(join(__dirname, '../../../schemas/lock.schema.json'), 'utf8'));
    const validate = new Ajv().compile(schema);
    for (const entries of [[], [encoder, head]])
      assert.ok(validate(parse(lockText({ entries: entries.map(hashed) }))), JSON.stringify(validate.errors));
  });

  it('gives a file what it had, and else what others have', () => {
    const lock = {
      entries: [
        entry('a', '1.0.0', { demo: '^1' }),
        entry('a', '1.5.0', { other: '^1' }),
        entry('a', '2.0.0', { 'demo as teacher': '^2' }),
        entry('b', '1.0.0', { 'other > c@1.0.0': '*' }),
      ],
    };
    assert.deepEqual(Object.fromEntries(lockedFor(lock, 'demo')), {
      a: '1.0.0',
      b: '1.0.0',
      'a as teacher': '2.0.0',
    });
    assert.deepEqual(Object.fromEntries(lockedFor(lock, 'third')), { a: '2.0.0', b: '1.0.0' });
  });

  it('is merged by git where branches added in different places', () => {
    const base = [encoder, head];
    const ours = entry('aaa', '1.0.0', { demo: '^1' });
    const theirs = entry('zzz', '1.0.0', { other: '^1' });
    const { text, conflicts } = merged(
      lockText({ entries: base }),
      lockText({ entries: [...base, ours] }),
      lockText({ entries: [...base, theirs] }),
    );
    assert.ok(!conflicts);
    assert.equal(text, lockText({ entries: [...base, ours, theirs] }));
  });

  it('says where a merge was left to people, and is put together from both sides', () => {
    const raised = { ...encoder, version: '1.3.0', hash: 'b'.repeat(64) };
    const other = { ...encoder, version: '1.4.0', hash: 'c'.repeat(64) };
    const { text, conflicts } = merged(
      lockText({ entries: [encoder, head] }),
      lockText({ entries: [raised, head] }),
      lockText({ entries: [other, head] }),
    );
    assert.ok(conflicts);
    const result = readLock(text);
    assert.ok('problem' in result);
    assert.equal(result.problem.line, text.split('\n').findIndex((line) => line.startsWith('<<<<<<<')) + 1);
    assert.match(result.problem.message, /both sides of a merge/);
    assert.deepEqual(mergedLock(text).entries, [head, raised, other]);
  });

  it('keeps what it can where a merge has brought a version twice, or one is damaged', () => {
    const [first, second] = [lockText({ entries: [encoder] }), lockText({ entries: [head] })];
    const twice = lockText({ entries: [encoder, head] }) + first.slice(first.indexOf('\n  '));
    assert.ok('problem' in readLock(twice));
    assert.deepEqual(mergedLock(twice).entries, [head, encoder]);
    const damaged = second + first.slice(first.indexOf('\n  ')).replace(/ {4}hash: .*\n/, '');
    assert.ok('problem' in readLock(damaged));
    assert.deepEqual(mergedLock(damaged).entries, [head]);
  });

  it('that is damaged is told by line, and never thrown at anybody', () => {
    const text = lockText({ entries: [encoder, head] });
    const lineOf = (damaged: string) => {
      const result = readLock(damaged);
      return 'problem' in result ? result.problem.line : undefined;
    };
    assert.equal(lineOf(text.replace('lock: 1', 'lock: 2')), 1);
    assert.equal(lineOf(text.replace(/ {4}hash: acme.*\n/, '')), 5);
    assert.equal(lineOf(text.replace('acme/head@1.0.0', 'acme/head')), 5);
    for (let length = 0; length < text.length; length += 7) readLock(text.slice(0, length));
  });
});
