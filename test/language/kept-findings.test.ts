import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { type KeptState, NOTHING_KEPT } from '../../language/database/kept-state';
import type { Host } from '../../language/rules/rule';
import { Workspace } from '../../language/workspace';
import { library, paths, perform, type Step, step, texts } from './edits';

/** What is neither in the files nor in a session: what lies on disk, how rules weigh, what is opened. */
interface Around {
  /** Data files and tokenizers that are there. */
  there: string[];
  card: 'off' | 'error' | undefined;
  folders: string[];
  isReversed: boolean;
}

interface Session {
  steps: Step[];
  around: Around;
  /** Which files are asked about. */
  asked: string[];
}

const reader = `kind: module
name: reader
version: 1.0.0
inputs: { text: 'string[batch]' }
outputs: { ids: 'int32[batch, 6]' }
graph:
  cut: { op: tokenizer, in: text, file: pieces.json, length: 6 }
  ids: { op: identity, in: cut.ids }
`;
const all = { ...texts, reader };
const files = [...paths, '/w/reader'];

const around: fc.Arbitrary<Around> = fc.record({
  there: fc.subarray(['points.csv', 'pieces.json', 'more.json']),
  card: fc.constantFrom('off', 'error', undefined),
  folders: fc.constantFrom(['/w/'], ['/'], ['/w/', '/w/sub/'], []),
  isReversed: fc.boolean(),
});
const session: fc.Arbitrary<Session> = fc.record({
  steps: fc.array(step, { maxLength: 4 }),
  around: fc.oneof({ weight: 2, arbitrary: fc.constant(plain()) }, { weight: 1, arbitrary: around }),
  asked: fc.oneof(fc.constant(files), fc.subarray(files)),
});

function plain(): Around {
  return { there: ['points.csv'], card: undefined, folders: ['/w/'], isReversed: false };
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function open(now: Map<string, string>, { there, card, folders, isReversed }: Around): Workspace {
  const host: Host = {
    dataFile: (_, pattern) => (there.includes(pattern) ? 'found' : 'missing'),
    tokenizer: (_, file) =>
      there.includes(file) ? { ids: there.length * 50, hash: there.join() } : 'missing',
  };
  const workspace = new Workspace(host);
  workspace.setFolders(folders);
  if (card) workspace.setRules(new Map([['', { 'card-missing': card }]]));
  for (const { file, text } of library) workspace.setFile(file, text, 'library');
  const entries = isReversed ? [...now].reverse() : [...now];
  for (const [path, text] of entries) workspace.setFile(path, text);
  return workspace;
}

/** As it comes back from a disk. */
function stateOf(workspace: Workspace): KeptState {
  return JSON.parse(JSON.stringify(workspace.state)) as KeptState;
}

function findings(workspace: Workspace): unknown {
  return JSON.parse(JSON.stringify(files.map((file) => [file, workspace.check(file)])));
}

function start(): Map<string, string> {
  return new Map(Object.entries(all).map(([name, text]) => [`/w/${name}`, text]));
}

/** After a session with everything as it is, how many of the files need not be computed in the next one. */
function knownAfter(change: (now: Map<string, string>) => void, later: Around = plain()): string[] {
  const now = start();
  const first = open(now, plain());
  first.recall(NOTHING_KEPT, hash);
  findings(first);
  change(now);
  const second = open(now, later);
  second.recall(stateOf(first), hash);
  return [...now.keys()].filter((file) => second.isKnown(file));
}

describe('findings of an earlier session', () => {
  it('are what a fresh one finds, whatever happened in between', () => {
    fc.assert(
      fc.property(fc.array(session, { minLength: 2, maxLength: 5 }), (sessions) => {
        const now = start();
        let state = NOTHING_KEPT;
        for (const { steps, around: circumstances, asked } of sessions) {
          for (const one of steps) perform(new Workspace(), now, one);
          const workspace = open(now, circumstances);
          workspace.recall(state, hash);
          for (const file of asked) workspace.check(file);
          state = stateOf(workspace);
          const again = open(now, circumstances);
          again.recall(state, hash);
          assert.deepEqual(findings(again), findings(open(now, circumstances)));
          assert.deepEqual(findings(workspace), findings(again));
        }
      }),
      { numRuns: 50 },
    );
  }).timeout(180_000);

  it('hold while somebody edits after they were taken over', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 8 }), (steps) => {
        const now = start();
        const first = open(now, plain());
        first.recall(NOTHING_KEPT, hash);
        findings(first);
        const second = open(now, plain());
        second.recall(stateOf(first), hash);
        for (const one of steps) perform(second, now, one);
        assert.deepEqual(findings(second), findings(open(now, plain())));
      }),
      { numRuns: 40 },
    );
  }).timeout(120_000);

  it('are all taken over where nothing has changed', () => {
    assert.equal(knownAfter(() => {}).length, Object.keys(all).length);
  });

  it('are computed again only where a change concerns them', () => {
    const edit = (file: string, from: string, to: string) =>
      knownAfter((now) => now.set(file, now.get(file)!.replace(from, to)));
    const unknown = (known: string[]) => [...start().keys()].filter((file) => !known.includes(file));
    assert.deepEqual(unknown(edit('/w/encoder', 'Turns ids', 'Makes ids')), ['/w/encoder']);
    assert.deepEqual(unknown(edit('/w/encoder', 'size: 100', 'size: 101')), [
      '/w/encoder',
      '/w/wrapped',
      '/w/demo',
    ]);
    assert.deepEqual(unknown(knownAfter(() => {}, { ...plain(), there: [] })), ['/w/points']);
    assert.deepEqual(unknown(knownAfter(() => {}, { ...plain(), there: ['points.csv', 'pieces.json'] })), [
      '/w/reader',
    ]);
    assert.deepEqual(
      knownAfter(() => {}, { ...plain(), card: 'off' }),
      [],
    );
  });

  it('are kept for a later session where nobody has asked for them', () => {
    const now = start();
    const first = open(now, plain());
    first.recall(NOTHING_KEPT, hash);
    findings(first);
    const second = open(now, plain());
    second.recall(stateOf(first), hash);
    second.check('/w/points');
    now.delete('/w/wrapped');
    second.removeFile('/w/wrapped');
    const state = stateOf(second);
    const third = open(now, plain());
    third.recall(state, hash);
    assert.deepEqual(
      [...now.keys()].filter((file) => !third.isKnown(file)),
      [],
    );
    assert.ok(!JSON.stringify(state.found).includes('/w/wrapped'));
  });
});
