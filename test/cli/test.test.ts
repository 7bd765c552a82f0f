import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../engine/data/fixture';
import { brique, needsBundle, start } from './brique';

const brick = (name: string, tests: string) => `kind: module
name: ${name}
version: 1.0.0
inputs:
  numbers: float32[batch, width]
outputs:
  result: float32[batch, width]
graph:
  halves: { op: divide, in: [numbers, numbers] }
  result: { op: multiply, in: [halves, numbers] }
tests:
${tests}`;

const GOOD = `  - name: passes
    given: { numbers: "ones[3, 2]" }
    expect: { result: "float32[3, 2]" }
`;
const BAD = `  - name: divides by zero
    given: { numbers: "zeros[3, 2]" }
    expect: { result: "float32[3, 2]" }
`;

const time = / {2}\d+ ms$/gm;

describe('brique test', () => {
  needsBundle();
  const root = temporaryFolder();
  const write = (file: string, text: string) => writeFileSync(join(root(), file), text);

  it('runs the tests of all bricks of a workspace, a line each', async () => {
    write('good.brique.yaml', brick('good', GOOD));
    write('other.brique.yaml', brick('other', GOOD + GOOD.replace('passes', 'again')));
    const { code, stdout, stderr } = await brique(root(), 'test');
    assert.equal(stdout.replaceAll(time, ''), '✓ good: passes\n✓ other: passes\n✓ other: again\n', stderr);
    assert.match(stderr, /^3 passed of 3 tests in 2 bricks, [\d.]+ s\n$/);
    assert.equal(code, 0);
  });

  it('says what failed, where, what was expected and what came', async () => {
    write('bad.brique.yaml', brick('bad', GOOD + BAD));
    const { code, stdout, stderr } = await brique(root(), 'test', '--quiet');
    assert.equal(
      stdout.replaceAll(time, ''),
      [
        '✗ bad: divides by zero',
        '    bad.brique.yaml:17 `result` holds a number that is not finite',
        '      expected float32[3, 2]',
        '      got      NaN at [0, 0]',
        '',
      ].join('\n'),
    );
    assert.deepEqual([code, stderr], [1, '']);
  });

  it('gives one JSON document', async () => {
    write('bad.brique.yaml', brick('bad', GOOD + BAD));
    const { code, stdout, stderr } = await brique(root(), 'test', '--json');
    assert.deepEqual([code, stderr], [1, '']);
    const { tests, summary } = JSON.parse(stdout);
    assert.deepEqual(
      tests.map(({ module, name, file, line, status }: Record<string, unknown>) => [
        module,
        name,
        file,
        line,
        status,
      ]),
      [
        ['bad', 'passes', 'bad.brique.yaml', 12, 'passed'],
        ['bad', 'divides by zero', 'bad.brique.yaml', 15, 'failed'],
      ],
    );
    assert.deepEqual([summary.passed, summary.failed, summary.skipped], [1, 1, 0]);
    assert.deepEqual(tests[1].failure, {
      message: '`result` holds a number that is not finite',
      expected: 'float32[3, 2]',
      got: 'NaN at [0, 0]',
      file: 'bad.brique.yaml',
      line: 17,
    });
  });

  it('tells events as they happen', async () => {
    write('bad.brique.yaml', brick('bad', GOOD + BAD));
    const { stdout } = await brique(root(), 'test', '--format', 'events');
    const events = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    assert.deepEqual(
      events.map(({ type, name, status }) => [type, name, status]),
      [
        ['test_started', 'passes', undefined],
        ['test_ended', 'passes', 'passed'],
        ['test_started', 'divides by zero', undefined],
        ['test_ended', 'divides by zero', 'failed'],
        ['tests_ended', undefined, undefined],
      ],
    );
  });

  it('takes names, scopes, files, folders and lines', async () => {
    mkdirSync(join(root(), 'deep'));
    write('good.brique.yaml', brick('acme/good', GOOD));
    write('deep/bad.brique.yaml', brick('acme/bad', GOOD + BAD));
    const passed = async (...args: string[]) => {
      const { summary } = JSON.parse((await brique(root(), 'test', '--json', ...args)).stdout);
      return [summary.passed, summary.failed];
    };
    assert.deepEqual(await passed('acme/good'), [1, 0]);
    assert.deepEqual(await passed('acme/*'), [2, 1]);
    assert.deepEqual(await passed('deep'), [1, 1]);
    assert.deepEqual(await passed('deep/bad.brique.yaml'), [1, 1]);
    assert.deepEqual(await passed('deep/bad.brique.yaml:12'), [1, 0]);
    assert.deepEqual(await passed('deep/bad.brique.yaml:16', 'acme/good'), [1, 1]);
    assert.deepEqual(await passed('std/join'), [2, 0]);
  });

  it('has a kind word for names that are nobody’s', async () => {
    write('good.brique.yaml', brick('good', GOOD));
    const misuse = async (pattern: RegExp, ...args: string[]) => {
      const { code, stdout, stderr } = await brique(root(), 'test', ...args);
      assert.deepEqual([code, stdout], [2, '']);
      assert.match(stderr, pattern);
      assert.doesNotMatch(stderr, /\n\s+at /);
    };
    await misuse(/There is no brick goood; did you mean good\?/, 'goood');
    await misuse(/There is no file or folder \.\/nowhere/, './nowhere');
    await misuse(/There is no test at good\.brique\.yaml:3/, 'good.brique.yaml:3');
  });

  it('fails a test of a brick with errors, where the error is', async () => {
    write('bad.brique.yaml', brick('bad', GOOD).replace('op: divide', 'op: devide'));
    const { code, stdout } = await brique(root(), 'test');
    assert.equal(code, 1);
    assert.match(stdout, /^✗ bad: passes\n {4}bad\.brique\.yaml:9 .*devide/);
  });

  it('skips code in another language, and says so', async () => {
    const text = brick('code', GOOD).replace(/graph:[\s\S]*?tests:/, 'python: acme.bricks:Code\ntests:');
    write('code.brique.yaml', text);
    const { code, stdout, stderr } = await brique(root(), 'test');
    assert.match(stdout, /^- code: passes\n {4}written in python/);
    assert.match(stderr, /^0 passed, 1 skipped of 1 test/);
    assert.equal(code, 0);
  });

  it('ends when a person says so', async () => {
    const many = Array.from({ length: 400 }, (_, i) => GOOD.replace('passes', `passes ${i}`)).join('');
    write('many.brique.yaml', brick('many', many));
    const { child, ended } = start(root(), 'test', '--format', 'events');
    child.stdout!.once('data', () => child.kill('SIGINT'));
    const { code, stdout } = await ended;
    assert.equal(code, 130);
    const last = JSON.parse(stdout.trim().split('\n').at(-1)!);
    assert.equal(last.cancelled, true);
    assert.ok(last.passed < 400);
  });
});
