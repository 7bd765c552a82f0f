/** What a test of a brick finds when it runs. */
import assert from 'node:assert/strict';
import { givenValue } from '../../../engine/probe/given';
import { type ProbeResult, probe } from '../../../engine/probe/probe';
import type { PlanType } from '../../../language/plan/format';
import { Workspace } from '../../../language/workspace';
import { forEachExecutor } from '../executors';

const FILE = 'brick.brique.yaml';

function brick(graph: string, test: string, more = ''): Workspace {
  const workspace = new Workspace();
  workspace.setFile(
    FILE,
    `kind: module
name: brick
version: 1.0.0
inputs:
  numbers: float32[batch, width]
outputs:
  result: float32[batch, width]
${more}graph:
${graph}
tests:
  - name: it
${test}
`,
  );
  return workspace;
}

forEachExecutor('probe', (executor) => {
  async function run(workspace: Workspace): Promise<ProbeResult> {
    const [declared, ...others] = workspace.tests(FILE);
    assert.deepEqual(others, []);
    assert.ok(declared?.test, declared?.failure?.message);
    return probe(declared.test, declared.at, executor());
  }

  const simple = '    given: { numbers: "random[3, 2]" }\n    expect: { result: "float32[3, 2]" }';

  it('passes what is right', async () => {
    const result = await run(brick('  result: { op: tanh, in: numbers }', simple));
    assert.deepEqual(result, { status: 'passed' });
  });

  it('makes random numbers as a test writes them', async () => {
    const text = (given: string) =>
      brick(
        '  result: { op: identity, in: numbers }',
        `    given: { numbers: "${given}" }\n    expect: { result: { type: "float32[3, 2]", range: [0.25, 0.5] } }`,
      );
    assert.deepEqual(await run(text('random[3, 2] from 0.25 to 0.5 seed 3')), { status: 'passed' });
    assert.equal((await run(text('random[3, 2] seed 3'))).status, 'failed');
  });

  it('finds numbers that are not finite, and says where', async () => {
    const zeros = '    given: { numbers: [[1, 2], [3, 0], [4, 5]] }\n    expect: { result: "float32[3, 2]" }';
    const result = await run(brick('  result: { op: divide, in: [numbers, numbers] }', zeros));
    assert.deepEqual(result, {
      status: 'failed',
      failure: {
        message: '`result` holds a number that is not finite',
        at: { file: FILE, line: 13 },
        expected: 'float32[3, 2]',
        got: 'NaN at [1, 1]',
      },
    });
  });

  describe('holds numbers against', () => {
    const given = '    given: { numbers: [[0, 0], [0, 1]] }\n';
    const tried = (op: string, expect: string) =>
      run(
        brick(
          `  result: { op: ${op}, in: numbers }`,
          `${given}    expect: { result: { type: "float32[2, 2]", ${expect} } }`,
        ),
      );
    const cases: [string, string, string | undefined][] = [
      ['softmax', 'range: [0, 1], sums_to_one: true', undefined],
      ['softmax', 'close_to: [[0.5, 0.5], [0.268941, 0.731059]]', undefined],
      ['softmax', 'close_to: [[0.5, 0.5], [0.27, 0.73]], tolerance: 0.01', undefined],
      ['sigmoid', 'range: [0, 0.6]', '`result` holds a number outside its range'],
      ['tanh', 'sums_to_one: true', '`result` does not sum to one along its last axis'],
      ['softmax', 'close_to: [[0.5, 0.5], [0.27, 0.73]]', '`result` holds another number than expected'],
    ];
    for (const [op, expect, message] of cases)
      it(`${expect} of ${op}`, async () => {
        const result = await tried(op, expect);
        assert.equal(result.status === 'failed' ? result.failure.message : undefined, message);
        assert.equal(result.status, message === undefined ? 'passed' : 'failed');
      });

    it('lists of another shape, without running', () => {
      const [declared] = brick(
        '  result: { op: tanh, in: numbers }',
        `${given}    expect: { result: { type: "float32[2, 2]", close_to: [1, 2] } }`,
      ).tests(FILE);
      assert.match(declared!.failure!.message, /`close_to` needs lists of numbers/);
    });
  });

  it('finds a training step whose numbers are too large', async () => {
    const graph = `  sized: { op: dense, in: numbers, units: $width }
  result: { op: scale, in: sized, factor: 1.0e+30 }`;
    const result = await run(brick(graph, simple, 'params:\n  width: { type: int, default: 2 }\n'));
    assert.deepEqual(result, {
      status: 'failed',
      failure: {
        message: 'the loss of a training step is not finite',
        at: { file: FILE, line: 14 },
        expected: 'a finite number',
        got: 'Infinity',
      },
    });
  });

  it('finds ids outside a table when it runs, at the node', async () => {
    const workspace = brick(
      '  ids: { op: cast, in: numbers, to: int32 }\n  rows: { op: embedding, in: ids, size: 3, dim: 4 }\n  result: { op: mean, in: rows, axis: -1 }',
      '    given: { numbers: [[0, 1], [2, 7]] }\n    expect: { result: "float32[2, 2]" }',
    );
    const result = await run(workspace);
    assert.ok(result.status === 'failed');
    assert.match(result.failure.message, /^rows could not be computed: .*gather/);
    assert.deepEqual(result.failure.at, { file: FILE, line: 10 });
  });
});

describe('tests of bricks, before they run', () => {
  const line = '  result: { op: tanh, in: numbers }';
  const failures: [name: string, workspace: Workspace, line: number, message: RegExp][] = [
    [
      'a value that there is not',
      brick(line, '    given: { numbers: "zero[3, 2]" }\n    expect: { result: "float32[3, 2]" }'),
      12,
      /`zero\[3, 2\]` is no value for float32\[batch, width\]: one of `zeros/,
    ],
    [
      'sizes that are not numbers',
      brick(line, '    given: { numbers: "ones[3, n]" }\n    expect: { result: "float32[3, 2]" }'),
      12,
      /`ones\[3, n\]` cannot be made: its sizes are not all numbers/,
    ],
    [
      'values that no machine holds',
      brick(line, '    given: { numbers: "ones[300000, 2000]" }\n    expect: { result: "float32[_, _]" }'),
      12,
      /is too large to try/,
    ],
    [
      'lists of different lengths',
      brick(line, '    given: { numbers: [[1, 2], [3]] }\n    expect: { result: "float32[2, 2]" }'),
      12,
      /is no value/,
    ],
    [
      'an input that is not given',
      brick(line, '    given: {}\n    expect: { result: "float32[3, 2]" }'),
      11,
      /the input `numbers` is not given/,
    ],
    [
      'what contradicts the ports',
      brick(line, '    given: { numbers: "ones[3, 2]" }\n    expect: { result: "float32[3, 4]" }'),
      13,
      /2, not 4|4, not 2/,
    ],
    [
      'a param out of its bounds',
      brick(
        line,
        '    params: { size: 0 }\n    given: { numbers: "ones[3, 2]" }\n    expect: { result: "float32[3, 2]" }',
        'params:\n  size: { type: int, default: 1, min: 1 }\n',
      ),
      14,
      /`size` must be at least 1, not 0/,
    ],
    [
      'a condition of the brick that does not hold',
      brick(
        line,
        '    params: { size: 3 }\n    given: { numbers: "ones[3, 2]" }\n    expect: { result: "float32[3, 2]" }',
        'params:\n  size: { type: int, default: 1, min: 1 }\nwhere: width % size == 0\n',
      ),
      15,
      /`width % size == 0` does not hold with these sizes/,
    ],
    [
      'an error in the brick itself',
      brick(
        '  result: { op: tanhh, in: numbers }',
        '    given: { numbers: "ones[3, 2]" }\n    expect: { result: "float32[3, 2]" }',
      ),
      9,
      /tanhh/,
    ],
  ];
  for (const [name, workspace, at, message] of failures) {
    it(name, () => {
      const [declared] = workspace.tests(FILE);
      assert.equal(declared?.test, undefined);
      assert.match(declared?.failure?.message ?? '', message);
      assert.equal(declared?.failure?.at.line, at);
    });
  }

  it('what only the given sizes contradict says what was expected', () => {
    const workspace = new Workspace();
    workspace.setFile(
      FILE,
      `kind: module
name: brick
version: 1.0.0
inputs:
  numbers: float32[batch, width]
outputs:
  result: float32[batch, _]
graph:
  result: { op: concat, in: [numbers, numbers] }
tests:
  - name: it
    given: { numbers: "ones[3, 2]" }
    expect: { result: "float32[3, 5]" }
`,
    );
    assert.deepEqual(workspace.tests(FILE)[0]?.failure, {
      message: '`result` has another type',
      at: { file: FILE, line: 13 },
      expected: 'float32[3, 5]',
      got: 'float32[3, 4]',
    });
  });

  it('lists choose the element type where a port takes several', () => {
    const workspace = new Workspace();
    workspace.setFile(
      FILE,
      `kind: module
name: brick
version: 1.0.0
inputs:
  numbers: num[batch, width]
outputs:
  result: num[batch, width]
graph:
  result: { op: identity, in: numbers }
tests:
  - name: whole
    given: { numbers: [[1, 2], [3, 4]] }
    expect: { result: "int32[2, 2]" }
  - name: parts
    given: { numbers: [[1, 2.5], [3, 4]] }
    expect: { result: "float32[2, 2]" }
`,
    );
    assert.deepEqual(
      workspace
        .tests(FILE)
        .map(({ failure, test }) => [failure, test?.plan.data[0]?.columns[0]?.value.dtype]),
      [
        [undefined, 'int32'],
        [undefined, 'float32'],
      ],
    );
  });

  it('code in another language is skipped', () => {
    const workspace = new Workspace();
    workspace.setFile(
      FILE,
      `kind: module
name: brick
version: 1.0.0
inputs:
  numbers: float32[batch, width]
outputs:
  result: float32[batch, width]
python: acme.bricks:Brick
tests:
  - name: it
    given: { numbers: "ones[3, 2]" }
    expect: { result: "float32[3, 2]" }
`,
    );
    assert.match(workspace.tests(FILE)[0]?.skipped ?? '', /python/);
  });
});

describe('given values', () => {
  const type = (dtype: PlanType['dtype'], ...shape: number[]): PlanType => ({ dtype, shape });
  const numbers = (value: ReturnType<typeof givenValue>): (string | number)[] =>
    value.kind === 'tensor' ? [...value.tensor.data] : value.kind === 'text' ? value.values : [];

  it('count, repeat and stay the same', () => {
    assert.deepEqual(numbers(givenValue('x', type('int32', 2, 2), { fill: 'arange' })), [0, 1, 2, 3]);
    assert.deepEqual(numbers(givenValue('x', type('float32', 3), { fill: 'ones' })), [1, 1, 1]);
    assert.deepEqual(numbers(givenValue('x', type('bool', 2), { values: [true, false] })), [1, 0]);
    assert.deepEqual(numbers(givenValue('x', type('string', 2), { values: ['a', 3] })), ['a', '3']);
    const random = () => numbers(givenValue('x', type('float32', 8), { fill: 'random' }));
    assert.deepEqual(random(), random());
    assert.equal(new Set(random()).size, 8);
  });

  it('random whole numbers are 0 or 1, random bytes anything', () => {
    const whole = numbers(givenValue('x', type('int32', 200), { fill: 'random' }));
    assert.deepEqual([...new Set(whole)].sort(), [0, 1]);
    const bytes = numbers(givenValue('x', type('uint8', 2000), { fill: 'random' })) as number[];
    assert.ok(Math.min(...bytes) < 10 && Math.max(...bytes) > 245 && Math.max(...bytes) < 256);
  });

  it('random numbers keep to their range, and another seed gives others', () => {
    const made = (dtype: 'int32' | 'float32', seed?: number) =>
      numbers(givenValue('x', type(dtype, 400), { fill: 'random', range: [-3, 6], seed })) as number[];
    const whole = new Set(made('int32'));
    assert.deepEqual(
      [...whole].sort((a, b) => a - b),
      [-3, -2, -1, 0, 1, 2, 3, 4, 5, 6],
    );
    const real = made('float32');
    assert.ok(
      Math.min(...real) >= -3 && Math.max(...real) <= 6 && real.some((value) => !Number.isInteger(value)),
    );
    assert.deepEqual(made('int32', 7), made('int32', 7));
    assert.notDeepEqual(made('int32', 7), made('int32', 8));
  });
});
