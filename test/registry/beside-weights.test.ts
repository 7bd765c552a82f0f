import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeSafetensors } from '../../engine/data/safetensors';
import { weights } from '../../registry/beside-weights';

describe('what a file of weights beside a brick says', () => {
  let root = '';
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'brique-'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const facts = (file = 'weights.safetensors') => weights(join(root, 'brick.brique.yaml'), file);
  const write = (columns: number, seconds: number) => {
    const kernel = { dtype: 'float32' as const, shape: [2, columns], data: new Float32Array(2 * columns) };
    const file = join(root, 'weights.safetensors');
    writeFileSync(file, writeSafetensors(new Map([['y.kernel', kernel]])));
    utimesSync(file, seconds, seconds);
  };

  it('is the shape of each tensor, read again when the file has changed', () => {
    assert.equal(facts(), 'missing');
    write(3, 1);
    assert.deepEqual(facts(), { shapes: { 'y.kernel': [2, 3] } });
    write(5, 2);
    assert.deepEqual(facts(), { shapes: { 'y.kernel': [2, 5] } });
  });

  it('says what is no file of weights, and looks nowhere else', () => {
    writeFileSync(join(root, 'cut.safetensors'), Buffer.alloc(4));
    const cut = facts('cut.safetensors');
    assert.ok(typeof cut === 'object' && 'broken' in cut);
    assert.match(cut.broken, /`?cut.safetensors`? is no sound safetensors file: its header is cut off/);
    write(3, 1);
    symlinkSync(join(root, 'weights.safetensors'), join(root, 'link.safetensors'));
    assert.equal(facts('link.safetensors'), 'unknown');
    assert.equal(facts('../weights.safetensors'), 'unknown');
  });
});
