import { failureOf } from '../failure';
import type { TestAnswer, TestRequest } from '../request';
import type { Executor } from '../step/program';
import type { StopSignal } from '../train/stop-signal';
import { type ProbeResult, probe } from './probe';

/** Runs the tests in order, until somebody asks to stop. One that goes wrong does not keep the others from running. */
export async function runTests(
  { tests }: TestRequest,
  executor: Executor,
  stop: StopSignal,
  answer: (message: TestAnswer) => void,
): Promise<void> {
  for (const [index, { test, at }] of tests.entries()) {
    await stop.breathe();
    if (stop.asked) return;
    answer({ type: 'test_started', index });
    const start = performance.now();
    let result: ProbeResult;
    try {
      result = await probe(test, at, executor);
    } catch (error) {
      const { code, message } = failureOf(error);
      if (code === 'internal') console.error(error);
      result = { status: 'failed', failure: { message, at } };
    }
    answer({ type: 'test_ended', index, seconds: (performance.now() - start) / 1000, result });
  }
}
