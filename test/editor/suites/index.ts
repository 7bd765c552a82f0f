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
    rootHooks: { afterEach },
  });
  if (process.env.BRIQUE_TEST_GREP) mocha.grep(process.env.BRIQUE_TEST_GREP);
  for (const file of readdirSync(__dirname).sort()) {
    if (file.endsWith('.test.cjs')) mocha.addFile(join(__dirname, file));
  }
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} failed`);
}

/** A picture of the window says more about a failure than its stack. */
async function afterEach(this: Mocha.Context): Promise<void> {
  if (this.currentTest?.state !== 'failed') return;
  const name = `failed-${this.currentTest.fullTitle()}`.slice(0, 100);
  await control('screenshot', { name }).catch(() => {});
}
