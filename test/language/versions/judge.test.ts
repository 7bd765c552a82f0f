import assert from 'node:assert/strict';
import { SourceFile } from '../../../language/names/source-file';
import type { Host } from '../../../language/rules/rule';
import { applyEdits } from '../../../language/syntax/edits';
import { goesFarEnough, leastVersion } from '../../../language/versions/judge/bump';
import { judge, type Verdict } from '../../../language/versions/judge/judge';
import { changeRules } from '../../../language/versions/judge/rules/rules';
import type { BrickVersion } from '../../../language/versions/judge/version';
import { Workspace } from '../../../language/workspace';
import { judged, library, pairs, shown } from './judge-pairs';

function errorsIn(files: { file: string; text: string }[]): string[] {
  const workspace = new Workspace();
  for (const { file, text } of library) workspace.setFile(file, text, 'library');
  for (const { file, text } of files) workspace.setFile(file, text);
  return files
    .flatMap(({ file }) => workspace.check(file))
    .filter(({ severity, rule }) => severity === 'error' && rule !== 'engine-unsupported')
    .map(({ rule }) => rule);
}

describe('the judge', () => {
  for (const { name, old, next, expected } of pairs) {
    it(`judges ${name}`, () => {
      const sorted = (text: string) => text.trim().split('\n').sort();
      assert.deepEqual(sorted(shown(judged(old, next))), sorted(expected));
    });
  }

  it('has every kind of change among its pairs, and says each of every other pair only where it is', () => {
    const seen = new Set(pairs.flatMap(({ expected }) => expected.match(/^[\w-]+(?= )/gm) ?? []));
    const elsewhere = new Set(['weights-retrained', 'tokenizer-changed']);
    for (const { id } of changeRules) assert.ok(seen.has(id) || elsewhere.has(id), id);
  });

  it('finds nothing between a version and itself', () => {
    for (const { text } of library) {
      if (!text.startsWith('kind: module')) continue;
      const { required, changes } = judged(text, text);
      assert.deepEqual([required, changes], ['none', []], text.split('\n')[1]);
    }
    for (const { name, old } of pairs) assert.deepEqual(judged(old, old).changes, [], name);
  });

  it('gives every major change its evidence, or a witness: right with the old version and wrong with the new one', () => {
    let used = 0;
    for (const { name, old, next } of pairs) {
      for (const { severity, bump, witness, evidence, rule } of judged(old, next).changes) {
        const isError = severity === 'error' && bump === 'major';
        if (isError) assert.ok(witness ?? evidence, `${name} ${rule}`);
        if (witness) assert.ok(isError, `${name} ${rule}`);
        if (!witness) continue;
        used += 1;
        const { files, versions } = witness;
        const brick = (text: string) => ({ file: 'brick.brique.yaml', text });
        for (const text of [old, next]) assert.deepEqual(errorsIn([brick(text)]), [], name);
        assert.deepEqual(errorsIn([...files, brick(versions?.old ?? old)]), [], `${name} ${rule}`);
        assert.notDeepEqual(errorsIn([...files, brick(versions?.next ?? next)]), [], `${name} ${rule}`);
      }
    }
    assert.ok(used > 25, `${used}`);
  });

  it('offers fixes after which the change is gone', () => {
    let offered = 0;
    for (const { name, old, next } of pairs) {
      for (const change of judged(old, next).changes) {
        for (const { edits } of change.fixes()) {
          offered += 1;
          const after = judged(old, applyEdits(next, edits));
          const left = after.changes.filter(
            ({ rule, message }) => rule === change.rule && message === change.message,
          );
          assert.deepEqual(left, [], `${name} ${change.rule}`);
        }
      }
    }
    assert.ok(offered > 15, `${offered}`);
  });

  it('leads the names of weights to where they are, and then asks for less', () => {
    const { old, next } = pairs.find(({ name }) => name === 'state-keys-changed')!;
    const [change] = judged(old, next).changes.filter(({ rule }) => rule === 'state-keys-changed');
    const [fix] = change!.fixes();
    assert.equal(fix?.title, 'Say that `embedded` is now `words`');
    const after = judged(old, applyEdits(next, fix.edits));
    assert.deepEqual([after.surfaces.load, after.surfaces.train, after.required], ['none', 'minor', 'minor']);
  });

  it('says where a change stands in both versions', () => {
    for (const { name, old, next } of pairs) {
      for (const change of judged(old, next).changes) {
        assert.ok(change.old && change.next, `${name} ${change.rule}`);
        assert.ok(change.old.range.end <= old.length && change.next.range.end <= next.length);
      }
    }
  });
});

describe('what the judge knows from files beside the manifest', () => {
  const brick = `kind: module
name: acme/encoder
version: 1.0.0
inputs:
  x: float32[batch, 8]
outputs:
  y:
    type: float32[batch, 4]
    space: acme/v1
graph:
  y: { op: dense, in: x, units: 4 }
`;
  const version = (text: string, more: Partial<BrickVersion> = {}): BrickVersion => ({
    source: new SourceFile('/bricks/brick.brique.yaml', text, 'workspace'),
    ...more,
  });
  const against = (old: BrickVersion, next: BrickVersion, host?: Host): Verdict =>
    judge(old, next, { sources: library, ...(host ? { host } : {}) })!;
  const rulesOf = ({ changes }: Verdict) => changes.map(({ rule, severity }) => `${rule} ${severity}`);

  it('takes other weights for a patch, but for a break where a space is promised', () => {
    const [one, other] = [{ weights: { hash: 'a'.repeat(64) } }, { weights: { hash: 'b'.repeat(64) } }];
    const plain = brick.replace('    space: acme/v1\n', '');
    const retrained = against(version(plain, one), version(plain.replace('1.0.0', '1.0.1'), other));
    assert.deepEqual([retrained.required, ...rulesOf(retrained)], ['patch', 'weights-retrained information']);
    const promised = against(version(brick, one), version(brick.replace('1.0.0', '1.0.1'), other));
    assert.deepEqual(
      [promised.required, promised.enough, ...rulesOf(promised)],
      ['major', false, 'space-changed error', 'weights-retrained information'],
    );
    assert.match(
      promised.changes[0]!.witness!.files.at(-1)!.text,
      /expects: "acme\/v1-weights-aaaaaaaaaaaa"/,
    );
    assert.equal(against(version(brick, one), version(brick, one)).required, 'none');
  });

  it('holds what was measured against the version before, and against what that promised', () => {
    const plain = brick.replace('    space: acme/v1\n', '');
    const promising = `${plain}guarantees: { mood.accuracy: '>= 0.8' }\n`;
    const measured = (value: number, where = 'model test data') => ({
      weights: { hash: `${value}`.padEnd(64, '0') },
      measured: { where, values: new Map([['mood.accuracy', { value, rows: 500 }]]) },
    });
    const next = (text: string) => text.replace('1.0.0', '1.0.1');
    const verdict = (text: string, was: number, is: number, where?: string) => {
      const { required, changes } = against(
        version(text, measured(was)),
        version(next(text), measured(is, where)),
      );
      const found = changes.find(({ rule }) => rule === 'eval-regressed');
      return [required, found?.severity];
    };
    assert.deepEqual(verdict(plain, 0.88, 0.87), ['patch', undefined], 'chance');
    assert.deepEqual(verdict(plain, 0.88, 0.95), ['patch', undefined], 'better');
    assert.deepEqual(verdict(plain, 0.88, 0.8), ['minor', 'information']);
    assert.deepEqual(verdict(plain, 0.88, 0.8, 'other data'), ['patch', undefined], 'not comparable');
    assert.deepEqual(verdict(promising, 0.88, 0.82), ['minor', 'information']);
    assert.deepEqual(verdict(promising, 0.81, 0.79), ['major', 'error']);
    assert.deepEqual(verdict(promising, 0.81, 0.79, 'other data'), ['major', 'error']);
  });

  it('reads the names and shapes of a brick in code off its weights', () => {
    const code = brick
      .replace(/graph:\n.*\n/, 'python: acme.encoder:Encoder\n')
      .replace('    space: acme/v1\n', '');
    const weights = (shape: number[], name = 'linear.weight') => ({
      weights: { hash: name + shape.join(), tensors: new Map([[name, { dtype: 'F32', shape }]]) },
    });
    const next = code.replace('1.0.0', '1.1.0');
    const same = against(version(code, weights([4, 8])), version(next, weights([4, 8])));
    assert.equal(same.surfaces.load, 'none');
    const larger = against(version(code, weights([4, 8])), version(next, weights([6, 8])));
    assert.match(larger.changes[0]!.message, /`linear.weight` had the shape \[4, 8\] and has \[6, 8\]/);
    assert.deepEqual([larger.surfaces.load, larger.changes[0]!.severity], ['major', 'error']);
    const renamed = against(version(code, weights([4, 8])), version(next, weights([4, 8], 'dense.weight')));
    assert.equal(renamed.surfaces.load, 'major');
    const unknown = against(version(code), version(next, weights([6, 8])));
    assert.equal(unknown.surfaces.load, 'none');
  });

  it('finds another tokenizer', () => {
    const text = `kind: module
name: acme/words
version: 1.0.0
inputs:
  text: string[batch]
outputs:
  ids: int32[batch, 16]
graph:
  ids: { op: tokenizer, in: text, file: tokenizer.json, length: 16 }
`;
    const facts = new Map([
      ['/old/', { ids: 100, hash: 'one' }],
      ['/new/', { ids: 120, hash: 'two' }],
    ]);
    const host: Host = { tokenizer: (manifest) => facts.get(manifest.replace(/[^/]*$/, '')) ?? 'missing' };
    const at = (file: string) => ({ source: new SourceFile(file, text, 'workspace' as const) });
    const changed = against(at('/old/words.brique.yaml'), at('/new/words.brique.yaml'), host);
    const found = changed.changes.find(({ rule }) => rule === 'tokenizer-changed');
    assert.deepEqual(
      [found?.severity, found?.message],
      ['error', 'The tokenizer of `ids` is another one (100 and 120 ids)'],
    );
    assert.equal(against(at('/old/words.brique.yaml'), at('/old/words.brique.yaml'), host).required, 'none');
  });

  it('takes ids that are only added for what they are: nothing to a table with room for them', () => {
    const words = `kind: module
name: acme/words
version: 1.0.0
inputs:
  text: string[batch]
outputs:
  ids: int32[batch, 16]
graph:
  ids: { op: tokenizer, in: text, file: tokenizer.json, length: 16 }
`;
    const inside = words
      .replace('  ids: int32[batch, 16]', '  found: float32[batch, 16, 8]')
      .replace(/$/, '  found: { op: embedding, in: ids, size: 128, dim: 8 }\n');
    const facts = (ids: number, pieces: string) => ({
      ...{ ids, hash: `${ids} ${pieces}`, cuts: 'words' },
      piecesBelow: (first: number) => pieces.slice(0, first),
    });
    const verdict = (text: string, before: string, after: string) => {
      const host: Host = {
        tokenizer: (manifest) => {
          const pieces = manifest.startsWith('/new/') ? after : before;
          return facts(pieces.length, pieces);
        },
      };
      const at = (file: string) => ({ source: new SourceFile(file, text, 'workspace' as const) });
      const { required, changes } = against(at('/old/words.brique.yaml'), at('/new/words.brique.yaml'), host);
      return [required, changes.find(({ rule }) => rule === 'tokenizer-changed')?.severity];
    };
    assert.deepEqual(verdict(inside, 'abc', 'abcd'), ['minor', 'information']);
    assert.deepEqual(verdict(inside, 'abc', 'abd'), ['major', 'error']);
    assert.deepEqual(verdict(inside, 'abc', 'ab'), ['major', 'error']);
    assert.deepEqual(verdict(words, 'abc', 'abcd'), ['major', 'error'], 'a table may have three rows');
  });
});

describe('version numbers', () => {
  it('put what breaks into the first number that counts', () => {
    const table = [
      ['1.4.2', 'major', '2.0.0'],
      ['1.4.2', 'minor', '1.5.0'],
      ['1.4.2', 'patch', '1.4.3'],
      ['0.4.2', 'major', '0.5.0'],
      ['0.4.2', 'minor', '0.4.3'],
      ['0.0.2', 'major', '0.0.3'],
      ['1.4.2', 'none', '1.4.2'],
    ] as const;
    for (const [old, bump, least] of table) assert.equal(leastVersion(old, bump), least);
  });

  it('know what goes far enough', () => {
    assert.equal(goesFarEnough('1.4.2', '2.0.0-rc.1', 'major'), true);
    assert.equal(goesFarEnough('1.4.2', '1.9.0', 'major'), false);
    assert.equal(goesFarEnough('1.4.2', '1.4.1', 'patch'), false);
    assert.equal(goesFarEnough('1.4.2', '1.4.2', 'none'), true);
    assert.equal(goesFarEnough('1.4', '2.0.0', 'major'), undefined);
  });
});
