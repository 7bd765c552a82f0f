import { buildRuntime, TENSORFLOW } from '../cli/runtime/build';
import { probe } from '../cli/runtime/probe';
import { cachedFolder, findCachedFolder } from './cached-folder';
import { needPrograms } from './system-packages';

const name = 'tensorflow';
const key = `tensorflow ${TENSORFLOW}, tfjs-node 4.22.0, ${process.platform} ${process.arch}`;

/**
 * The folder whose node_modules holds @tensorflow/tfjs-node with a working addon, if it has been
 * made. Callers hand it on in the environment variable BRIQUE_TENSORFLOW.
 */
export function nativeTensorflowFolder(): string | undefined {
  return findCachedFolder(name, key);
}

/**
 * Builds tfjs-node's addon against the TensorFlow library inside the Python wheel, as
 * `brique runtime install` does, into this repository's cache.
 */
export async function installNativeTensorflow(): Promise<string> {
  const found = nativeTensorflowFolder();
  if (found) return found;
  if (process.platform !== 'linux') {
    throw new Error('building native TensorFlow is only known for Linux; elsewhere npm installs it');
  }
  await needPrograms(['python3', 'pip3', 'make', 'g++']);
  return cachedFolder(name, key, async (folder) => {
    const say = (step: string) => console.log(`  ${step}`);
    await buildRuntime({ folder, source: 'wheel', python: 'python3', say });
    say('trying it');
    await tryOut(folder);
  });
}

/** A product of two matrices, computed by the addon in a process of its own. */
async function tryOut(folder: string): Promise<void> {
  const { library, device } = await probe('graph', folder);
  console.log(`  ${library} on ${device} multiplies matrices`);
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
