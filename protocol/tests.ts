/** Tests of bricks: what `brique test` tells as it goes, and what the server knows of them. */

/** Answered with the tests of every brick of the workspace (`BrickTests[]`); no parameters. */
export const TESTS_REQUEST = 'brique/tests';

/** A brick and its tests. Lines count from 1. */
export interface BrickTests {
  module: string;
  uri: string;
  line: number;
  tests: { name: string; line: number }[];
}

export interface TestPlace {
  file: string;
  /** From 1. */
  line: number;
}

export interface TestId extends TestPlace {
  module: string;
  name: string;
}

export interface TestFailure extends TestPlace {
  message: string;
  expected?: string;
  got?: string;
}

export interface TestResult extends TestId {
  status: 'passed' | 'failed' | 'skipped';
  seconds: number;
  failure?: TestFailure;
  /** Why it was skipped. */
  reason?: string;
}

export interface TestSummary {
  passed: number;
  failed: number;
  skipped: number;
  seconds: number;
}

/** One line each of `brique test --format events`. */
export type TestEvent =
  | ({ type: 'test_started' } & TestId)
  | ({ type: 'test_ended' } & TestResult)
  | ({ type: 'tests_ended'; cancelled: boolean } & TestSummary);
