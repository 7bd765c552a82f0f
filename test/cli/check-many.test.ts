import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { loadWorkspace } from '../../registry/sources';
import { brique, needsBundle } from './brique';

/** So many that they are shared between processors, where there are several. */
const MANY = 450;

/** Bricks of ops, and bricks that use them; every tenth names an op that there is none of. */
function brick(i: number): string {
  const first = i < 10 ? '{ op: relu, in: x }' : `{ module: brick-${i % 10}@^1, in: { x: x } }`;
  return `kind: module
name: brick-${i}
version: 1.0.0
inputs: { x: 'float32[batch, ${i % 7 === 6 ? 'wide' : 'size'}]' }
outputs: { y: 'float32[batch, size]' }
graph:
  before: ${first}
  y: { op: ${i % 10 === 9 ? 'reluu' : 'relu'}, in: before${i < 10 ? '' : '.y'} }
`;
}

async function check(folder: string, wrong: number, ...options: string[]): Promise<void> {
  const { code, stdout } = await brique(folder, 'check', '--format', 'json', ...options, '.');
  assert.equal(code, 1);
  const { findings } = JSON.parse(stdout) as {
    findings: { file: string; rule: string; message: string }[];
  };
  const { workspace, files } = loadWorkspace([folder]);
  const alone = files.flatMap((file) => workspace.check(file));
  assert.equal(alone.filter(({ rule }) => rule === 'unresolved-op').length, wrong);
  assert.deepEqual(
    findings.map(({ file, rule, message }) => [basename(file), rule, message]),
    alone.map(({ file, rule, message }) => [basename(file), rule, message]),
  );
}

describe('brique check of many files', () => {
  needsBundle();

  it('finds, in the same order, what one after the other finds', async () => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'brique-many-')));
    try {
      writeFileSync(join(folder, 'workspace.brique.yaml'), 'kind: workspace\nname: many\n');
      for (let i = 0; i < MANY; i++) writeFileSync(join(folder, `brick-${i}.brique.yaml`), brick(i));
      await check(folder, MANY / 10);
      // Of what an earlier check has found, what no longer holds is not told.
      writeFileSync(join(folder, 'brick-19.brique.yaml'), brick(18).replace('brick-18', 'brick-19'));
      writeFileSync(
        join(folder, 'brick-0.brique.yaml'),
        brick(0).replace('name: brick-0', 'name: brick-zero'),
      );
      await check(folder, MANY / 10 - 1);
      await check(folder, MANY / 10 - 1, '--no-cache');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
