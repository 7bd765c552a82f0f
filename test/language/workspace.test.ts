import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Workspace } from '../../language/workspace';
import { libraryFiles } from './library';
import { encoder, model, points } from './scene';

const library = libraryFiles();

function workspaceOf(texts: Map<string, string>): Workspace {
  const workspace = new Workspace();
  for (const { file, text } of library) workspace.setFile(file, text, 'library');
  for (const [file, text] of texts) workspace.setFile(file, text);
  return workspace;
}

const start = new Map([
  ['points', points],
  ['encoder', encoder],
  ['demo', model()],
]);

/** Small edits that people make: a piece cut out, a word changed, a line doubled. */
const edit = fc.record({
  file: fc.constantFrom(...start.keys()),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.integer({ min: 0, max: 30 }),
  text: fc.constantFrom(
    '',
    'x',
    ' ',
    '\n',
    ': ',
    '16',
    'hidden',
    'float32[batch, hidden]',
    '{',
    '}',
    '- ',
    '^2',
    'frozen',
  ),
});

function apply(
  text: string,
  { at, length, text: inserted }: { at: number; length: number; text: string },
): string {
  const from = Math.floor(at * text.length);
  return text.slice(0, from) + inserted + text.slice(from + length);
}

describe('workspace', () => {
  it('answers after any edits what a fresh one answers', () => {
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 6 }), (edits) => {
        const texts = new Map(start);
        const edited = workspaceOf(texts);
        for (const one of edits) {
          texts.set(one.file, apply(texts.get(one.file)!, one));
          edited.setFile(one.file, texts.get(one.file)!);
          edited.check(one.file);
        }
        const fresh = workspaceOf(texts);
        for (const file of texts.keys()) assert.deepEqual(edited.check(file), fresh.check(file));
      }),
      { numRuns: 150 },
    );
  }).timeout(60_000);

  it('never throws, whatever is asked anywhere in a damaged file', () => {
    fc.assert(
      fc.property(
        fc.array(edit, { minLength: 1, maxLength: 3 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (edits, where) => {
          const texts = new Map(start);
          for (const one of edits) texts.set(one.file, apply(texts.get(one.file)!, one));
          const workspace = workspaceOf(texts);
          for (const [file, text] of texts) {
            const offset = Math.floor(where * text.length);
            workspace.check(file);
            workspace.hover(file, offset);
            workspace.complete(file, offset);
            workspace.definition(file, offset);
            workspace.references(file, offset);
            workspace.outline(file);
            workspace.runnables(file);
            workspace.plan(file);
          }
        },
      ),
      { numRuns: 300 },
    );
  }).timeout(60_000);

  it('gives only fixes that help', () => {
    fc.assert(
      fc.property(edit, (one) => {
        const texts = new Map(start);
        texts.set(one.file, apply(texts.get(one.file)!, one));
        const workspace = workspaceOf(texts);
        for (const file of texts.keys()) {
          const before = workspace.check(file).filter((finding) => finding.severity === 'error').length;
          for (const fix of workspace.fixes(file, { start: 0, end: texts.get(file)!.length })) {
            const fixed = new Map(texts);
            for (const { file: other, range, text } of [...fix.edits].sort(
              (a, b) => b.range.start - a.range.start,
            )) {
              const old = fixed.get(other)!;
              fixed.set(other, old.slice(0, range.start) + text + old.slice(range.end));
            }
            const after = workspaceOf(fixed)
              .check(file)
              .filter((finding) => finding.severity === 'error').length;
            assert.ok(after <= before, fix.title);
          }
        }
      }),
      { numRuns: 100 },
    );
  }).timeout(60_000);

  it('says nothing of what uses a brick in an unknown format, runs none of it, and hears when that changes', () => {
    const broken = encoder
      .replace('hidden]', 'hidden, 2]')
      .replace('kind: module\n', 'kind: module\nformat: 9\n');
    const workspace = workspaceOf(new Map(start).set('encoder', broken));
    assert.deepEqual(workspace.check('demo'), []);
    const { plan, findings } = workspace.plan('demo');
    assert.equal(plan, undefined);
    assert.deepEqual(
      findings.map(({ file, rule }) => [file, rule]),
      [['encoder', 'format-unsupported']],
    );
    workspace.setFile('encoder', broken.replace('format: 9', 'format: 1'));
    assert.ok(workspace.check('demo').length > 0, 'what it promises does not fit');
    workspace.setFile('encoder', broken);
    assert.deepEqual(workspace.check('demo'), []);
    const user = encoder.replace('name: encoder', 'name: user').replace(
      /graph:.*/s,
      `graph:
  features: { module: encoder@^1, in: tokens }
tests:
  - name: makes a row
    given: { tokens: "zeros[2, 3]" }
    expect: { features: "float32[2, 16]" }
`,
    );
    workspace.setFile('user', user);
    assert.deepEqual(
      workspace.tests('user').map(({ failure }) => failure?.at.file),
      ['encoder'],
    );
  });
  it('re-checks a composition when the inside of its brick changes', () => {
    const workspace = workspaceOf(start);
    assert.deepEqual(
      workspace.check('demo').filter((finding) => finding.severity === 'error'),
      [],
    );
    workspace.setFile(
      'encoder',
      encoder.replace('op: embedding, in: tokens', 'op: embedding, in: tokens, sise: 3'),
    );
    assert.ok(workspace.check('encoder').some((finding) => finding.rule === 'unknown-setting'));
    workspace.setFile(
      'encoder',
      encoder
        .replace('float32[batch, hidden]', 'float32[batch, seq, hidden]')
        .replace('global_avg_pool, in: table', 'relu, in: table'),
    );
    assert.deepEqual(
      workspace.check('demo').map((finding) => finding.rule),
      ['rank-mismatch'],
    );
  });
});
