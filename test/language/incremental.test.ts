import assert from 'node:assert/strict';
import fc from 'fast-check';
import { headerOf, readHeader } from '../../language/names/header';
import { SourceFile } from '../../language/names/source-file';
import { asText, get } from '../../language/syntax/path';
import { Workspace } from '../../language/workspace';
import { libraryFiles } from './library';
import { encoder, model, points } from './scene';

const library = libraryFiles();

const wrapper = `kind: module
name: wrapper
version: 1.0.0
inputs: { tokens: 'int32[batch, seq]' }
outputs: { features: 'float32[batch, hidden]' }
params: { hidden: { type: int, default: 8 } }
graph:
  features: { module: encoder@^1, in: tokens, params: { hidden: $hidden } }
`;

const texts = {
  points,
  encoder,
  older: encoder.replace('1.2.0', '1.0.0').replace('float32[batch, hidden]', 'float32[batch, seq, hidden]'),
  wrapper,
  wrapped: model().replace('encoder@^1.2', 'wrapper@^1').replace('name: demo', 'name: wrapped'),
  demo: model(),
  settings: 'kind: workspace\nname: here\nrules: { module-untested: off, card-missing: error }\n',
};
const paths = [
  ...Object.keys(texts).map((name) => `/w/${name}`),
  '/w/sub/a',
  '/w/sub/b',
  // Makes a root of its folder.
  '/w/sub/workspace.brique.yaml',
];

type Step =
  | { do: 'edit'; file: string; at: number; length: number; text: string }
  | { do: 'put'; file: string; text: string }
  | { do: 'remove'; file: string }
  | { do: 'rename'; file: string; to: string }
  | { do: 'ask'; file: string; at: number };

const file = fc.constantFrom(...paths);
const share = fc.double({ min: 0, max: 1, noNaN: true });
const pieces = [
  '',
  'x',
  ' ',
  '\n',
  '# a line\n',
  ': ',
  '16',
  '1.2.0',
  'hidden',
  'seq, ',
  'encoder',
  'wrapper',
  '{',
  ']',
  '- ',
  '"',
  'kind: model\n',
  '\r\n',
  '---\n',
];
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('edit' as const),
      file,
      at: share,
      length: fc.integer({ min: 0, max: 20 }),
      text: fc.constantFrom(...pieces),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('put' as const),
      file,
      text: fc.constantFrom(...Object.values(texts)),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('remove' as const), file }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('rename' as const), file, to: file }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('ask' as const), file, at: share }) },
);

function start(): Workspace {
  const workspace = new Workspace();
  for (const { file: path, text } of library) workspace.setFile(path, text, 'library');
  return workspace;
}

function edited(text: string, { at, length, text: put }: { at: number; length: number; text: string }) {
  const from = Math.floor(at * text.length);
  return text.slice(0, from) + put + text.slice(from + length);
}

function perform(workspace: Workspace, now: Map<string, string>, step: Step): void {
  const text = now.get(step.file);
  switch (step.do) {
    case 'put':
      now.set(step.file, step.text);
      workspace.setFile(step.file, step.text);
      return;
    case 'ask':
      workspace.check(step.file);
      workspace.hover(step.file, Math.floor(step.at * (text?.length ?? 0)));
      return;
  }
  if (text === undefined) return;
  if (step.do === 'edit') {
    now.set(step.file, edited(text, step));
    workspace.setFile(step.file, now.get(step.file)!);
  } else {
    now.delete(step.file);
    workspace.removeFile(step.file);
    if (step.do === 'rename') perform(workspace, now, { do: 'put', file: step.to, text });
  }
}

function everything(workspace: Workspace): unknown {
  return paths.map((path) => {
    const length = workspace.source(path)?.text.length ?? 0;
    const places = [0.3, 0.6, 0.9].map((part) => Math.floor(part * length));
    return {
      path,
      findings: workspace.check(path),
      definitions: places.map((offset) => workspace.definition(path, offset)),
      hints: workspace.outline(path),
    };
  });
}

describe('a workspace that was changed', () => {
  it('says what a fresh one says, whatever was edited, added, removed or renamed, and asked in between', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 16 }), (steps) => {
        const workspace = start();
        const now = new Map<string, string>();
        for (const [name, text] of Object.entries(texts)) {
          perform(workspace, now, { do: 'put', file: `/w/${name}`, text });
        }
        for (const one of steps) perform(workspace, now, one);
        const fresh = start();
        for (const [path, text] of [...now].sort()) fresh.setFile(path, text);
        assert.deepEqual(everything(workspace), everything(fresh));
      }),
      { numRuns: 150 },
    );
  }).timeout(120_000);

  it('answers the same again after letting go of what it had computed', () => {
    const workspace = start();
    for (const [name, text] of Object.entries(texts)) workspace.setFile(`/w/${name}`, text);
    const before = everything(workspace);
    for (const path of paths) workspace.source(path)?.release();
    // More files than are kept with their types.
    for (let i = 0; i < 40; i++) {
      workspace.setFile(`/w/more-${i}`, wrapper.replace('name: wrapper', `name: more-${i}`));
      workspace.check(`/w/more-${i}`);
    }
    assert.deepEqual(everything(workspace), before);
  });

  it('keeps the findings of what a change does not concern', () => {
    const workspace = start();
    for (const [name, text] of Object.entries(texts)) workspace.setFile(`/w/${name}`, text);
    const seen = new Map(paths.map((path) => [path, workspace.check(path)]));
    const unmoved = (path: string) => workspace.check(path) === seen.get(path);
    workspace.setFile('/w/encoder', encoder.replace('Turns ids into features', 'Features of ids'));
    assert.deepEqual(
      paths.filter((path) => workspace.source(path) && !unmoved(path)),
      ['/w/encoder'],
    );
    workspace.setFile('/w/encoder', encoder.replace('float32[batch, hidden]', 'float32[batch, seq, hidden]'));
    assert.deepEqual(
      paths.filter((path) => workspace.source(path) && !unmoved(path)),
      ['/w/encoder', '/w/older', '/w/wrapper', '/w/wrapped', '/w/demo'],
    );
  });

  it('reads the head of a file as the parser does', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values(texts), ...library.map(({ text }) => text)),
        fc.array(
          fc.record({ at: share, length: fc.integer({ min: 0, max: 9 }), text: fc.constantFrom(...pieces) }),
          { maxLength: 4 },
        ),
        (text, edits) => {
          const broken = edits.reduce(
            // Half of the edits hit the head, which is what matters.
            (so, one, i) => edited(so, i % 2 ? one : { ...one, at: (one.at * 90) / so.length }),
            text,
          );
          const source = new SourceFile('f', broken, 'workspace');
          const quick = readHeader(broken);
          if (!quick) return;
          const kind = asText(get(source.tree.root, 'kind'));
          if (source.declaration) assert.deepEqual(quick, headerOf(source.declaration, kind));
          else assert.equal(quick.kind, kind);
        },
      ),
      { numRuns: 1_500 },
    );
  }).timeout(60_000);
});
