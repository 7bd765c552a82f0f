import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';
import CountingReporter from '../../../scripts/mocha-reporter';
import { control } from '../host/control';

/** VS Code calls this inside the extension host; the suites are bundled beside this file. */
export async function run(): Promise<void> {
  const mocha = new Mocha({
    timeout: 20_000,
    reporter: CountingReporter,
    color: true,
    // The window around a suite has moods of its own: what fails twice has failed.
    retries: process.env.CI === 'true' ? 1 : 0,
    rootHooks: { beforeEach, afterEach },
  });
  if (process.env.BRIQUE_TEST_GREP) mocha.grep(process.env.BRIQUE_TEST_GREP);
  for (const file of readdirSync(__dirname).sort()) {
    if (file.endsWith('.test.cjs')) mocha.addFile(join(__dirname, file));
  }
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} failed`);
}

/** Menus and boxes that a first try left open are closed. */
async function beforeEach(this: Mocha.Context): Promise<void> {
  if (!this.currentTest || currentRetry(this.currentTest) === 0) return;
  for (let i = 0; i < 2; i++) await control('press', { key: 'Escape' });
}

/** A picture of the window says more about a failure than its stack. */
async function afterEach(this: Mocha.Context): Promise<void> {
  if (!this.currentTest || this.currentTest.isPassed() || this.currentTest.isPending()) return;
  const name = `failed-${this.currentTest.fullTitle()}`.slice(0, 100);
  await control('screenshot', { name }).catch(() => {});
}

function currentRetry(test: Mocha.Test): number {
  return (test as unknown as { currentRetry(): number }).currentRetry();
}
