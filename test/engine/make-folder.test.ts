import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { failureOf } from '../../engine/failure';
import { makeFolder } from '../../engine/make-folder';
import { temporaryFolder } from './data/fixture';

describe('making a folder', () => {
  const root = temporaryFolder();
  const codeOf = (path: string): string => {
    try {
      makeFolder(path);
    } catch (error) {
      return failureOf(error).code;
    }
    return 'made';
  };

  it('makes those above it, and says what stands in the way', () => {
    assert.equal(codeOf(join(root(), 'a/b/c')), 'made');
    assert.ok(existsSync(join(root(), 'a/b/c')));
    writeFileSync(join(root(), 'file'), '');
    assert.equal(codeOf(join(root(), 'file/b')), 'not-a-folder');
    symlinkSync('nowhere', join(root(), 'link'));
    assert.equal(codeOf(join(root(), 'link/b')), 'not-there');
  });

  it('says that a file system is read-only', function () {
    const own = ['--user', '--map-root-user', '--mount', 'sh', '-c'];
    const mount = `mount -t tmpfs -o ro none '${root()}'`;
    // Only Linux can give a process a file system of its own, and not everywhere may anyone ask for it.
    if (spawnSync('unshare', [...own, mount]).status !== 0) this.skip();
    const file = JSON.stringify(join(__dirname, '../../engine'));
    const script = `
      const { makeFolder } = require(${file} + '/make-folder');
      const { failureOf } = require(${file} + '/failure');
      try { makeFolder('${root()}/.brique/cache'); } catch (error) { console.log(failureOf(error).code); }`;
    const node = `'${process.execPath}' --require tsx/cjs -e '${script.replaceAll("'", `'\\''`)}'`;
    assert.equal(
      execFileSync('unshare', [...own, `${mount} && ${node}`], { encoding: 'utf8' }),
      'read-only\n',
    );
  });
});
