/** What is known of files after edits of the params of a brick that they use, some of which they cannot see. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Workspace } from '../../language/workspace';
import { libraryFiles } from './library';

const library = libraryFiles();

interface Params {
  /** Its default. */
  hidden: string;
  rate: string;
  /** The greatest rate. */
  most: string;
  /** One that comes and goes. */
  more: string | undefined;
}

const DEFAULTS: Params = { hidden: '8', rate: '0.1', most: '0.9', more: undefined };

const inner = ({ hidden, rate, most, more }: Params) => `kind: module
name: inner
version: 1.0.0
params:
  hidden: { type: int, default: ${hidden}, min: 1 }
  rate: { type: float, default: ${rate}, max: ${most} }
${more === undefined ? '' : `  ${more}\n`}inputs: { in: 'float32[batch, width]' }
outputs: { out: 'float32[batch, hidden]' }
graph:
  wide: { op: dense, in: in, units: $hidden }
  out: { op: dropout, in: wide, rate: $rate }
`;

const use = (name: string, brick: string, params: string, size = 'hidden', own = '') => `kind: module
name: ${name}
version: 1.0.0
params: { hidden: { type: int, default: 4 }${own} }
summary: It.
inputs: { in: 'float32[batch, width]' }
outputs: { out: 'float32[batch, ${size}]' }
graph:
  out: { module: ${brick}@^1, in: in, params: { ${params} } }
`;

const model = (name: string, brick: string, params: string, more = '') => `kind: model
name: ${name}
version: 1.0.0
data: { points: points@^1 }
parts:
  first: { module: ${brick}@^1, in: points.point, params: { ${params} } }
  head: { module: std/classifier@^1, in: first.out, params: { classes: 2 } }
tasks:
  side: { output: head.logits, target: points.side, loss: cross_entropy, metrics: [accuracy] }
${more}`;

const others: Record<string, string> = {
  points: `kind: dataset
name: points
version: 1.0.0
files: { all: points.csv }
columns:
  point: { type: tensor, shape: [2] }
  side: { type: category, values: [left, right] }
`,
  sets: use('sets', 'inner', 'hidden: $hidden, rate: 0.2'),
  'sets-one': use('sets-one', 'inner', 'hidden: $hidden'),
  'sets-none': use('sets-none', 'inner', '', '8'),
  'sets-more': use('sets-more', 'inner', 'hidden: 8, rate: 0.2, width: 2', '8'),
  passes: use(
    'passes',
    'inner',
    'hidden: $hidden, rate: $share',
    'hidden',
    ', share: { type: float, default: 0.2 }',
  ),
  outer: use('outer', 'sets', 'hidden: $hidden'),
  'model-sets': model('model-sets', 'inner', 'hidden: 5, rate: 0.3'),
  'model-default': model('model-default', 'inner', 'rate: 0.3'),
  'model-of-sets': model('model-of-sets', 'sets', 'hidden: 6'),
  'model-of-passes': model('model-of-passes', 'passes', 'hidden: 6, share: 0.4'),
  'model-of-none': model('model-of-none', 'sets-none', ''),
  'model-of-outer': model('model-of-outer', 'outer', ''),
  'model-dims': model('model-dims', 'inner', 'hidden: 5, rate: 0.3', 'dims: { depth: 3 }\n'),
  'model-sweep': model(
    'model-sweep',
    'inner',
    'hidden: 5, rate: 0.3',
    'train: { sweep: { first.rate: [0.1, 0.2], first.depth: [1, 2] } }\n',
  ),
  'model-child': `kind: model\nname: model-child\nversion: 1.0.0\nextends: model-sets@^1\nparts: { first: { params: { rate: ~ } } }\n`,
};

function workspaceOf(params: Params): Workspace {
  const workspace = new Workspace();
  for (const { file, text } of library) workspace.setFile(file, text, 'library');
  for (const [name, text] of Object.entries(others)) workspace.setFile(name, text);
  workspace.setFile('inner', inner(params));
  return workspace;
}

const files = ['inner', ...Object.keys(others)];
const findings = (workspace: Workspace) =>
  Object.fromEntries(
    files.map((file) => [
      file,
      workspace.check(file).map(({ rule, range, message, severity }) => ({ rule, range, message, severity })),
    ]),
  );

describe('a brick whose params are edited', () => {
  it('leaves what was found in those alone that set what has another default', () => {
    const workspace = workspaceOf(DEFAULTS);
    const before = new Map(files.map((file) => [file, workspace.check(file)]));
    workspace.setFile('inner', inner({ ...DEFAULTS, rate: '0.4' }));
    const again = files.filter((file) => workspace.check(file) !== before.get(file));
    for (const file of ['sets', 'outer', 'model-sets', 'model-of-sets', 'model-of-outer'])
      assert.ok(!again.includes(file), `${file} was checked again`);
    for (const file of ['inner', 'sets-one', 'sets-none', 'model-of-none'])
      assert.ok(again.includes(file), `${file} was not checked again`);
  });

  it('leaves what was found in those alone whose values are allowed before and after', () => {
    const workspace = workspaceOf(DEFAULTS);
    const checkedAgain = (most: string) => {
      const before = new Map(files.map((file) => [file, workspace.check(file)]));
      workspace.setFile('inner', inner({ ...DEFAULTS, most }));
      return files.filter((file) => workspace.check(file) !== before.get(file));
    };
    // They open what passes it on, size it in other places, or say something already.
    const others = ['model-of-passes', 'model-dims', 'model-sweep', 'model-child'];
    others.push('sets-none', 'sets-more', 'model-of-none');
    const wide = checkedAgain('0.8');
    assert.ok(wide.includes('inner') && wide.every((file) => ['inner', ...others].includes(file)), `${wide}`);
    const narrow = checkedAgain('0.25');
    for (const file of ['inner', 'model-sets', 'model-default', 'model-of-passes'])
      assert.ok(narrow.includes(file), `${file} was not checked again`);
    for (const file of ['sets', 'outer', 'passes', 'model-of-sets'])
      assert.ok(!narrow.includes(file), `${file} was checked again`);
    assert.ok(workspace.check('model-of-passes').some(({ message }) => message.includes('at most 0.25')));
  });

  it('is used as in a fresh workspace, whatever was edited', () => {
    const params: fc.Arbitrary<Params> = fc.record({
      hidden: fc.constantFrom('8', '16', '0', '~', 'eight', '999999999999'),
      rate: fc.constantFrom('0.1', '0.5', '0.95', '[0.1]', '[0.2]'),
      most: fc.constantFrom('0.9', '0.9', '0.8', '0.35', '0.15', '[0.9]'),
      more: fc.constantFrom(
        undefined,
        'depth: { type: int, default: 2 }',
        'depth: { type: int }',
        'width: { type: int, default: 2 }',
        'width: { type: int, default: 3, max: 2 }',
        'hidde: { type: int, default: 2, doc: Nearly the other one. }',
      ),
    });
    fc.assert(
      fc.property(fc.array(params, { minLength: 1, maxLength: 5 }), (edits) => {
        const workspace = workspaceOf(DEFAULTS);
        findings(workspace);
        for (const edit of edits) {
          workspace.setFile('inner', inner(edit));
          assert.deepEqual(findings(workspace), findings(workspaceOf(edit)), JSON.stringify(edit));
        }
      }),
      { numRuns: 40 },
    );
  }).timeout(120_000);
});
