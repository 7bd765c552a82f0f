import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';
import CountingReporter from '../../../scripts/mocha-reporter';

/** VS Code calls this inside the extension host; the suites are bundled beside this file. */
export async function run(): Promise<void> {
  const mocha = new Mocha({ timeout: 20_000, reporter: CountingReporter, color: true });
  if (process.env.BRIQUE_TEST_GREP) mocha.grep(process.env.BRIQUE_TEST_GREP);
  for (const file of readdirSync(__dirname).sort()) {
    if (file.endsWith('.test.cjs')) mocha.addFile(join(__dirname, file));
  }
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} failed`);
}
