import assert from 'node:assert/strict';
import { suppressionsIn } from '../../language/rules/suppressions';
import { Workspace } from '../../language/workspace';

const HEAD = `kind: module
name: many
version: 1.0.0
inputs:
  x: float32[batch, 3]
outputs:
  y: float32[batch, 3]
graph:
`;

function checked(text: string) {
  const workspace = new Workspace();
  workspace.setFile('many.brique.yaml', text);
  // Of the processor, so that other work on the machine does not count.
  const start = process.cpuUsage();
  const found = workspace.check('many.brique.yaml');
  const { user, system } = process.cpuUsage(start);
  return { found, ms: (user + system) / 1000 };
}

/** Eight times as much takes eight times as long; twice that is for chance. */
function growsEvenly(textOf: (count: number) => string, count: number): void {
  checked(textOf(count));
  const [few, many] = [count, 8 * count].map((each) => checked(textOf(each)).ms) as [number, number];
  assert.ok(
    many < 16 * Math.max(few, 20),
    `${few.toFixed(0)} ms for ${count}, ${many.toFixed(0)} ms for 8 times as many`,
  );
}

describe('comments that silence', () => {
  it('speak of their own line, or alone of the next line that says something', () => {
    const text = `a: 1 # brique-ignore one, two: both  \n# brique-ignore three\n\n# more\nb: 2\n# brique-ignore four: last`;
    assert.deepEqual(
      suppressionsIn(text).map(({ rule, line, reason }) => [rule, line, reason]),
      [
        ['one', 0, 'both'],
        ['two', 0, 'both'],
        ['three', 4, ''],
        ['four', 5, 'last'],
      ],
    );
  });

  it('may stand in the first line behind a byte order mark', () => {
    const text = '\ufeffa: 1 # brique-ignore one: reason';
    const [first] = suppressionsIn(text);
    assert.equal(text.slice(first!.range.start, first!.range.end), 'one');
  });

  it('cost no more each where there are thousands', () => {
    const alone = (count: number) =>
      `${HEAD}  y: { op: relu, in: x }\n${'  # brique-ignore unused-step: not yet\n'.repeat(count)}  z: { op: relu, in: x }\n`;
    const { found } = checked(alone(50));
    assert.deepEqual(
      new Set(found.map(({ rule }) => rule)),
      new Set(['unused-suppression', 'module-untested', 'card-missing']),
    );
    growsEvenly(alone, 2_000);
  });

  it('cost no more each where each silences something', () => {
    const behind = (count: number) => {
      const steps = Array.from(
        { length: count },
        (_, i) => `  z${i}: { op: relu, in: x } # brique-ignore unused-step: later\n`,
      );
      return `${HEAD}  y: { op: relu, in: x }\n${steps.join('')}`;
    };
    const { found } = checked(behind(50));
    assert.deepEqual(
      found.filter(({ rule }) => /unused/.test(rule)),
      [],
    );
    growsEvenly(behind, 300);
  });
});
