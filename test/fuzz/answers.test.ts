import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Workspace } from '../../language/workspace';
import { explore, limit } from './budget';
import { files, loaded } from './corpus';
import { shown, wounded } from './damage';
import { answersHold, findingsHold, overviewHolds, slowest, timed, treeHolds, unpolluted } from './holds';

const workspaces = new Map<Map<string, string>, Workspace>();

/** The workspace that a file lives in, as it is without damage. */
function around(others: Map<string, string>): Workspace {
  const workspace = workspaces.get(others) ?? loaded(others);
  workspaces.set(others, workspace);
  return workspace;
}

const places = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 3, maxLength: 6 });

describe('a damaged file', () => {
  after(() => console.log(`      slowest: ${slowest.name}, ${slowest.ms.toFixed(0)} ms`));

  it('is read and laid out without harm', async () => {
    await explore(0.15, wounded, ({ text }) => treeHolds(text), shown);
  }).timeout(limit(0.15));

  it('gets findings and answers, at every place and in time', async () => {
    const inputs = fc.record({ wound: wounded, places });
    await explore(
      0.4,
      inputs,
      ({ wound: { file, text, others }, places: at }) => {
        const workspace = around(others);
        try {
          workspace.setFile(file, text);
          findingsHold(workspace, file);
          overviewHolds(workspace, file);
          for (const each of at) answersHold(workspace, file, Math.floor(each * text.length));
          for (const other of others.keys()) timed('check of another file', () => workspace.check(other));
          unpolluted();
        } finally {
          workspace.setFile(file, others.get(file)!);
        }
      },
      ({ wound, places: at }) => `${shown(wound)}\nasked at ${at.join(', ')}`,
    );
  }).timeout(limit(0.4));

  it('has the same findings however it came to be, and whenever it is asked', async () => {
    await explore(
      0.1,
      fc.tuple(wounded, wounded),
      ([one, two]) => {
        const workspace = around(one.others);
        const base = one.others.get(one.file)!;
        const now = two.others === one.others ? two : undefined;
        try {
          workspace.setFile(one.file, one.text);
          const first = workspace.check(one.file);
          if (now) workspace.setFile(now.file, now.text);
          workspace.check(one.file);
          if (now) workspace.setFile(now.file, now.others.get(now.file)!);
          workspace.setFile(one.file, one.text);
          assert.deepEqual(workspace.check(one.file), first);
          const fresh = loaded(new Map([...one.others, [one.file, one.text]]));
          assert.deepEqual(fresh.check(one.file), first);
        } finally {
          workspace.setFile(one.file, base);
        }
      },
      ([one, two]) => `${shown(one)}\nand\n${shown(two)}`,
    );
  }).timeout(limit(0.1));

  it('is known from files that are there', () => {
    assert.ok(files.length > 200);
  });
});
