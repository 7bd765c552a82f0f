import assert from 'node:assert/strict';
import semver from 'semver';
import { Workspace } from '../../../language/workspace';
import { PublishedTexts } from '../../../scripts/published-texts';

const rows = `kind: dataset
name: rows
version: 1.0.0
files: { all: rows.csv }
columns: { x: { type: tensor, shape: [4] } }
`;

function brick(name: string, version: string, from = 4, to = 4): string {
  return `kind: module
name: ${name}
version: ${version}
inputs: { x: 'float32[batch, ${from}]' }
outputs: { y: 'float32[batch, ${to}]' }
graph:
  y: { op: dense, in: x, units: ${to} }
`;
}

/** `parts`: by name what is behind it, as `encoder@^1 < rows.x`. */
function model(name: string, version: string, parts: Record<string, string>, base?: string): string {
  const lines = Object.entries(parts).map(([part, said]) => {
    if (said === 'null') return `  ${part}: null\n`;
    const [module, from] = said.split(' < ');
    return `  ${part}: { module: ${module}, in: ${from} }\n`;
  });
  return `kind: model
name: ${name}
version: ${version}
${base === undefined ? '' : `extends: ${base}\n`}${base === undefined ? 'data: { rows: rows@^1 }\n' : ''}parts:${lines.length > 0 ? `\n${lines.join('')}` : ' {}\n'}tasks: {}
`;
}

function workspaceOf(demo: string, published: string[], lock?: () => string): Workspace {
  const workspace = new Workspace({ published: new PublishedTexts(() => published, lock) });
  workspace.setFile('rows', rows);
  workspace.setFile('demo', demo);
  return workspace;
}

/** What is taken, what it extends first. */
function chosen(workspace: Workspace): Record<string, string> {
  const { versions, bases } = workspace.analysis('demo')!.resolution!;
  const all = [...bases.map(({ published: { name, version } }) => [name, version] as const), ...versions];
  return Object.fromEntries(all.filter(([name]) => name !== 'rows'));
}

function said(workspace: Workspace): string[] {
  return workspace
    .check('demo')
    .filter(({ severity }) => severity !== 'hint')
    .map(({ rule }) => rule);
}

const encoders = ['1.0.0', '1.1.0', '2.0.0'].map((version) => brick('encoder', version));
const bases = [
  model('base', '1.0.0', { encoder: 'encoder@^1 < rows.x' }),
  model('base', '1.1.0', { encoder: 'encoder@^2 < rows.x' }),
];

describe('what a composition extends', () => {
  it('is the newest that goes with all else, and it is said why not a newer one', () => {
    const workspace = workspaceOf(
      model('demo', '0.1.0', { second: 'encoder@~1.0.0 < encoder.y' }, 'base@^1'),
      [...encoders, ...bases],
    );
    assert.deepEqual(chosen(workspace), { base: '1.0.0', encoder: '1.0.0' });
    const [found, ...more] = workspace.check('demo').filter(({ severity }) => severity !== 'hint');
    assert.deepEqual([found?.rule, more], ['range-admits-breakage', []]);
    assert.equal(
      found?.message,
      '`base` in `^1` may be 1.1.0, which does not fit here: base 1.1.0 requires encoder ^2, and demo asks for encoder ~1.0.0; 1.0.0 is taken',
    );
    const [fix] = workspace.fixes('demo', found.range);
    assert.equal(fix?.title, 'Ask for `^1 <1.1.0`');
    workspace.apply(fix.edits);
    assert.deepEqual(said(workspace), []);
  });

  it('asks for nothing that is said otherwise below it', () => {
    for (const own of ['encoder@^1 < rows.x', 'null']) {
      const workspace = workspaceOf(
        model('demo', '0.1.0', { encoder: own, other: 'encoder@^1 < rows.x' }, 'base@^1'),
        [...encoders, ...bases],
      );
      assert.deepEqual(chosen(workspace), { base: '1.1.0', encoder: '1.1.0' }, own);
      assert.deepEqual(said(workspace), [], own);
    }
  });

  it('is passed over where its wires do not fit', () => {
    const workspace = workspaceOf(model('demo', '0.1.0', { head: 'head@^1 < encoder.y' }, 'base@^1'), [
      brick('encoder', '1.0.0'),
      brick('wide', '1.0.0', 4, 8),
      brick('head', '1.0.0'),
      model('base', '1.0.0', { encoder: 'encoder@^1 < rows.x' }),
      model('base', '1.1.0', { encoder: 'wide@^1 < rows.x' }),
    ]);
    assert.deepEqual(chosen(workspace), { base: '1.0.0', encoder: '1.0.0', head: '1.0.0' });
    assert.deepEqual(said(workspace), ['range-admits-breakage']);
    assert.match(workspace.check('demo')[0]!.message, /`encoder\.y` is float32\[.*8\] where `head\.x` takes/);
  });

  it('stays the newest where something is wrong whatever is taken', () => {
    const workspace = workspaceOf(model('demo', '0.1.0', { head: 'head@^1 < encoder.y' }, 'base@^1'), [
      ...encoders,
      brick('head', '1.0.0', 8),
      ...bases,
    ]);
    assert.deepEqual(chosen(workspace), { base: '1.1.0', encoder: '2.0.0', head: '1.0.0' });
    assert.deepEqual(said(workspace), ['dim-mismatch']);
  });

  it('is told in one explanation where nothing goes together, with ways out that were solved', () => {
    const workspace = workspaceOf(model('demo', '0.1.0', { second: 'encoder@^1 < encoder.y' }, 'base@^1.1'), [
      ...encoders,
      ...bases,
    ]);
    const [found, ...more] = workspace.check('demo');
    assert.deepEqual([found?.rule, more], ['version-conflict', []]);
    assert.equal(
      found?.message,
      `\`encoder\` and \`base\` cannot be had together
   Because every version of base in ^1.1 requires encoder ^2,
   encoder ^1 (line 6) and base ^1.1 (line 4) cannot all be had.`.replace(
        'every version of base in ^1.1',
        'base 1.1.0',
      ),
    );
    const titles = workspace.fixes('demo', found.range).map(({ title }) => title);
    assert.deepEqual(titles.sort(), ['Ask for `base` in `^1.0.0`', 'Ask for `encoder` in `^2.0.0`']);
    for (const fix of workspace.fixes('demo', found.range)) {
      const copy = workspaceOf(workspace.source('demo')!.text, [...encoders, ...bases]);
      copy.apply(fix.edits);
      const errors = copy.check('demo').filter(({ severity }) => severity === 'error');
      assert.deepEqual(errors, [], fix.title);
    }
  });

  it('goes back along the whole chain', () => {
    const workspace = workspaceOf(model('demo', '0.1.0', { second: 'encoder@^1 < encoder.y' }, 'middle@^1'), [
      ...encoders,
      ...bases,
      model('middle', '1.0.0', {}, 'base@^1'),
      model('middle', '1.1.0', {}, 'base@^1.1'),
    ]);
    assert.deepEqual(chosen(workspace), { middle: '1.0.0', base: '1.0.0', encoder: '1.1.0' });
    const reasons = workspace.analysis('demo')!.resolution!.bases.map(({ passedOver }) => passedOver);
    assert.deepEqual(
      reasons.map((all) => all?.map(({ version }) => version)),
      [['1.1.0'], ['1.1.0']],
    );
    assert.match(
      reasons[1]![0]!.reason,
      /^base 1\.1\.0 requires encoder \^2, and demo asks for encoder \^1$/,
    );
  });

  it('is what a source of the workspace says, wherever there is one', () => {
    const workspace = workspaceOf(model('demo', '0.1.0', { second: 'encoder@^1 < encoder.y' }, 'base@^1'), [
      ...encoders,
      ...bases,
    ]);
    workspace.setFile('base', model('base', '1.2.0', { encoder: 'encoder@^2 < rows.x' }));
    assert.deepEqual(said(workspace), ['version-conflict']);
  });

  it('is found, whatever was published or edited, as a fresh workspace finds it', () => {
    const random = generator(5);
    const own: Record<string, string>[] = [
      { second: 'encoder@^1 < encoder.y' },
      { second: 'encoder@^2 < encoder.y' },
      { encoder: 'encoder@^1 < rows.x' },
    ];
    const texts = own.map((parts) => model('demo', '0.1.0', parts, 'base@^1'));
    const all = [...encoders, ...bases, model('base', '1.2.0', { encoder: 'encoder@^3 < rows.x' })];
    const published: string[] = [];
    const workspace = workspaceOf(texts[0]!, published);
    let demo = texts[0]!;
    for (let round = 0; round < 40; round++) {
      if (random(3) === 0) {
        demo = texts[random(texts.length)]!;
        workspace.setFile('demo', demo);
      } else {
        const text = all[random(all.length)]!;
        const at = published.indexOf(text);
        if (at < 0) published.push(text);
        else published.splice(at, 1);
        workspace.refreshPublished();
      }
      const fresh = workspaceOf(demo, [...published]);
      assert.deepEqual(workspace.check('demo'), fresh.check('demo'), `${round}`);
    }
  });

  it('agrees with trying every combination', () => {
    const random = generator(11);
    const count = { solved: 0, other: 0, none: 0 };
    for (let round = 0; round < 200; round++) {
      const names = ['a', 'b'];
      const ranges = ['^1', '^2', '*', '1.0.0', '>=1.1.0'];
      const range = () => ranges[random(ranges.length)]!;
      const versions = ['1.0.0', '1.1.0', '2.0.0'];
      const parts = () =>
        Object.fromEntries(
          names.filter(() => random(3) > 0).map((name) => [name, `${name}@${range()} < rows.x`]),
        );
      const ofBase = new Map(versions.filter(() => random(5) > 0).map((version) => [version, parts()]));
      const own: Record<string, string> =
        random(2) === 0 ? { own: `a@${range()} < rows.x` } : { a: `a@${range()} < rows.x` };
      const there = new Map(names.map((name) => [name, versions.filter(() => random(4) > 0)]));
      const asked = range();
      const workspace = workspaceOf(model('demo', '0.1.0', own, `base@${asked}`), [
        ...[...there].flatMap(([name, all]) => all.map((version) => brick(name, version))),
        ...[...ofBase].map(([version, all]) => model('base', version, all)),
      ]);
      const usable = [...ofBase.keys()].filter((version) => semver.satisfies(version, asked));
      if (usable.length === 0) continue;
      const isSolvable = (base: string) => {
        const all = Object.values({ ...ofBase.get(base), ...own }).map((text) =>
          text.split(' < ')[0]!.split('@'),
        );
        return names.every((name) => {
          const wanted = all.filter(([each]) => each === name).map(([, of]) => of!);
          return (
            wanted.length === 0 ||
            there.get(name)!.some((version) => wanted.every((of) => semver.satisfies(version, of)))
          );
        });
      };
      const best = semver.rsort(usable).find(isSolvable);
      const context = JSON.stringify({ own, asked, ofBase: [...ofBase], there: [...there] });
      const errors = workspace.check('demo').filter(({ severity }) => severity === 'error');
      if (best === undefined) {
        count.none += 1;
        assert.notDeepEqual(errors, [], context);
        continue;
      }
      assert.deepEqual(errors, [], context);
      assert.equal(chosen(workspace).base, best, context);
      count.solved += 1;
      if (best !== semver.rsort(usable)[0]) count.other += 1;
    }
    assert.ok(count.solved > 60 && count.other > 5 && count.none > 15, JSON.stringify(count));
  });
});

function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
