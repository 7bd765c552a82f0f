// Builds and runs every kind of test, one after the other, and sums them up in the last line.
// `npm test -- --only language,server` runs just those stages.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Counts } from './mocha-reporter';
import { installNativeTensorflow } from './native-tensorflow';
import { exitCode, repository, typescript } from './shell';

interface Stage {
  name: string;
  about: string;
  run: () => Promise<Counts>;
}

/** Something that a stage needs cannot be had here. */
class Missing extends Error {}

const bin = (name: string) => join(repository, 'node_modules/.bin', name);

const stages: Stage[] = [
  check('types', 'type check', bin('tsc'), ['-b']),
  check('lint', 'Biome', bin('biome'), ['ci', '.', ...(process.stdout.isTTY ? [] : ['--colors=off'])]),
  check('generate', 'code generated from the schemas is current', process.execPath, [
    ...typescript,
    'scripts/generate.ts',
    '--check',
  ]),
  check('build', 'bundles', process.execPath, ['esbuild.mjs']),
  ...['language', 'protocol', 'registry', 'engine', 'server', 'cli', 'bench'].map((room) => ({
    name: room,
    about: room === 'engine' ? 'test/engine on WebAssembly' : `test/${room}`,
    run: () => mocha(room, { BRIQUE_TEST_EXECUTORS: 'eager' }),
  })),
  {
    name: 'fuzz',
    about: 'test/fuzz: damaged and hostile files, for BRIQUE_FUZZ_SECONDS',
    run: () => mocha('fuzz', {}),
  },
  {
    name: 'panel',
    about: 'test/panel in Chromium',
    run: () => mocha('panel', {}),
  },
  {
    name: 'native',
    about: 'test/engine again, on native TensorFlow',
    async run() {
      const folder = await installNativeTensorflow().catch((error: Error) => {
        throw new Missing(`native TensorFlow cannot be had: ${error.message}`);
      });
      return mocha('engine', { BRIQUE_TEST_EXECUTORS: 'eager,graph', BRIQUE_TENSORFLOW: folder });
    },
  },
  {
    name: 'editor',
    about: 'test/editor in a real VS Code',
    run: () => counted((env) => steadily(process.execPath, [...typescript, 'test/editor/run.ts'], env)),
  },
];

/** What the tests of a stage need to have been done before. */
const needs: Record<string, string[]> = {
  cli: ['build'],
  editor: ['build'],
  panel: ['build'],
  server: ['build'],
  native: ['build'],
};

/** A command that passes or fails as one. */
function check(name: string, about: string, command: string, args: string[]): Stage {
  return {
    name,
    about,
    async run() {
      const passed = (await steadily(command, args)) === 0;
      return { passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 };
    },
  };
}

async function mocha(room: string, env: NodeJS.ProcessEnv): Promise<Counts> {
  const folder = join(repository, 'test', room);
  const files = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [];
  if (!files.some((file) => file.endsWith('.test.ts'))) return { passed: 0, failed: 0, skipped: 0 };
  const args = [
    join(repository, 'node_modules/mocha/bin/mocha.js'),
    '--forbid-only',
    // What a busy machine made fail is tried once more, and the report says so.
    ...(process.env.CI === 'true' ? ['--retries', '1'] : []),
    `test/${room}/**/*.test.ts`,
  ];
  return counted((counts) => steadily(process.execPath, args, { ...env, ...counts }));
}

/**
 * Runs a command, in CI up to three times where Node itself crashed. A failing test does not end by such a signal:
 * only a fault below JavaScript does, and what it was is printed.
 */
async function steadily(command: string, args: string[], env: NodeJS.ProcessEnv = {}): Promise<number> {
  const attempts = process.env.CI === 'true' ? 3 : 1;
  for (let attempt = 1; ; attempt++) {
    let crash = '';
    const code = await exitCode(command, args, { env, onCrash: (signal) => (crash = signal) });
    if (crash === '' || attempt === attempts) return code;
    console.log(`  Node itself crashed (${crash}); the same once more`);
  }
}

/** Runs a command that reports through mocha-reporter.ts; one that ends without a report failed. */
async function counted(command: (env: NodeJS.ProcessEnv) => Promise<number>): Promise<Counts> {
  const scratch = mkdtempSync(join(tmpdir(), 'brique-test-'));
  const file = join(scratch, 'counts.json');
  try {
    const code = await command({ BRIQUE_TEST_COUNTS: file });
    if (code === unavailable) throw new Missing('see above');
    if (!existsSync(file)) return { passed: 0, failed: 1, skipped: 0 };
    const counts = JSON.parse(readFileSync(file, 'utf8')) as Counts;
    if (code !== 0 && counts.failed === 0) counts.failed = 1;
    return counts;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** The exit code by which test/editor/run.ts says that no VS Code can be had. */
const unavailable = 69;

async function runStage(stage: Stage): Promise<Counts> {
  console.log(`\n━━ ${stage.name}: ${stage.about}`);
  const start = performance.now();
  const counts = await stage.run().catch((error: Error): Counts => {
    const skip = error instanceof Missing && process.env.CI !== 'true';
    console.log(`  ${skip ? 'skipped' : 'failed'}: ${error.message}`);
    return { passed: 0, failed: skip ? 0 : 1, skipped: skip ? 1 : 0 };
  });
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const parts = [`${counts.passed + counts.failed} run`];
  if (counts.failed > 0) parts.push(`${counts.failed} FAILED`);
  if (counts.skipped > 0) parts.push(`${counts.skipped} skipped`);
  console.log(`━━ ${stage.name}: ${parts.join(', ')} in ${seconds} s`);
  return counts;
}

function chosen(): Stage[] {
  const { values } = parseArgs({ options: { only: { type: 'string', multiple: true } } });
  const only = values.only?.flatMap((names) => names.split(','));
  if (!only) return stages;
  const unknown = only.filter((name) => !stages.some((stage) => stage.name === name));
  if (unknown.length > 0) {
    const known = stages.map((stage) => stage.name).join(', ');
    throw new Error(`no stage is called ${unknown.join(', ')}; there are ${known}`);
  }
  const wanted = new Set(only.flatMap((name) => [name, ...(needs[name] ?? [])]));
  return stages.filter((stage) => wanted.has(stage.name));
}

async function main(): Promise<void> {
  const total: Counts = { passed: 0, failed: 0, skipped: 0 };
  const failed: string[] = [];
  for (const stage of chosen()) {
    const counts = await runStage(stage);
    for (const key of ['passed', 'failed', 'skipped'] as const) total[key] += counts[key];
    if (counts.failed > 0) failed.push(stage.name);
  }
  if (failed.length > 0) console.log(`\nFailed: ${failed.join(', ')}`);
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
  console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
  process.exitCode = total.failed > 0 ? 1 : 0;
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exit(2);
});
