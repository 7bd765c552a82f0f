import assert from 'node:assert/strict';
import type { Gradual } from '../../language/gradual';
import { Workspace } from '../../language/workspace';
import { longBrick } from './long-brick';

const FILE = '/w/large.brique.yaml';

/** Processor time of all steps and of the longest: other work on the machine does not count. */
function timesOf(work: Gradual<unknown>): { all: number; longest: number } {
  let [all, longest] = [0, 0];
  for (;;) {
    const start = process.cpuUsage();
    const step = work.next();
    const { user, system } = process.cpuUsage(start);
    all += user + system;
    longest = Math.max(longest, user + system);
    if (step.done) return { all, longest };
  }
}

describe('a long file', () => {
  const text = longBrick(12_000);

  it('is computed in steps of which none takes long', () => {
    const workspace = new Workspace();
    const shares = Array.from({ length: 6 }, (_, round) => {
      workspace.setFile(FILE, text.replace('One very', `${round} very`));
      const { all, longest } = timesOf(workspace.preparing(FILE));
      assert.ok(workspace.isReady(FILE));
      return longest / all;
    });
    // A step may be hit by the collector of garbage, but not in every round.
    const share = Math.min(...shares);
    assert.ok(share < 1 / 5, `${share}`);
  });

  it('has the findings of a fresh workspace after every edit', () => {
    const workspace = new Workspace();
    workspace.setFile(FILE, text);
    workspace.check(FILE);
    const middle = Math.floor(text.length / 2);
    const node = text.indexOf('  node_', middle);
    let current = text;
    for (const [at, length, put] of [
      [node, 0, '  extra: { op: relu, in: nothing }\n'],
      [node, 0, '  half\n'],
      [node, 7, ''],
      [node, 0, '  open: { op: relu, in: [states\n'],
      [0, 0, '# a comment\n'],
      [text.indexOf('summary'), 1, 'S'],
    ] as const) {
      current = current.slice(0, at) + put + current.slice(at + length);
      workspace.setFile(FILE, current);
      timesOf(workspace.preparing(FILE));
      const fresh = new Workspace();
      fresh.setFile(FILE, current);
      assert.deepEqual(workspace.check(FILE), fresh.check(FILE));
    }
  });
});
