import assert from 'node:assert/strict';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generate, writeWorkspace } from '../../bench/language/generate';
import { readHeader, readHeadOfMore } from '../../language/names/header';
import { SourceFile } from '../../language/names/source-file';
import { headOf } from '../../registry/source-text';
import { findSources, libraryFolder, loadWorkspace } from '../../registry/sources';
import { temporaryFolder } from '../engine/data/fixture';

const repository = join(__dirname, '../..');
const fixtures = join(repository, 'test/language/fixtures');
const sets = [
  join(repository, 'examples'),
  libraryFolder(),
  ...readdirSync(fixtures).map((name) => join(fixtures, name)),
];

describe('a workspace that is loaded for few of its files', () => {
  const root = temporaryFolder();

  it('finds in each file alone what is found there when all are checked', () => {
    let findings = 0;
    for (const folder of sets) {
      const { workspace, files } = loadWorkspace([folder]);
      // Every so many of the fixtures, for each is loaded anew.
      const every = folder.startsWith(fixtures) ? 3 : 1;
      for (const file of files.filter((_, i) => i % every === 0)) {
        const alone = loadWorkspace([folder, file], { isForFew: true }).workspace.check(file);
        assert.deepEqual(alone, workspace.check(file), file);
        findings += alone.length;
      }
    }
    assert.ok(findings > 150, `${findings}`);
  });

  it('also where many files have the same names', () => {
    const { workspace, files } = loadWorkspace([fixtures]);
    const some = files.filter((_, i) => i % 11 === 0);
    const { workspace: few } = loadWorkspace([fixtures], { isForFew: true });
    for (const file of some.toReversed()) assert.deepEqual(few.check(file), workspace.check(file), file);
  });

  it('reads only what these need', () => {
    writeWorkspace(root(), generate(300));
    const file = join(root(), 'models/model-0049.brique.yaml');
    const { workspace: all } = loadWorkspace([root()]);
    const { workspace, files } = loadWorkspace([root(), file], { isForFew: true });
    const needed = new Set([file, ...namedIn(file)]);
    const others = files.filter((each) => !needed.has(each));
    assert.ok(others.length > 250, `${others.length}`);
    for (const other of others) rmSync(other);
    const found = workspace.check(file);
    assert.equal(found[0]?.severity, 'error');
    assert.deepEqual(found, all.check(file));
  });

  /** The files of all bricks that a file names, and so on; files are called as what is in them. */
  function namedIn(file: string): string[] {
    const byName = new Map(findSources(root()).map((each) => [/([\w-]+)\.brique/.exec(each)![1]!, each]));
    const found = new Set([file, join(root(), 'workspace.brique.yaml')]);
    for (const each of found)
      for (const [name] of readFileSync(each, 'utf8').matchAll(/[a-z][\w-]*/g)) {
        const path = byName.get(name);
        if (path !== undefined) found.add(path);
      }
    return [...found];
  }
});

describe('the head of a file', () => {
  const root = temporaryFolder();
  const sources = [...sets.flatMap((folder) => findSources(folder))];

  it('says what the file says, wherever it is cut', () => {
    let known = 0;
    for (const file of sources) {
      const text = readFileSync(file, 'utf8');
      for (let end = text.indexOf('\n'); end >= 0 && end < 600; end = text.indexOf('\n', end + 1)) {
        const head = readHeadOfMore(text.slice(0, end + 1));
        if (!head) continue;
        known += 1;
        assert.deepEqual(head, new SourceFile(file, text, 'workspace').header, file);
      }
    }
    assert.ok(known > 1_000, `${known}`);
  });

  it('leaves open what may go on', () => {
    assert.equal(readHeadOfMore('kind: module\nname: a\nversion: 1.0.0\n'), undefined);
    assert.equal(readHeadOfMore('kind: module\nname: a\nversion: 1.0.0\n\n'), undefined);
    assert.equal(readHeadOfMore('kind: module\nname: a\nversion: 1.0.0\n#')?.name, 'a');
    assert.equal(readHeader('kind: module\nname: a\nversion: 1.0.0\n')?.name, 'a');
  });

  it('is all of a short file, and of one that is too long', () => {
    const path = join(root(), 'a.brique.yaml');
    const texts = [
      '',
      'kind: module\n',
      `# ä${'é'.repeat(2_000)}\nkind: module\n`,
      `#${'a'.repeat(2 ** 20)}\n`,
    ];
    for (const text of [...texts, `kind: module\n${'# é\n'.repeat(2 ** 18)}`]) {
      writeFileSync(path, text);
      assert.equal(headOf(path), text);
    }
  });

  it('is whole lines, and the rest is there when it is asked for', () => {
    const path = join(root(), 'b.brique.yaml');
    for (const lines of [1_000, 1_024, 1_025, 5_000]) {
      const text = `kind: module\n${'é'.repeat(499)}\n${'x: ü\n'.repeat(lines)}`;
      writeFileSync(path, text);
      const head = headOf(path);
      assert.ok(typeof head === 'object');
      assert.ok(text.startsWith(head.head) && head.head.endsWith('\n'));
      assert.equal(head.read(), text);
    }
  });
});
