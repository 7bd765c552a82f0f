import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { LockEntry } from '../../language/versions/lock/lock';
import { lockText } from '../../language/versions/lock/write';
import { Workspace } from '../../language/workspace';
import { PublishedTexts, REGISTRY } from '../../scripts/published-texts';
import { libraryFiles } from './library';
import { encoder, model, points } from './scene';

const at = (version: string, more = '') => `${encoder.replace('1.2.0', version)}${more}`;

function start(published: string[], files: Record<string, string> = {}, lock?: () => string) {
  const workspace = new Workspace({ published: new PublishedTexts(() => published, lock) });
  for (const { file, text } of libraryFiles()) workspace.setFile(file, text, 'library');
  for (const [file, text] of Object.entries({ points, demo: model(), ...files }))
    workspace.setFile(file, text);
  return workspace;
}

function chosen(workspace: Workspace, file = 'demo'): string | undefined {
  const lookup = workspace
    .names(file)
    .find('module', { name: 'encoder', versionRange: '^1.2', nameRange: { start: 0, end: 0 } });
  return lookup.status === 'found'
    ? `${lookup.source.origin} ${lookup.declaration.version?.value}`
    : lookup.status;
}

describe('a brick from a registry', () => {
  it('is taken in the highest stable version of the range that was not withdrawn', () => {
    const versions = [
      at('1.1.0'),
      at('1.3.0'),
      at('1.4.0-rc.1'),
      at('1.5.0', 'x-yanked: wrong\n'),
      at('2.0.0'),
    ];
    const workspace = start(versions);
    assert.equal(chosen(workspace), 'registry 1.3.0');
    assert.deepEqual(
      workspace.check('demo').map(({ rule }) => rule),
      ['newer-version'],
    );
    const part = workspace.plan('demo').plan?.parts.find(({ name }) => name === 'encoder');
    assert.equal(part?.source, 'registry');
    assert.equal(part?.version, '1.3.0');
    assert.match(part?.release ?? '', /^[0-9a-f]{64}$/);
  });

  it('is told to be withdrawn where the range has nothing else', () => {
    const said = (...versions: string[]) => start(versions).check('demo')[0]?.message;
    const withdrawn = (version: string) => at(version, 'x-yanked: wrong\n');
    assert.equal(
      said(withdrawn('1.5.0'), at('2.0.0')),
      '`encoder 1.5.0`, all that there is in `^1.2`, was withdrawn: wrong; there is `2.0.0`',
    );
    assert.equal(
      said(withdrawn('1.5.0'), withdrawn('1.4.0')),
      'Every version of `encoder` in `^1.2` was withdrawn, `1.5.0` last: wrong; there is no other',
    );
    assert.equal(
      said(at('1.1.0'), withdrawn('1.0.0')),
      'No version of `encoder` is in `^1.2`; there is `1.1.0`',
    );
  });

  it('gives way to a source of the workspace, whatever its version, as long as that is in the range', () => {
    const workspace = start([at('1.9.0')], { encoder });
    assert.equal(chosen(workspace), 'workspace 1.2.0');
    workspace.setFile('encoder', encoder.replace('1.2.0', '1.1.0'));
    assert.equal(chosen(workspace), 'registry 1.9.0');
  });

  it('is defined in its own file, and cannot be renamed', () => {
    const workspace = start([at('1.3.0')]);
    const offset = workspace.source('demo')!.text.indexOf('encoder@') + 2;
    const file = `${REGISTRY}/encoder/1.3.0/brick.brique.yaml`;
    assert.deepEqual(
      workspace.definition('demo', offset).map((place) => place.file),
      [file],
    );
    assert.match(workspace.hover('demo', offset)?.markdown ?? '', /1\.3\.0/);
    assert.deepEqual(Object.keys(workspace.renamable('demo', offset)), ['refusal']);
    assert.ok(!workspace.files().includes(file));
  });

  it('is looked up again once the registry has changed, and only then', () => {
    const published = [at('1.2.0')];
    const workspace = start(published);
    const before = workspace.check('demo');
    published.push(at('1.3.0').replace('features: float32[batch, hidden]', 'features: int32[batch, hidden]'));
    assert.equal(workspace.check('demo'), before);
    workspace.refreshPublished();
    assert.deepEqual(workspace.check('demo'), start(published).check('demo'));
    published.length = 0;
    workspace.refreshPublished();
    assert.ok(workspace.check('demo').some(({ rule }) => rule === 'unresolved-module'));
    assert.deepEqual(workspace.check('demo'), start(published).check('demo'));
  });

  it('says what was locked and is not taken, and why', () => {
    const locked = (version: string) => lockText({ entries: [entryOf(version, 'demo')] });
    const stale = (published: string[], lock: string) => {
      const workspace = start(published, {}, () => lock);
      return workspace.check('demo').find(({ rule }) => rule === 'lock-stale')?.message;
    };
    assert.equal(stale([at('1.2.0'), at('1.3.0')], locked('1.2.0')), undefined);
    const message = '`brique.lock` does not have `encoder 1.3.0` for this composition';
    assert.equal(
      stale([at('1.3.0')], locked('1.2.0')),
      `${message}; it has 1.2.0, which is in no registry any more`,
    );
    assert.equal(
      stale([at('1.1.0'), at('1.3.0')], locked('1.1.0')),
      `${message}; it has 1.1.0, which no longer fits`,
    );
    assert.equal(stale([at('1.3.0')], lockText({ entries: [] })), message);
  });

  it('is told to be held back by the lock alone, which is what to update', () => {
    const lock = lockText({ entries: [entryOf('1.2.0', 'demo')] });
    const workspace = start([at('1.2.0'), at('1.3.0')], {}, () => lock);
    const finding = workspace.check('demo').find(({ rule }) => rule === 'newer-version')!;
    assert.match(finding.message, /`encoder` 1\.3\.0 is out: safe/);
    assert.equal(finding.help, 'run `brique lock --update encoder`');
    assert.deepEqual(workspace.fixes('demo', finding.range), [], 'the range allows it already');
  });

  it('is told of once: passed over for its types, or newer and breaking, with the newest that fits', () => {
    const other = at('1.4.0').replace('tokens: int32', 'tokens: string');
    const published = [at('1.2.0'), at('1.3.0'), other];
    const said = (lock?: string) =>
      start(published, {}, lock === undefined ? undefined : () => lock)
        .check('demo')
        .filter(({ rule }) => rule !== 'hash-mismatch')
        .map(({ rule, message }) => [rule, message.split(',')[0]]);
    assert.deepEqual(said(), [['range-admits-breakage', '`encoder` in `^1.2` may be 1.4.0']]);
    const lock = lockText({ entries: [entryOf('1.2.0', 'demo')] });
    assert.deepEqual(said(lock), [['newer-version', '`encoder` 1.4.0 is out: breaks you here']]);
    const found = start(published, {}, () => lock)
      .check('demo')
      .find(({ rule }) => rule === 'newer-version');
    assert.match(found!.message, /in one place; 1\.3\.0 is out: safe$/);
    assert.equal(found!.help, 'run `brique lock --update encoder`');
  });

  it('tells of a default that is another, where the file has left it alone', () => {
    const thinned = (version: string, rate: number) =>
      at(version)
        .replace('params:', `params:\n  rate: { type: float, default: ${rate} }`)
        .replace(
          '  features: { op: global',
          '  thin: { op: dropout, in: table, rate: $rate }\n  features: { op: global',
        )
        .replace('in: table }', 'in: thin }');
    const said = (text: string) =>
      start([thinned('1.2.0', 0.1), thinned('2.0.0', 0.5)], { demo: text })
        .check('demo')
        .map(({ message }) => message);
    assert.deepEqual(said(model()), [
      '`encoder` 2.0.0 is out: safe for you, but the default of `rate` was 0.1 and is 0.5',
    ]);
    const set = model((text) =>
      text.replace('in: words.tokens }', 'in: words.tokens, params: { rate: 0.2 } }'),
    );
    assert.deepEqual(said(set), ['`encoder` 2.0.0 is out: safe for you']);
  });

  it('may change under a file that rests on nothing of it without being noticed', () => {
    const published = [at('1.2.0')];
    const workspace = start(published);
    const [demo, dataset] = [workspace.check('demo'), workspace.check('points')];
    published.push(encoder.replace('name: encoder', 'name: other'));
    workspace.refreshPublished();
    assert.equal(workspace.check('demo'), demo);
    assert.equal(workspace.check('points'), dataset);
  });
  it('is found, whatever was published, withdrawn, locked or edited, as a fresh workspace finds it', () => {
    const wide = (version: string) => at(version).replace('[batch, hidden]', '[batch, hidden * 2]');
    const changes: ((state: State) => void)[] = [
      ({ published }) => published.push(at(`1.2.${published.length + 1}`)),
      ({ published }) => published.push(wide(`1.3.${published.length}`)),
      ({ published }) => void published.pop(),
      ({ published }) => published.length > 0 && published.push(`${published.pop()!}x-yanked: no\n`),
      ({ published }) => void published.splice(0),
      (state) => {
        state.lock = lockText({ entries: [entryOf('1.2.1', 'demo')] });
      },
      (state) => {
        state.lock = undefined;
      },
      ({ files }) => files.set('own', encoder),
      ({ files }) => files.delete('own'),
      ({ files }) =>
        files.set(
          'demo',
          model((text) => text.replace('encoder@^1.2,', 'encoder@^1.3,')),
        ),
      ({ files }) =>
        files.set(
          'demo',
          model((text) => `# seen\n${text}`),
        ),
      ({ files }) =>
        files.set(
          'demo',
          model((text) => text.replace('epochs: 2', 'epochs: 3')),
        ),
    ];
    fc.assert(
      fc.property(fc.array(fc.nat(changes.length - 1), { minLength: 1, maxLength: 8 }), (steps) => {
        const state: State = {
          published: [at('1.2.0')],
          lock: undefined,
          files: new Map([['demo', model()]]),
        };
        const host = () =>
          new PublishedTexts(
            () => state.published,
            () => state.lock,
          );
        const workspace = new Workspace({ published: host() });
        const fill = (to: Workspace) => {
          for (const { file, text } of libraryFiles()) to.setFile(file, text, 'library');
          to.setFile('points', points);
          for (const file of ['own', 'demo']) {
            const text = state.files.get(file);
            if (text === undefined) to.removeFile(file);
            else to.setFile(file, text);
          }
        };
        fill(workspace);
        for (const step of steps) {
          changes[step]!(state);
          fill(workspace);
          workspace.refreshPublished();
          const fresh = new Workspace({ published: host() });
          fill(fresh);
          const versions = (of: Workspace) => [...(of.analysis('demo')?.resolution?.versions ?? [])];
          assert.deepEqual(workspace.check('demo'), fresh.check('demo'));
          assert.deepEqual(versions(workspace), versions(fresh));
        }
      }),
      { numRuns: 25 },
    );
  });
});

interface State {
  published: string[];
  lock: string | undefined;
  files: Map<string, string>;
}

function entryOf(version: string, asker: string): LockEntry {
  const none = new Map<string, string>();
  return {
    name: 'encoder',
    version,
    hash: '0'.repeat(64),
    asked: new Map([[asker, '^1.2']]),
    trainedAgainst: none,
  };
}
