import assert from 'node:assert/strict';
import { Workspace } from '../../../language/workspace';

const brick = `kind: module
name: b
version: 1.0.0
params:
  hidden: { type: int, default: 16 }
inputs:
  x: float32[batch, 8]
outputs:
  y: float32[batch, hidden]
graph:
  h: { op: dense, in: x, units: $hidden }
  i: { op: relu, in: h }
  y:
    op: dense
    in: i
    units: $hidden
`;

/** What is written instead of what, and what is said of it; where `fixed`, a fix gives the text back. */
const slips: { from: string; to: string; message: string; fixed?: true }[] = [
  { from: 'in: h }', to: 'in: [h }', message: 'The closing ] is missing' },
  { from: 'in: x, units: $hidden }', to: 'in: [x, units: $hidden }', message: 'The closing ] is missing' },
  { from: 'in: h }', to: 'in: h ]', message: '`{` is closed with `]`', fixed: true },
  { from: 'in: h }', to: 'in: h )', message: '`{` is closed with `)`', fixed: true },
  { from: '{ type: int', to: '[ type: int', message: '`[` is closed with `}`', fixed: true },
  { from: 'in: h }', to: 'in: h', message: 'The closing } is missing', fixed: true },
  { from: 'i: { op', to: 'i: op', message: 'The opening { is missing', fixed: true },
  { from: 'relu, in', to: 'relu in', message: 'A comma is missing before `in`', fixed: true },
  { from: 'relu, in', to: 'relu; in', message: 'A comma is missing before `in`', fixed: true },
  { from: '    in: i\n', to: '    in: i\n    - x\n', message: 'so no list item can follow', fixed: true },
  {
    from: '    op: dense\n    in',
    to: '    - op: dense\n    in',
    message: 'This dash begins a list',
    fixed: true,
  },
  { from: '    in: i\n', to: '      in: i\n', message: 'is indented below `op`', fixed: true },
  { from: '    in: i\n', to: '   in: i\n', message: 'not indented like the lines around it', fixed: true },
  { from: 'inputs:\n', to: ' inputs:\n', message: 'not indented like', fixed: true },
  { from: '  i: {', to: ' i: {', message: 'not indented like the lines around it', fixed: true },
  { from: '    in: i\n', to: '\tin: i\n', message: 'spaces, not tabs', fixed: true },
  { from: '    in: i\n', to: '\u00a0   in: i\n', message: 'no ordinary space', fixed: true },
  { from: 'inputs:\n', to: 'inputs\n', message: 'A colon is missing after `inputs`', fixed: true },
  { from: '  i: {', to: '  i {', message: 'A colon is missing after `i`', fixed: true },
  { from: '    op: dense\n', to: '    op:dense\n', message: 'A space is missing behind', fixed: true },
  { from: '    in: i\n', to: '    in = i\n', message: 'not `=`', fixed: true },
  { from: 'in: h }', to: 'in: h } // last', message: 'A comment begins with `#`' },
  { from: '    in: i\n', to: '    in: i units: 3\n', message: 'a second key, `units:`' },
  {
    from: '    in: i\n',
    to: '<<<<<<< HEAD\n    in: i\n=======\n    in: h\n>>>>>>> other\n',
    message: 'merge',
  },
  { from: 'kind: module\n', to: '```yaml\nkind: module\n', message: 'Markdown' },
  { from: '    in: i\n', to: '    <<: *base\n    in: i\n', message: 'anchored as `&base`' },
  { from: 'inputs:\n', to: 'inputs: x\n', message: 'is indented below `inputs`' },
];

describe('a slip', () => {
  for (const { from, to, message, fixed } of slips)
    it(`is one error that says what it is: ${JSON.stringify(to)}`, () => {
      assert.ok(brick.includes(from));
      const workspace = new Workspace();
      workspace.setFile(
        '/b.brique.yaml',
        brick.replace(from, () => to),
      );
      const errors = workspace.check('/b.brique.yaml').filter(({ severity }) => severity === 'error');
      assert.equal(errors.length, 1, errors.map((one) => one.message).join('\n'));
      assert.ok(errors[0]!.message.includes(message), errors[0]!.message);
      const texts = workspace.fixes('/b.brique.yaml', errors[0]!.range).map(({ edits }) => {
        const copy = new Workspace();
        copy.setFile(
          '/b.brique.yaml',
          brick.replace(from, () => to),
        );
        copy.apply(edits);
        return copy.source('/b.brique.yaml')!.text;
      });
      if (fixed) assert.ok(texts.map(unspaced).includes(unspaced(brick)), texts.join('\n---\n'));
    });

  it('is told with another one that is in another section', () => {
    const workspace = new Workspace();
    const text = brick.replace('in: h }', 'in: h').replace('inputs:', 'inputs');
    workspace.setFile('/b.brique.yaml', text);
    assert.deepEqual(
      workspace.check('/b.brique.yaml').map((one) => one.message),
      ['A colon is missing after `inputs`', 'The closing } is missing'],
    );
  });
});

/** Blanks inside brackets mean nothing. */
function unspaced(text: string): string {
  return text.replaceAll(/(?<=[{[]) +| +(?=[\]}])/g, '');
}
