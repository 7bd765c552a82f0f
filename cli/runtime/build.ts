/**
 * tfjs-node with its addon. Its own library is TensorFlow 2.9; a newer one, or one with CUDA, comes from Python, whose
 * packages carry the same C library and its headers. Nothing in them is run by Python.
 */
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { filling } from './filling';
import { needPrograms, output } from './processes';

const TFJS_NODE = '4.22.0';
const NODE_GYP = '12.4.0';
/** The TensorFlow that a wheel is fetched of. */
export const TENSORFLOW = '2.21.0';

/** Where the C library comes from. */
export type Source = 'python' | 'wheel' | 'npm';

export interface Build {
  /** An empty folder; its node_modules will hold the package. */
  folder: string;
  source: Source;
  /** The Python whose TensorFlow is taken. */
  python: string;
  signal?: AbortSignal;
  say(step: string): void;
}

/** Fills a folder. Throws where something is missing or fails; the folder is then worth nothing. */
export function buildRuntime(build: Build): Promise<void> {
  return filling(build.folder, (folder) => buildIn({ ...build, folder }));
}

async function buildIn(build: Build): Promise<void> {
  const { folder, source, say, signal } = build;
  const at = { cwd: folder, signal };
  if (source !== 'npm' && process.platform !== 'linux')
    throw new Error(
      'building against the TensorFlow of Python is only known for Linux; here it comes by --from npm',
    );
  needPrograms(['npm', ...(source === 'npm' ? [] : [build.python, 'make', 'g++'])]);
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  say(`npm: @tensorflow/tfjs-node ${TFJS_NODE}`);
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  if (source === 'npm') {
    await output('npm', ['install', ...quiet, `@tensorflow/tfjs-node@${TFJS_NODE}`], at);
    return;
  }
  const packages = [`@tensorflow/tfjs-node@${TFJS_NODE}`, `node-gyp@${NODE_GYP}`];
  await output('npm', ['install', '--ignore-scripts', ...quiet, ...packages], at);
  const addon = join(folder, 'node_modules/@tensorflow/tfjs-node');
  const deps = join(addon, 'deps');
  mkdirSync(join(deps, 'lib'), { recursive: true });
  if (source === 'python') await linkLibrary(build, deps);
  else await fetchLibrary(build, deps);
  say('building the addon');
  await compile(build, addon);
}

/** The package folder of the TensorFlow that a Python has; undefined where it has none. */
export async function tensorflowOf(python: string): Promise<string | undefined> {
  const find = [
    'import importlib.util as u',
    's = u.find_spec("tensorflow")',
    'print(s.submodule_search_locations[0] if s and s.submodule_search_locations else "")',
  ].join('\n');
  try {
    const folder = (await output(python, ['-c', find], { cwd: process.cwd() })).trim();
    return folder !== '' && existsSync(join(folder, 'libtensorflow_cc.so.2')) ? folder : undefined;
  } catch {
    return undefined; // No such Python.
  }
}

const LIBRARIES = ['libtensorflow_cc', 'libtensorflow_framework'];

async function linkLibrary({ python, say }: Build, deps: string): Promise<void> {
  const found = await tensorflowOf(python);
  if (!found) throw new Error(`${python} has no TensorFlow: ${python} -m pip install tensorflow-cpu`);
  say(`TensorFlow of ${found}`);
  symlinkSync(join(found, 'include'), join(deps, 'include'));
  for (const library of LIBRARIES)
    symlinkSync(join(found, `${library}.so.2`), join(deps, 'lib', `${library}.so.2`));
  linkNames(deps);
}

/** Only the wheel is fetched, none of its dependencies. */
async function fetchLibrary({ folder, python, say, signal }: Build, deps: string): Promise<void> {
  const scratch = join(folder, 'wheel');
  const distribution = process.arch === 'arm64' ? 'tensorflow' : 'tensorflow-cpu';
  say(`PyPI: ${distribution} ${TENSORFLOW}, about 260 MB`);
  const pip = ['-m', 'pip', 'download', '--quiet', '--disable-pip-version-check', '--no-deps'];
  const what = [
    '--only-binary=:all:',
    '--python-version=3.11',
    '--dest',
    scratch,
    `${distribution}==${TENSORFLOW}`,
  ];
  await output(python, [...pip, ...what], { cwd: folder, signal });
  const [wheel] = readdirSync(scratch).filter((file) => file.endsWith('.whl'));
  if (!wheel) throw new Error('pip fetched no TensorFlow wheel');
  const unpack = [
    'import sys, zipfile',
    'with zipfile.ZipFile(sys.argv[1]) as wheel:',
    '    wheel.extractall(sys.argv[2], [name for name in wheel.namelist()',
    "        if name.startswith(('tensorflow/libtensorflow', 'tensorflow/include/tensorflow/',",
    "                            'tensorflow/include/xla/', 'tensorflow/include/tsl/'))])",
  ].join('\n');
  await output(python, ['-c', unpack, join(scratch, wheel), scratch], { cwd: folder, signal });
  renameSync(join(scratch, 'tensorflow/include'), join(deps, 'include'));
  for (const library of LIBRARIES)
    renameSync(join(scratch, 'tensorflow', `${library}.so.2`), join(deps, 'lib', `${library}.so.2`));
  linkNames(deps);
  rmSync(scratch, { recursive: true });
}

/** By the names that the linker looks for. */
function linkNames(deps: string): void {
  symlinkSync('libtensorflow_cc.so.2', join(deps, 'lib/libtensorflow.so'));
  symlinkSync('libtensorflow_framework.so.2', join(deps, 'lib/libtensorflow_framework.so'));
}

async function compile({ folder, signal }: Build, addon: string): Promise<void> {
  // This Node's own headers, where they lie beside it, so that building need not fetch them.
  const prefix = join(process.execPath, '..', '..');
  const headers = existsSync(join(prefix, 'include/node/node_api.h')) ? [`--nodedir=${prefix}`] : [];
  const gyp = join(folder, 'node_modules/node-gyp/bin/node-gyp.js');
  const options = ['--napi_build_version=8', '--module_name=tfjs_binding', '--module_path=./lib/napi-v8'];
  await output(process.execPath, [gyp, 'rebuild', ...headers, ...options], { cwd: addon, signal });
  const binary = 'lib/napi-v8/tfjs_binding.node';
  if (!existsSync(join(addon, binary)))
    cpSync(join(addon, 'build/Release/tfjs_binding.node'), join(addon, binary));
  for (const leftover of ['build', 'deps/include'])
    rmSync(join(addon, leftover), { recursive: true, force: true });
}
