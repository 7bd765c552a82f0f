// Bundles every program that Brique ships into dist/. Options: --production (minified, no source
// maps), --watch (rebuild on every change).
import { createHash } from 'node:crypto';
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
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
  metafile: true,
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
  started({
    ...node,
    entryPoints: ['server/main.ts'],
    outfile: 'dist/server.cjs',
    plugins: [leanProtocol(), whenNeeded()],
  }),
  started({
    ...node,
    entryPoints: ['cli/main.ts'],
    outfile: 'dist/brique.cjs',
    plugins: [executable(), whenNeeded()],
  }),
  started({
    ...node,
    entryPoints: ['cli/check-worker.ts'],
    outfile: 'dist/check-worker.cjs',
    plugins: [whenNeeded()],
  }),
  {
    ...node,
    entryPoints: ['engine/trainer.ts'],
    outfile: 'dist/trainer.cjs',
    external: ['@tensorflow/tfjs-node'],
  },
  { ...page, entryPoints: ['client/webview/run-panel.tsx'], outfile: 'dist/webview/run-panel.js' },
].filter((program) => existsSync(join(root, program.entryPoints[0])));

/** A program whose bytecode is kept: what is started is small, and knows what it has to find beside it. */
function started(program) {
  // While it is rebuilt all the time, nothing is worth keeping.
  if (watch) return program;
  const name = basename(program.outfile, '.cjs');
  const plugins = program.plugins.filter((plugin) => plugin.name !== 'executable');
  const starter = {
    name: 'starter',
    setup({ onEnd }) {
      onEnd(async ({ errors }) => {
        if (errors.length > 0) return;
        const content = readFileSync(join(root, 'dist', `${name}-bundle.cjs`));
        await build({
          ...program,
          entryPoints: ['registry/start.ts'],
          plugins: program.plugins.filter((plugin) => !plugins.includes(plugin)),
          define: {
            PROGRAM: JSON.stringify(name),
            CONTENT: JSON.stringify(createHash('sha256').update(content).digest('hex').slice(0, 16)),
          },
        });
      });
    },
  };
  return { ...program, outfile: `dist/${name}-bundle.cjs`, plugins: [...plugins, starter] };
}

/**
 * The protocol's packages are CommonJS: every module of ours that imports one would copy its hundreds of names once
 * more when it is loaded, and node's own libraries are loaded for what we never call. Here the names are copied once,
 * and those libraries are loaded when they are needed.
 */
function leanProtocol() {
  const require = createRequire(import.meta.url);
  const rarely = ['child_process', 'crypto', 'net', 'node:child_process', 'node:crypto', 'node:net'];
  return {
    name: 'lean-protocol',
    setup({ onResolve, onLoad }) {
      const filter = /^vscode-languageserver(\/node)?$/;
      onResolve({ filter, namespace: 'file' }, ({ path, kind, resolveDir }) =>
        kind === 'import-statement' ? { path, namespace: 'names-once', pluginData: resolveDir } : undefined,
      );
      onLoad({ filter, namespace: 'names-once' }, ({ path, pluginData }) => {
        const names = Object.keys(require(path)).filter((name) => /^[A-Za-z_]\w*$/.test(name));
        const exported = names.map((name) => `export const ${name} = /* @__PURE__ */ (() => all.${name})();`);
        return {
          contents: `const all = require(${JSON.stringify(require.resolve(path))});\n${exported.join('\n')}`,
          resolveDir: pluginData,
        };
      });
      onResolve({ filter: /./ }, ({ path, importer }) =>
        rarely.includes(path) && /node_modules.vscode-/.test(importer)
          ? { path, namespace: 'when-needed' }
          : undefined,
      );
      onLoad({ filter: /./, namespace: 'when-needed' }, ({ path }) => ({
        contents: `const load = () => require(${JSON.stringify(path)});
          module.exports = new Proxy({}, { get: (_, name) => load()[name] });`,
      }));
    },
  };
}

/** Libraries of functions that most starts do without: each is loaded when one of its functions is first called. */
function whenNeeded() {
  const require = createRequire(import.meta.url);
  return {
    name: 'functions-when-needed',
    setup({ onResolve, onLoad }) {
      const filter = /^(yaml|node:child_process|node:fs\/promises)$/;
      onResolve({ filter, namespace: 'file' }, ({ path, kind, importer }) =>
        kind === 'import-statement' && !importer.includes('node_modules')
          ? { path, namespace: 'functions-when-needed' }
          : undefined,
      );
      onLoad({ filter: /./, namespace: 'functions-when-needed' }, ({ path }) => {
        const names = Object.entries(require(path)).flatMap(([name, value]) =>
          typeof value === 'function' && /^[a-z]\w*$/.test(name) ? [name] : [],
        );
        const from = path.startsWith('node:') ? path : require.resolve(path);
        const exported = names.map((name) => `export const ${name} = (...args) => load().${name}(...args);`);
        return {
          contents: `const load = () => require(${JSON.stringify(from)});\n${exported.join('\n')}`,
          resolveDir: root,
        };
      });
    },
  };
}

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

/** The folders of all packages of which something is in the bundles. */
function packagesIn(results) {
  const folders = results.flatMap(({ metafile }) =>
    Object.values(metafile.outputs).flatMap(({ inputs }) =>
      Object.entries(inputs).flatMap(([file, { bytesInOutput }]) =>
        bytesInOutput > 0 ? (/^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []) : [],
      ),
    ),
  );
  // With what loads it, a package that is loaded when it is needed is in another namespace.
  return [...new Set(folders.map((folder) => folder.replace(/^.*?(?=node_modules\/)/, '')))].sort();
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
  const built = await Promise.all(programs.map((program) => build(program)));
  writeFileSync(join(root, 'dist/packages.json'), JSON.stringify(packagesIn(built), undefined, 2));
}
