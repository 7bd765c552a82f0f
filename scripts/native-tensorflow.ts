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
import { cachedFolder, findCachedFolder } from './cached-folder';
import { nodeHeaders, npm, run } from './shell';
import { needPrograms } from './system-packages';

const tensorflow = '2.21.0';
const tfjsNode = '4.22.0';
const nodeGyp = '12.4.0';
const name = 'tensorflow';
const key = `tensorflow ${tensorflow}, tfjs-node ${tfjsNode}, ${process.platform} ${process.arch}`;

/**
 * The folder whose node_modules holds @tensorflow/tfjs-node with a working addon, if it has been
 * made. Callers hand it on in the environment variable BRIQUE_TENSORFLOW.
 */
export function nativeTensorflowFolder(): string | undefined {
  return findCachedFolder(name, key);
}

/**
 * Builds tfjs-node's addon against the TensorFlow library inside the Python wheel. Only the wheel
 * is fetched: the C library in it needs neither Python nor the wheel's dependencies.
 */
export async function installNativeTensorflow(): Promise<string> {
  const found = nativeTensorflowFolder();
  if (found) return found;
  if (process.platform !== 'linux') {
    throw new Error('building native TensorFlow is only known for Linux; elsewhere npm installs it');
  }
  await needPrograms(['python3', 'pip3', 'make', 'g++']);
  return cachedFolder(name, key, async (folder) => {
    writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
    console.log(`  npm: @tensorflow/tfjs-node ${tfjsNode}`);
    const packages = [`@tensorflow/tfjs-node@${tfjsNode}`, `node-gyp@${nodeGyp}`];
    await npm(['install', '--ignore-scripts', '--no-audit', '--no-fund', ...packages], {
      cwd: folder,
      quiet: true,
    });
    const addon = join(folder, 'node_modules/@tensorflow/tfjs-node');
    console.log(`  PyPI: TensorFlow ${tensorflow}, about 260 MB`);
    await unpackLibrary(folder, join(addon, 'deps'));
    console.log('  building the addon');
    await build(folder, addon);
    console.log('  trying it');
    await tryOut(folder);
  });
}

async function unpackLibrary(folder: string, deps: string): Promise<void> {
  const scratch = join(folder, 'wheel');
  const distribution = process.arch === 'arm64' ? 'tensorflow' : 'tensorflow-cpu';
  // Any wheel will do, whatever Python is here: nothing in it is run by Python.
  await run(
    'python3',
    [
      ...['-m', 'pip', 'download', '--quiet', '--disable-pip-version-check', '--no-deps'],
      ...['--only-binary=:all:', '--python-version=3.11', '--dest', scratch],
      `${distribution}==${tensorflow}`,
    ],
    { cwd: folder, quiet: true },
  );
  const [wheel] = readdirSync(scratch).filter((file) => file.endsWith('.whl'));
  if (!wheel) throw new Error('pip fetched no TensorFlow wheel');
  const unpack = [
    'import sys, zipfile',
    'with zipfile.ZipFile(sys.argv[1]) as wheel:',
    '    wheel.extractall(sys.argv[2], [name for name in wheel.namelist()',
    "        if name.startswith(('tensorflow/libtensorflow', 'tensorflow/include/tensorflow/',",
    "                            'tensorflow/include/xla/', 'tensorflow/include/tsl/'))])",
  ].join('\n');
  await run('python3', ['-c', unpack, join(scratch, wheel), scratch], { cwd: folder, quiet: true });

  const lib = join(deps, 'lib');
  mkdirSync(lib, { recursive: true });
  renameSync(join(scratch, 'tensorflow/include'), join(deps, 'include'));
  for (const library of ['libtensorflow_cc', 'libtensorflow_framework']) {
    renameSync(join(scratch, 'tensorflow', `${library}.so.2`), join(lib, `${library}.so.2`));
  }
  symlinkSync('libtensorflow_cc.so.2', join(lib, 'libtensorflow.so'));
  symlinkSync('libtensorflow_framework.so.2', join(lib, 'libtensorflow_framework.so'));
  rmSync(scratch, { recursive: true });
}

async function build(folder: string, addon: string): Promise<void> {
  const headers = nodeHeaders();
  await run(
    process.execPath,
    [
      join(folder, 'node_modules/node-gyp/bin/node-gyp.js'),
      'rebuild',
      ...(headers ? [`--nodedir=${headers}`] : []),
      ...['--napi_build_version=8', '--module_name=tfjs_binding', '--module_path=./lib/napi-v8'],
    ],
    { cwd: addon, quiet: true },
  );
  const binary = 'lib/napi-v8/tfjs_binding.node';
  if (!existsSync(join(addon, binary)))
    cpSync(join(addon, 'build/Release/tfjs_binding.node'), join(addon, binary));
  for (const leftover of ['build', 'deps/include']) rmSync(join(addon, leftover), { recursive: true });
}

/** A product of two matrices, computed by the addon in a process of its own. */
export function tryOut(folder: string): Promise<void> {
  const program = `
    const tf = require('@tensorflow/tfjs-node');
    const product = tf.matMul(tf.tensor2d([[1, 2], [3, 4]]), tf.tensor2d([[5, 6], [7, 8]]));
    const numbers = Array.from(product.dataSync()).join(' ');
    if (numbers !== '19 22 43 50') throw new Error('[[1 2] [3 4]] [[5 6] [7 8]] = ' + numbers);
    console.log('  TensorFlow ' + tf.backend().binding.TF_Version + ' multiplies matrices: ' + numbers);`;
  return run(process.execPath, ['-e', program], { cwd: folder, env: { TF_CPP_MIN_LOG_LEVEL: '3' } });
}

async function main(): Promise<void> {
  const folder = await installNativeTensorflow();
  await tryOut(folder);
  console.log(`BRIQUE_TENSORFLOW=${folder}`);
}

if (require.main === module) {
  main().catch((error: Error) => {
    console.error(`Native TensorFlow cannot be had: ${error.message}`);
    process.exit(1);
  });
}
