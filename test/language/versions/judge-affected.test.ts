import assert from 'node:assert/strict';
import { SourceFile } from '../../../language/names/source-file';
import type { Host } from '../../../language/rules/rule';
import { type Affected, affected } from '../../../language/versions/judge/affected';
import type { BrickVersion } from '../../../language/versions/judge/version';
import { Workspace } from '../../../language/workspace';
import { encoder, model, points } from '../scene';
import { library } from './judge-pairs';

const brick = encoder.replace(
  'graph:',
  `  states: float32[batch, seq, hidden]
extension_points:
  on_states: { at: states }
graph:
  states: { op: identity, in: table }`,
);

const head = `kind: module
name: span-head
version: 1.0.0
inputs:
  states: float32[batch, seq, width]
outputs:
  scores: float32[batch, seq, 2]
graph:
  scores: { op: dense, in: states, units: 2 }
`;

function told(
  user: string,
  change: (text: string) => string,
  more: Partial<BrickVersion>[] = [],
  base = brick,
): Affected {
  const texts = { 'points.brique.yaml': points, 'head.brique.yaml': head, 'demo.brique.yaml': user };
  const workspace = new Workspace();
  for (const { file, text } of library) workspace.setFile(file, text, 'library');
  for (const [file, text] of Object.entries({ ...texts, 'encoder.brique.yaml': base }))
    workspace.setFile(file, text);
  const errors = workspace.check('demo.brique.yaml').filter(({ severity }) => severity === 'error');
  assert.deepEqual(errors, []);
  const sources = [...library, ...Object.keys(texts).map((file) => workspace.source(file)!)];
  const version = (text: string, index: number): BrickVersion => ({
    source: new SourceFile('encoder.brique.yaml', text, 'workspace'),
    ...more[index],
  });
  const next = change(base).replace('1.2.0', '2.0.0');
  const analysis = workspace.analysis('demo.brique.yaml')!;
  return affected(analysis, version(base, 0), version(next, 1), { sources })!;
}

function places(user: string, { places: found }: Affected): [string, string][] {
  return found.map(({ rule, range }) => [rule, user.slice(range.start, range.end)]);
}

describe('whom a new version breaks', () => {
  const withoutStates = (text: string) =>
    text.replace('  states: float32[batch, seq, hidden]\n', '').replace(/extension_points:\n.*\n/, '');

  it('nobody, where it only adds', () => {
    const { effect } = told(model(), (text) =>
      text.replace('params:', 'params:\n  more: { type: int, default: 1 }'),
    );
    assert.equal(effect, 'safe');
  });

  it('whoever takes the weights of which less is promised', () => {
    const promising = `${brick}weights: weights.safetensors\nguarantees: { kind.accuracy: '>= 0.8' }\n`;
    const lower = (text: string) => text.replace('0.8', '0.7');
    const fresh = told(model(), lower, [], promising);
    assert.deepEqual([fresh.effect, fresh.places], ['safe for you', []]);
    const user = model((text) =>
      text.replace('in: words.tokens }', 'in: words.tokens, weights: pretrained }'),
    );
    const found = told(user, lower, [], promising);
    assert.equal(found.effect, 'breaks you here');
    assert.deepEqual(places(user, found), [['eval-regressed', 'weights: pretrained']]);
  });

  it('not one that does not use what is gone', () => {
    const user = model();
    const found = told(user, withoutStates);
    assert.deepEqual([found.effect, found.places], ['safe for you', []]);
  });

  it('one that is wired to what is gone, at its wire', () => {
    const user = model((text) =>
      text.replace('tasks:', '  spans: { module: span-head@^1, in: encoder.states }\ntasks:'),
    );
    const found = told(user, withoutStates);
    assert.deepEqual(
      [found.effect, places(user, found)],
      ['breaks you here', [['unresolved-port', 'states']]],
    );
  });

  it('one that plugs something in there, at the plug', () => {
    const user = `${model()}plug: { encoder.on_states: std/bottleneck-adapter@^1 }\n`;
    const found = told(user, withoutStates);
    assert.equal(found.effect, 'breaks you here');
    assert.deepEqual(places(user, found), [['hook-unknown', 'on_states']]);
  });

  it('one that sets a param to what it may no longer be, and not one that does not', () => {
    const narrower = (text: string) => text.replace('min: 1, doc', 'min: 1, max: 32, doc');
    const wide = model((text) =>
      text.replace('in: words.tokens }', 'in: words.tokens, params: { hidden: 64 } }'),
    );
    assert.deepEqual(places(wide, told(wide, narrower)), [['invalid-setting', '64']]);
    assert.equal(told(model(), narrower).effect, 'safe for you');
  });

  it('one that has weights of the old version, where they no longer load', () => {
    const larger = (text: string) => text.replace('size: 100', 'size: 200');
    assert.equal(told(model(), larger).effect, 'safe for you');
    const user = model((text) =>
      text.replace('in: words.tokens }', 'in: words.tokens, weights: "run:other" }'),
    );
    const found = told(user, larger);
    assert.deepEqual(places(user, found), [['state-keys-changed', 'weights: "run:other"']]);
  });

  it('not one that takes the weights which the new version ships, whatever those of the old one are', () => {
    const user = model((text) =>
      text.replace('in: words.tokens }', 'in: words.tokens, weights: pretrained }'),
    );
    const workspace = new Workspace();
    for (const { file, text } of library) workspace.setFile(file, text, 'library');
    for (const [file, text] of Object.entries({ points, demo: user, '/old/encoder': brick }))
      workspace.setFile(file, text);
    const shipping = `${brick}weights: weights.safetensors\n`;
    const version = (file: string, text: string) => ({ source: new SourceFile(file, text, 'registry') });
    const asked: string[] = [];
    const host: Host = {
      weights: (manifest) => {
        asked.push(manifest);
        return { shapes: { 'table.table': [100, manifest.startsWith('/new/') ? 32 : 16] } };
      },
    };
    const sources = [...library, workspace.source('points')!];
    const next = version(
      '/new/encoder',
      shipping.replace('default: 16', 'default: 32').replace('1.2.0', '2.0.0'),
    );
    const analysis = workspace.analysis('demo')!;
    const found = affected(analysis, version('/old/encoder', shipping), next, { sources, host })!;
    assert.deepEqual([found.effect, found.places], ['safe for you', []]);
    assert.ok(
      asked.some((manifest) => manifest.startsWith('/new/')),
      asked.join(),
    );
  });

  it('one whose frozen head learnt what the numbers meant', () => {
    const spaced = brick.replace(
      'features: float32[batch, hidden]',
      'features:\n    type: float32[batch, hidden]\n    space: acme/v1',
    );
    const weights = [{ weights: { hash: 'a'.repeat(64) } }, { weights: { hash: 'b'.repeat(64) } }];
    const frozen = model((text) =>
      text.replace('params: { classes: 2 }', 'params: { classes: 2 }, train: frozen'),
    );
    const found = told(frozen, (text) => text, weights, spaced);
    assert.deepEqual(places(frozen, found), [['space-changed', 'encoder.features']]);
    assert.equal(told(model(), (text) => text, weights, spaced).effect, 'safe for you');
    // Its own weights come from a run, and so mean what they meant.
    const own = frozen.replace('in: words.tokens }', 'in: words.tokens, weights: "run:other" }');
    assert.equal(told(own, (text) => text, weights, spaced).effect, 'safe for you');
    assert.equal(told(frozen, (text) => text, weights).effect, 'safe');
  });

  it('tells of defaults that it relies on', () => {
    const found = told(model(), (text) => text.replace('default: 16', 'default: 32'));
    assert.equal(found.effect, 'safe for you');
    assert.deepEqual(
      found.felt.map(({ rule }) => rule),
      ['param-default-changed'],
    );
    const set = model((text) =>
      text.replace('in: words.tokens }', 'in: words.tokens, params: { hidden: 16 } }'),
    );
    assert.deepEqual(told(set, (text) => text.replace('default: 16', 'default: 32')).felt, []);
  });

  it('one that adapts a layer which is called otherwise now, but not where `renames` says so', () => {
    const user = model((text) =>
      text.replace(
        'in: words.tokens }',
        'in: words.tokens, train: { lora: { rank: 2, targets: [table] } } }',
      ),
    );
    const renamed = (text: string) =>
      text.replace('table: { op', 'words: { op').replaceAll('in: table', 'in: words');
    const found = told(user, renamed);
    assert.deepEqual(
      [found.effect, places(user, found)],
      ['breaks you here', [['lora-target-missing', 'table']]],
    );
    const led = told(user, (text) => `${renamed(text)}renames: { table: words }\n`);
    assert.deepEqual([led.effect, led.places], ['safe', []]);
  });

  it('one that keeps to former names, but not where `renames` leads from them', () => {
    const user = model((text) =>
      text.replace('in: words.tokens }', 'in: { tokens: words.tokens }, params: { hidden: 8 } }'),
    );
    const renamed = (text: string) =>
      text.replaceAll('hidden', 'width').replaceAll('tokens', 'ids').replaceAll('features', 'vector');
    const found = told(user, renamed);
    assert.equal(found.effect, 'breaks you here');
    const names = 'renames: { hidden: width, tokens: ids, features: vector }\n';
    const led = told(user, (text) => renamed(text) + names);
    assert.deepEqual([led.effect, led.places], ['safe', []]);
    const planned = (text: string) => {
      const workspace = new Workspace();
      for (const { file, text: own } of library) workspace.setFile(file, own, 'library');
      for (const [file, own] of Object.entries({ points, demo: user, encoder: text }))
        workspace.setFile(file, own);
      const { plan, findings } = workspace.plan('demo');
      assert.ok(plan, findings.map(({ message }) => message).join('\n'));
      return plan.graph.flatMap(({ weights }) => weights.map(({ shape }) => shape));
    };
    assert.deepEqual(planned(renamed(brick) + names), planned(brick));
    assert.ok(planned(brick).some(([, hidden]) => hidden === 8));
  });

  it('nobody who does not use it', () => {
    const user = points.replace('name: points', 'name: others');
    assert.equal(told(user, withoutStates).effect, 'safe');
  });
});
