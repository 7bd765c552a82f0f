/** A workspace of a few files that know each other, and anything that may be done to it. */
import fc from 'fast-check';
import { Workspace } from '../../language/workspace';
import { libraryFiles } from './library';
import { encoder, model, points } from './scene';

export const library = libraryFiles();

export const wrapper = `kind: module
name: wrapper
version: 1.0.0
inputs: { tokens: 'int32[batch, seq]' }
outputs: { features: 'float32[batch, hidden]' }
params: { hidden: { type: int, default: 8 } }
graph:
  features: { module: encoder@^1, in: tokens, params: { hidden: $hidden } }
`;

export const texts = {
  points,
  encoder,
  older: encoder.replace('1.2.0', '1.0.0').replace('float32[batch, hidden]', 'float32[batch, seq, hidden]'),
  wrapper,
  wrapped: model().replace('encoder@^1.2', 'wrapper@^1').replace('name: demo', 'name: wrapped'),
  demo: model(),
  settings: 'kind: workspace\nname: here\nrules: { module-untested: off, card-missing: error }\n',
};
export const paths = [
  ...Object.keys(texts).map((name) => `/w/${name}`),
  '/w/sub/a',
  '/w/sub/b',
  // Makes a root of its folder.
  '/w/sub/workspace.brique.yaml',
];

export type Step =
  | { do: 'edit'; file: string; at: number; length: number; text: string }
  | { do: 'put'; file: string; text: string }
  | { do: 'remove'; file: string }
  | { do: 'rename'; file: string; to: string }
  | { do: 'ask'; file: string; at: number };

const file = fc.constantFrom(...paths);
export const share = fc.double({ min: 0, max: 1, noNaN: true });
export const pieces = [
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
export const step: fc.Arbitrary<Step> = fc.oneof(
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

export function start(): Workspace {
  const workspace = new Workspace();
  for (const { file: path, text } of library) workspace.setFile(path, text, 'library');
  return workspace;
}

export function edited(
  text: string,
  { at, length, text: put }: { at: number; length: number; text: string },
) {
  const from = Math.floor(at * text.length);
  return text.slice(0, from) + put + text.slice(from + length);
}

export function perform(workspace: Workspace, now: Map<string, string>, step: Step): void {
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
