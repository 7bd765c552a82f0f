import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ExecutorDescription } from '../../engine/step/program';
import { installedTensorflow, runtimeHome } from '../../engine/tensorflow/home';
import { type Build, buildRuntime, type Source, tensorflowOf } from './build';
import { probe } from './probe';

const STAGING = /^\.(staging|old)-(\d+)$/;

export interface Wanted extends Pick<Build, 'python' | 'signal' | 'say'> {
  /** Without it, what works first: the TensorFlow of this Python, a wheel of it, tfjs-node's own library. */
  source?: Source;
}

export interface Installed {
  folder: string;
  source: Source;
  description: ExecutorDescription;
}

/**
 * Builds beside the final place, tries it out there, and puts it in place by a rename: whoever ends before leaves what was
 * there before, and nothing half-made that anybody finds.
 */
export async function install(wanted: Wanted): Promise<Installed> {
  const folder = installedTensorflow();
  clearLeftovers();
  const problems: string[] = [];
  for (const source of wanted.source ? [wanted.source] : await sources(wanted.python)) {
    const staging = join(runtimeHome(), `.staging-${process.pid}`);
    try {
      mkdirSync(staging, { recursive: true });
      await buildRuntime({ ...wanted, source, folder: staging });
      wanted.say('trying it');
      const description = await probe('graph', staging);
      const facts = { source, library: description.library, installed: new Date().toISOString() };
      writeFileSync(join(staging, 'runtime.json'), `${JSON.stringify(facts, undefined, 2)}\n`);
      replace(staging, folder);
      return { folder, source, description };
    } catch (error) {
      wanted.signal?.throwIfAborted();
      problems.push(`${source}: ${(error as Error).message}`);
      wanted.say(`not by ${source}: ${(error as Error).message.split('\n')[0]}`);
    } finally {
      rmSync(staging, { recursive: true, force: true });
    }
  }
  throw new Error(problems.join('\n'));
}

async function sources(python: string): Promise<Source[]> {
  if (process.platform !== 'linux') return ['npm'];
  return [...((await tensorflowOf(python)) ? (['python'] as const) : []), 'wheel', 'npm'];
}

function replace(staging: string, folder: string): void {
  const old = setAside(folder);
  renameSync(staging, folder);
  rmSync(old, { recursive: true, force: true });
}

/** Where there is something, it is moved in one go, so that nobody finds half of it. */
function setAside(folder: string): string {
  const old = join(runtimeHome(), `.old-${process.pid}`);
  if (!existsSync(folder)) return old;
  try {
    renameSync(folder, old);
  } catch (error) {
    // Windows moves no library that a process has loaded.
    if (!['EBUSY', 'EPERM', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    throw new Error(`${folder} cannot be moved: a run may be using it, or the folder is not yours`, {
      cause: error,
    });
  }
  return old;
}

/** What installations have left that were killed. */
function clearLeftovers(): void {
  const home = runtimeHome();
  if (!existsSync(home)) return;
  for (const name of readdirSync(home)) {
    const pid = Number(STAGING.exec(name)?.[2]);
    if (pid && !lives(pid)) rmSync(join(home, name), { recursive: true, force: true });
  }
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** False where nothing was installed. */
export function remove(): boolean {
  clearLeftovers();
  const folder = installedTensorflow();
  if (!existsSync(folder)) return false;
  rmSync(setAside(folder), { recursive: true });
  return true;
}
