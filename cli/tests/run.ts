/** Runs tests in one training process, in order, and tells how each ended. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { TestAnswer, TestRequest } from '../../engine/request';
import type { BrickTest } from '../../language/plan/brick-tests';
import type { Place, PlanTest } from '../../language/plan/format';
import { EXIT } from '../../protocol/command';
import type { TestEvent, TestId, TestResult, TestSummary } from '../../protocol/tests';
import { CommandFailure } from '../failure';
import { display } from '../formats/json';

export interface TestRun {
  results: TestResult[];
  summary: TestSummary;
  cancelled: boolean;
}

type Runnable = BrickTest & { test: PlanTest };

/**
 * Runs them in a training process that was started before, and ends it. Tests that fail or are skipped without being
 * run come first. Fails where the engine does not start.
 */
export async function runTests(
  child: ChildProcess,
  tests: BrickTest[],
  engine: Omit<TestRequest, 'kind' | 'tests'>,
  tell: (event: TestEvent) => void,
): Promise<TestRun> {
  const start = performance.now();
  const results: TestResult[] = [];
  const done = (result: TestResult) => {
    results.push(result);
    tell({ type: 'test_ended', ...result });
  };
  const runnable: Runnable[] = [];
  for (const each of tests) {
    if (each.test) runnable.push({ ...each, test: each.test });
    else done(decided(each));
  }
  const cancelled = runnable.length > 0 && (await runInProcess(child, runnable, engine, tell, done));
  const count = (status: TestResult['status']) => results.filter((result) => result.status === status).length;
  const summary = {
    passed: count('passed'),
    failed: count('failed'),
    skipped: count('skipped'),
    seconds: (performance.now() - start) / 1000,
  };
  tell({ type: 'tests_ended', cancelled, ...summary });
  return { results, summary, cancelled };
}

/** Resolves when the process is gone: whether a person ended it. */
async function runInProcess(
  child: ChildProcess,
  tests: Runnable[],
  engine: Omit<TestRequest, 'kind' | 'tests'>,
  tell: (event: TestEvent) => void,
  done: (result: TestResult) => void,
): Promise<boolean> {
  let refused: CommandFailure | undefined;
  let ended = 0;
  child.on('message', (answer: TestAnswer) => {
    if (answer.type === 'refused') {
      refused = new CommandFailure(answer.failure.message, EXIT.misuse, answer.failure.help);
    } else if (answer.type === 'test_started') {
      tell({ type: 'test_started', ...idOf(tests[answer.index]!) });
    } else {
      ended = answer.index + 1;
      done(resultOf(tests[answer.index]!, answer));
    }
  });
  let cancelled = false;
  const cancel = () => {
    child.kill(cancelled ? 'SIGKILL' : 'SIGTERM');
    cancelled = true;
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, cancel);
  const request: TestRequest = {
    kind: 'test',
    ...engine,
    tests: tests.map(({ at, test }) => ({ at, test })),
  };
  child.send(request, () => undefined);
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  for (const each of signals) process.off(each, cancel);
  if (cancelled) return true;
  if (refused) throw refused;
  const lost = tests[ended];
  if (lost) {
    const message = `the training process was lost: it ${signal ? `was ended by ${signal}` : `ended with code ${code}`}`;
    done({ ...idOf(lost), status: 'failed', seconds: 0, failure: { message, ...placeOf(lost.at) } });
  }
  return false;
}

function decided({ failure, skipped, ...test }: BrickTest): TestResult {
  const head = { ...idOf(test), seconds: 0 };
  if (!failure) return { ...head, status: 'skipped', reason: skipped };
  const { at, ...more } = failure;
  return { ...head, status: 'failed', failure: { ...more, ...placeOf(at) } };
}

function resultOf(test: BrickTest, { seconds, result }: TestAnswer & { type: 'test_ended' }): TestResult {
  const head = { ...idOf(test), status: result.status, seconds };
  if (result.status === 'skipped') return { ...head, reason: result.reason };
  if (result.status === 'passed') return head;
  const { at, ...more } = result.failure;
  return { ...head, failure: { ...more, ...placeOf(at) } };
}

function idOf({ module, name, at }: Pick<BrickTest, 'module' | 'name' | 'at'>): TestId {
  return { module, name, ...placeOf(at) };
}

function placeOf({ file, line }: Place): { file: string; line: number } {
  return { file: display(file), line };
}
