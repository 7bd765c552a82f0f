// Runs the editor suites in a real VS Code: those directly in suites/ with workspace trust out of
// the way, those in suites/untrusted/ in a window that does not trust its folder, those in suites/reload/
// in a window that they reload, those in suites/roots/ in a window that shows several folders.
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import type { Counts } from '../../scripts/mocha-reporter';
import { repository } from '../../scripts/shell';
import { type EditorHost, editorHost } from './host/editor-host';

/** The exit code that says so, as opposed to failed tests. */
const unavailable = 69;

const suites = join(__dirname, 'suites');
const bundles = join(repository, 'out/test/editor');

const { values: options } = parseArgs({
  options: { grep: { type: 'string' }, bundle: { type: 'boolean' } },
});

async function main(): Promise<boolean> {
  if (options.bundle) {
    await bundle(suiteFiles(''), join(bundles, 'suites'));
    return true;
  }
  const host = await editorHost().catch((error: Error) => {
    console.error(`  VS Code cannot be had: ${error.message}`);
    process.exit(unavailable);
  });
  console.log(`  ${host.description}`);
  const total: Counts = { passed: 0, failed: 0, skipped: 0 };
  for (const name of ['', 'untrusted', 'reload', 'roots']) {
    const counts = await runSuites(host, name);
    for (const key of ['passed', 'failed', 'skipped'] as const) total[key] += counts[key];
  }
  if (process.env.BRIQUE_TEST_COUNTS) writeFileSync(process.env.BRIQUE_TEST_COUNTS, JSON.stringify(total));
  return total.failed === 0;
}

async function runSuites(host: EditorHost, name: string): Promise<Counts> {
  const files = suiteFiles(name);
  if (files.length === 0) return { passed: 0, failed: 0, skipped: 0 };
  const trusted = name !== 'untrusted';

  // Inside the repository, where the bundles find mocha; one for each run, as runs may overlap.
  mkdirSync(bundles, { recursive: true });
  const outdir = mkdtempSync(join(bundles, 'run-'));
  await bundle(files, outdir);
  const scratch = mkdtempSync(join(tmpdir(), 'brique-editor-'));
  const countsFile = join(scratch, 'counts.json');
  const session = await host.start({ trusted, scratch });
  try {
    await runTests({
      vscodeExecutablePath: session.executable,
      extensionDevelopmentPath: repository,
      extensionTestsPath: join(outdir, 'index.cjs'),
      launchArgs: [
        name === 'roots' ? twoFolders(scratch) : copyOfExample(scratch),
        `--user-data-dir=${join(scratch, 'user-data')}`,
        `--extensions-dir=${join(scratch, 'extensions')}`,
        ...session.args,
      ],
      extensionTestsEnv: {
        ...session.env,
        BRIQUE_WORKSPACE_TRUST: trusted ? 'off' : 'on',
        BRIQUE_TEST_COUNTS: countsFile,
        BRIQUE_TEST_GREP: options.grep,
      },
    });
  } catch (error) {
    if (!existsSync(countsFile)) console.error((error as Error).message);
  } finally {
    session.stop();
    rmSync(outdir, { recursive: true });
  }
  const counts = existsSync(countsFile)
    ? (JSON.parse(readFileSync(countsFile, 'utf8')) as Counts)
    : { passed: 0, failed: 1, skipped: 0 };
  rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  return counts;
}

function suiteFiles(name: string): string[] {
  const folder = join(suites, name);
  const files = existsSync(folder) ? readdirSync(folder) : [];
  return files.filter((file) => file.endsWith('.test.ts')).map((file) => join(folder, file));
}

/** The extension host cannot load TypeScript: every suite becomes one CommonJS file. */
async function bundle(files: string[], outdir: string): Promise<void> {
  await build({
    entryPoints: [join(suites, 'index.ts'), ...files].map((file) => ({
      in: file,
      out: basename(file, '.ts'),
    })),
    outdir,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    sourcemap: 'inline',
    external: ['vscode', 'mocha'],
    logLevel: 'warning',
  });
}

/** Tests change files and leave runs behind, so they get a copy at the same depth, with its data. */
function copyOfExample(scratch: string): string {
  const example = join(scratch, 'examples/reviews');
  mkdirSync(join(scratch, 'examples'));
  symlinkSync(join(repository, 'node_modules'), join(scratch, 'node_modules'), 'junction');
  cpSync(join(repository, 'examples/reviews'), example, {
    recursive: true,
    filter: (path) => basename(path) !== '.brique',
  });
  return example;
}

/** Two folders with bricks of the same names, each with a workspace file and settings of its own. */
function twoFolders(scratch: string): string {
  const brick = (width: number) =>
    `kind: module\nname: shared\nversion: 1.0.0\ninputs: { x: 'float32[batch, ${width}]' }\n` +
    `outputs: { y: 'float32[batch, ${width}]' }\ngraph:\n  y: { op: relu, in: x }\n`;
  const user = brick(4).replace('shared', 'user').replace('op: relu', 'module: shared@^1');
  const files = {
    'one/workspace.brique.yaml': 'kind: workspace\n',
    'one/shared.brique.yaml': brick(4),
    'one/user.brique.yaml': user,
    'one/.vscode/settings.json': '{ "brique.rules": { "card-missing": "warning" } }',
    'two/workspace.brique.yaml': 'kind: workspace\nrules: { module-untested: error }\n',
    'two/shared.brique.yaml': brick(5),
    'two/user.brique.yaml': user,
    'both.code-workspace': '{ "folders": [{ "path": "one" }, { "path": "two" }] }',
  };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(scratch, name)), { recursive: true });
    writeFileSync(join(scratch, name), text);
  }
  return join(scratch, 'both.code-workspace');
}

// @vscode/test-electron closes VS Code on SIGINT alone.
process.on('SIGTERM', () => process.kill(process.pid, 'SIGINT'));

main().then(
  (passed) => process.exit(passed ? 0 : 1),
  (error: Error) => {
    console.error(error.message);
    process.exit(1);
  },
);
