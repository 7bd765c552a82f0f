import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** Mocha's own report, and its counts in the file that BRIQUE_TEST_COUNTS names. */
export default class CountingReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options?: Mocha.MochaOptions) {
    super(runner, options);
    runner.on('retry', (test: Mocha.Test, error: Error) => {
      console.log(`  once more, after ${error.message}: ${test.fullTitle()}`);
    });
    runner.once('end', () => {
      const file = process.env.BRIQUE_TEST_COUNTS;
      if (!file) return;
      const counts: Counts = {
        passed: runner.stats?.passes ?? 0,
        failed: runner.stats?.failures ?? 0,
        skipped: runner.stats?.pending ?? 0,
      };
      writeFileSync(file, JSON.stringify(counts));
    });
  }
}
