import assert from 'node:assert/strict';
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildOf, KeptFindings } from '../../registry/kept-findings';
import { loadWorkspace } from '../../registry/sources';

const VARIABLES = ['HOME', 'XDG_CACHE_HOME', 'LOCALAPPDATA'] as const;

describe('findings that are kept on disk', () => {
  let root: string;
  let brick: string;
  const before = VARIABLES.map((name) => [name, process.env[name]] as const);

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'brique-kept-'));
    for (const name of VARIABLES) process.env[name] = join(root, 'home');
    brick = join(root, 'one.brique.yaml');
    writeFileSync(brick, 'kind: module\nname: one\nversion: 1.0.0\n');
  });

  afterEach(() => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    rmSync(root, { recursive: true });
  });

  /** Whether the findings of the brick are known without being computed; keeps them. */
  function isKnown(build = 'demo 1', folders = [root]): boolean {
    const { workspace } = loadWorkspace([root]);
    const kept = new KeptFindings(folders, build);
    kept.recall(workspace);
    const known = workspace.isKnown(brick);
    const { workspace: fresh } = loadWorkspace([root]);
    assert.deepEqual(JSON.stringify(workspace.check(brick)), JSON.stringify(fresh.check(brick)));
    kept.keep(workspace);
    return known;
  }

  function file(): string {
    const [path] = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.findings'),
    );
    assert.ok(path);
    return join(root, path);
  }

  it('are taken over by the same build for the same folders', () => {
    assert.equal(isKnown(), false);
    assert.equal(isKnown(), true);
    assert.equal(isKnown('demo 1', [join(root, 'other')]), false);
    assert.equal(isKnown('demo 2'), false);
    assert.equal(isKnown('demo 2'), true);
    writeFileSync(brick, readFileSync(brick, 'utf8').replace('1.0.0', '1.0'));
    assert.equal(isKnown('demo 2'), false);
  });

  it('are made anew where the file is cut off, altered or something else', () => {
    const damages: ((path: string) => void)[] = [
      (path) => truncateSync(path, statSync(path).size - 2),
      (path) => truncateSync(path, 0),
      (path) => writeFileSync(path, readFileSync(path, 'utf8').replace('"workspace"', '"library"')),
      (path) => writeFileSync(path, Buffer.from([0, 255, 10, 13, 1, 2, 3])),
      (path) => writeFileSync(path, `${readFileSync(path, 'utf8').split('\n')[0]}\nnull`),
      (path) => truncateSync(path, 17 * 2 ** 20),
    ];
    for (const damage of damages) {
      isKnown();
      damage(file());
      assert.equal(isKnown(), false);
      assert.equal(isKnown(), true);
    }
  });

  it('lie where only their user can read them, and go when they are old', () => {
    isKnown();
    if (process.platform !== 'win32') assert.equal(statSync(file()).mode & 0o077, 0);
    const old = join(file(), '..', 'old.findings');
    writeFileSync(old, '');
    utimesSync(old, 0, 0);
    isKnown('demo 2');
    assert.deepEqual(
      readdirSync(join(file(), '..')).filter((name) => name === 'old.findings'),
      [],
    );
  });

  it('are of no build where it runs from sources', () => {
    assert.equal(buildOf(__filename), undefined);
  });
});
