import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { publish } from '../../registry/published/publish';
import { temporaryFolder } from '../engine/data/fixture';
import { brique, needsBundle } from './brique';

const OLD = `kind: module
name: halve
version: 1.4.0
inputs:
  x: float32[batch, 8]
outputs:
  y: float32[batch, 4]
graph:
  y: { op: dense, in: x, units: 4 }
`;
const NEXT = OLD.replace('1.4.0', '1.4.1').replace('batch, 4]', 'batch, 2]').replace('units: 4', 'units: 2');

describe('brique diff', () => {
  needsBundle();
  const root = temporaryFolder();

  async function differing(next: string, ...options: string[]) {
    writeFileSync(join(root(), 'old.brique.yaml'), OLD);
    writeFileSync(join(root(), 'new.brique.yaml'), next);
    return brique(root(), 'diff', 'old.brique.yaml', 'new.brique.yaml', ...options);
  }

  it('says what breaks, where, and what the number must be', async () => {
    const { code, stdout, stderr } = await differing(NEXT);
    assert.equal(code, 1);
    assert.match(stdout, /^bump +surface +change +lines +what$/m);
    assert.match(
      stdout,
      /^major +call +output-widened +7 → 7 +The output `y` was float32\[batch, 4\] and is float32\[batch, 2\]$/m,
    );
    assert.match(
      stdout,
      /^major +load +state-keys-changed +9 → 9 +`y.kernel` had the shape \[8, 4\] and has \[8, 2\]/m,
    );
    assert.match(
      stderr,
      /halve 1\.4\.0 → 1\.4\.1: major \(call major, load major, behave minor\); the new number must be at least 2\.0\.0/,
    );
  });

  it('is content with a number that goes far enough, and with docs', async () => {
    assert.equal((await differing(NEXT.replace('1.4.1', '2.0.0'))).code, 0);
    const docs = await differing(OLD.replace('1.4.0', '1.4.1').replace('inputs', 'summary: Halves.\ninputs'));
    assert.deepEqual([docs.code, docs.stdout.split('\n').length], [0, 3]);
    const same = await differing(OLD);
    assert.deepEqual([same.code, same.stdout], [0, '']);
    assert.match(same.stderr, /Nothing changed/);
  });

  it('advises a larger number where only what is computed shows the change', async () => {
    const thinned = (version: string, rate: number) =>
      OLD.replace('1.4.0', version)
        .replace('inputs:', `params:\n  rate: { type: float, default: ${rate} }\ninputs:`)
        .replace('in: x,', 'in: thin,')
        .replace('graph:', 'graph:\n  thin: { op: dropout, in: x, rate: $rate }');
    writeFileSync(join(root(), 'old.brique.yaml'), thinned('1.4.0', 0.1));
    writeFileSync(join(root(), 'new.brique.yaml'), thinned('1.5.0', 0.4));
    const { code, stdout, stderr } = await brique(root(), 'diff', 'old.brique.yaml', 'new.brique.yaml');
    assert.equal(code, 0);
    assert.match(
      stdout,
      /^major +behave +param-default-changed .*; where nobody sets it, `thin` \(dropout\) has `rate` 0\.4/m,
    );
    assert.match(stderr, /the new number should be at least 2\.0\.0\nNo check of a user fails for it/);
  });

  it('gives one JSON document, with the user that breaks', async () => {
    const { code, stdout } = await differing(NEXT, '--json');
    const document = JSON.parse(stdout);
    assert.deepEqual(
      [code, document.required, document.least, document.enough, document.surfaces.space],
      [1, 'major', '2.0.0', false, 'none'],
    );
    const [change] = document.changes;
    assert.deepEqual(
      [change.rule, change.severity, change.next],
      ['output-widened', 'error', { file: 'new.brique.yaml', line: 7, column: 3 }],
    );
    assert.match(change.witness.files[0].text, /module: halve/);
    assert.deepEqual(change.fixes, ['Give float32[batch, 4] again']);
  });

  it('says that a version is wrong in itself', async () => {
    const wrong = OLD.replace('1.4.0', '1.4.1').replace('units: 4', 'units: 5');
    const { code, stdout, stderr } = await differing(wrong);
    assert.equal(code, 1);
    assert.match(
      stderr,
      /new\.brique\.yaml has an error of its own, so that this verdict may change: .*axis 1 is 5, not 4/,
    );
    assert.doesNotMatch(stdout, /has an error/);
    const { broken } = JSON.parse((await differing(wrong, '--json')).stdout);
    assert.deepEqual([broken.length, broken[0].label, broken[0].errors], [1, 'new.brique.yaml', 1]);
    assert.deepEqual(JSON.parse((await differing(NEXT, '--json')).stdout).broken, []);
  });

  it('looks into what only a registry has', async () => {
    const layer = (version: string, units: number) => `kind: module
name: layer
version: ${version}
inputs: { x: 'float32[batch, 8]' }
outputs: { y: 'float32[batch, ${units}]' }
graph:
  y: { op: dense, in: x, units: ${units} }
`;
    for (const [version, units] of [
      ['1.0.0', 4],
      ['2.0.0', 6],
    ] as const)
      await publish(join(root(), '.brique/registry'), { manifest: layer(version, units), files: {} });
    const own = (version: string, range: string) => `kind: module
name: own
version: ${version}
inputs: { x: 'float32[batch, 8]' }
outputs: { y: 'float32[batch, 2]' }
graph:
  h: { module: layer@${range}, in: x }
  y: { op: dense, in: h, units: 2 }
`;
    writeFileSync(join(root(), 'old.brique.yaml'), own('1.0.0', '^1'));
    writeFileSync(join(root(), 'new.brique.yaml'), own('1.1.0', '^2'));
    const { code, stdout } = await brique(root(), 'diff', 'old.brique.yaml', 'new.brique.yaml');
    assert.equal(code, 1);
    assert.match(
      stdout,
      /^major +load +state-keys-changed .*`h\/y\.kernel` had the shape \[8, 4\] and has \[8, 6\]/m,
    );
  });

  it('shows that user on demand', async () => {
    const { stdout } = await differing(NEXT, '--witness');
    assert.match(stdout, /^output-widened: right with the old version, and with the new one:$/m);
    assert.match(stdout, /^ {2}\| {5}module: halve$/m);
  });

  it('compares a published version with the file in hand', async () => {
    await publish(join(root(), '.brique/registry'), { manifest: OLD, files: {} });
    writeFileSync(join(root(), 'new.brique.yaml'), NEXT);
    const { code, stderr } = await brique(root(), 'diff', 'halve@1.4.0', 'new.brique.yaml');
    assert.equal(code, 1);
    assert.match(stderr, /the new number must be at least 2\.0\.0/);
    const other = await brique(root(), 'diff', 'halve@1.3.0', 'new.brique.yaml');
    assert.match(other.stderr, /halve has no version 1\.3\.0 in the registry; it has 1\.4\.0/);
  });

  it('says what it needs where it is used wrongly', async () => {
    await differing(NEXT);
    const ask = (...args: string[]) => brique(root(), 'diff', ...args);
    const missing = await ask('old.brique.yaml', 'newer.brique.yaml');
    assert.deepEqual([missing.code, missing.stdout], [2, '']);
    assert.match(missing.stderr, /There is no file newer\.brique\.yaml/);
    assert.match((await ask('halve', 'new.brique.yaml')).stderr, /neither a file .* nor name@version/);
    assert.match((await ask('halve@1.0.0', 'new.brique.yaml')).stderr, /There is no halve in the registry/);
    writeFileSync(join(root(), 'other.brique.yaml'), OLD.replace('name: halve', 'name: third'));
    assert.match((await ask('old.brique.yaml', 'other.brique.yaml')).stderr, /not one brick/);
    writeFileSync(join(root(), 'data.brique.yaml'), 'kind: dataset\nname: halve\n');
    assert.match((await ask('old.brique.yaml', 'data.brique.yaml')).stderr, /is no brick/);
    const torn = await differing(NEXT.replace('graph:', 'graph: ['));
    assert.deepEqual([torn.code, torn.stdout], [2, '']);
    assert.match(torn.stderr, /new\.brique\.yaml:\d+ cannot be read: /);
  });

  it('says what is wrong with a number where nothing else is, and what nobody proves', async () => {
    const lower = await differing(OLD.replace('1.4.0', '1.3.0'));
    assert.equal(lower.code, 1);
    assert.match(lower.stderr, /Nothing changed .* of halve, but 1\.3\.0 is below 1\.4\.0/);
    const short = await differing(OLD.replace('1.4.0', '1.40'));
    assert.match(short.stderr, /`1\.40` is no version/);
    const open = await differing(OLD.replace('1.4.0', '1.5.0').replace('batch, 4]', 'batch, _]'));
    assert.equal(open.code, 0);
    assert.match(open.stdout, /^major +call +output-widened .*; the old version promises it in writing/m);
    assert.match(open.stderr, /should be at least 2\.0\.0\nNo check of a user fails for it/);
    const code = (version: string, rate: number) =>
      OLD.replace('1.4.0', version).replace(
        /graph:.*/s,
        `params: { rate: { type: float, default: ${rate} } }\npython: halves:Halve\n`,
      );
    writeFileSync(join(root(), 'old.brique.yaml'), code('1.4.0', 0.1));
    writeFileSync(join(root(), 'new.brique.yaml'), code('1.5.0', 0.2));
    const unknown = await brique(root(), 'diff', 'old.brique.yaml', 'new.brique.yaml');
    assert.equal(unknown.code, 0);
    assert.match(unknown.stdout, /^major\? +behave +param-default-changed/m);
    assert.match(unknown.stderr, /major\?: no user was found that it breaks, so it counts as minor/);
  });
});
