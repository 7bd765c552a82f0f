// Bundles every program that Brique ships into dist/. Options: --production (minified, no source
// maps), --watch (rebuild on every change).
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, context } from 'esbuild';

const root = dirname(fileURLToPath(import.meta.url));
const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');

const common = {
  absWorkingDir: root,
  bundle: true,
  minify: production,
  sourcemap: !production,
  legalComments: production ? 'linked' : 'none',
  logLevel: 'warning',
};

const node = {
  ...common,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  // The UMD builds of some packages hide their requires from a bundler.
  mainFields: ['module', 'main'],
};

const page = {
  ...common,
  platform: 'browser',
  target: 'es2022',
  format: 'iife',
  jsx: 'automatic',
  define: { 'process.env.NODE_ENV': production ? '"production"' : '"development"' },
  loader: { '.ttf': 'file', '.woff2': 'file', '.svg': 'dataurl' },
};

const programs = [
  { ...node, entryPoints: ['client/extension.ts'], outfile: 'dist/extension.cjs', external: ['vscode'] },
  { ...node, entryPoints: ['server/main.ts'], outfile: 'dist/server.cjs' },
  { ...node, entryPoints: ['cli/main.ts'], outfile: 'dist/brique.cjs', plugins: [executable()] },
  {
    ...node,
    entryPoints: ['engine/trainer.ts'],
    outfile: 'dist/trainer.cjs',
    external: ['@tensorflow/tfjs-node'],
  },
  { ...page, entryPoints: ['client/webview/run-panel.tsx'], outfile: 'dist/webview/run-panel.js' },
].filter((program) => existsSync(join(root, program.entryPoints[0])));

/** The command line starts by itself: a shebang, and the bit that lets it. */
function executable() {
  return {
    name: 'executable',
    setup(build) {
      const { entryPoints, outfile } = build.initialOptions;
      const shebang = '#!/usr/bin/env node';
      if (!readFileSync(join(root, entryPoints[0]), 'utf8').startsWith('#!')) {
        build.initialOptions.banner = { js: shebang };
      }
      build.onEnd((result) => {
        if (result.errors.length === 0) chmodSync(join(root, outfile), 0o755);
      });
    },
  };
}

function copyWebAssembly() {
  const from = join(root, 'node_modules/@tensorflow/tfjs-backend-wasm/dist');
  const to = join(root, 'dist/wasm');
  mkdirSync(to, { recursive: true });
  for (const file of readdirSync(from)) {
    if (file.endsWith('.wasm')) cpSync(join(from, file), join(to, file));
  }
}

copyWebAssembly();
if (watch) {
  const contexts = await Promise.all(programs.map((program) => context({ ...program, logLevel: 'info' })));
  await Promise.all(contexts.map((each) => each.watch()));
} else {
  await Promise.all(programs.map((program) => build(program)));
}
