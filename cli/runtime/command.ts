/** `brique runtime`: what computes, and native TensorFlow where it is wanted. */
import { join } from 'node:path';
import type { ExecutorDescription } from '../../engine/step/program';
import { installedTensorflow } from '../../engine/tensorflow/home';
import { nativeTensorflows, strayTensorflow } from '../../engine/tensorflow/runtime';
import { EXIT } from '../../protocol/command';
import { CommandFailure } from '../failure';
import type { CommonOptions } from '../options';
import { note, paintFor, print, printJson, table } from '../output';
import type { Source } from './build';
import { install, remove } from './install';
import { probe } from './probe';

interface Listed {
  executor: 'graph' | 'eager';
  folder?: string;
  description?: ExecutorDescription;
  /** Why it cannot be used. */
  problem?: string;
  /** Whether `brique runtime install` made it. */
  installed: boolean;
}

export async function list({ json }: CommonOptions): Promise<number> {
  const found: Listed[] = [];
  for (const addon of nativeTensorflows()) {
    const folder = join(addon, '../../..');
    const isOurs = folder === installedTensorflow();
    found.push({ executor: 'graph', folder, installed: isOurs, ...(await described('graph', folder)) });
  }
  found.push({ executor: 'eager', installed: false, ...(await described('eager')) });
  const used = found.find(({ description }) => description);
  if (json) {
    printJson(found.map((each) => ({ ...each, used: each === used })));
    return EXIT.fine;
  }
  const rows = found.map((each) => {
    const { executor, description, problem, folder } = each;
    const what = description
      ? [description.library, description.device, String(description.threads)]
      : ['', '', ''];
    const place = folder ?? 'part of brique';
    return [each === used ? 'used' : '', executor, ...what, problem ? `${place}: ${problem}` : place];
  });
  print(table([['', 'engine', 'library', 'device', 'threads', 'where'], ...rows], paintFor(process.stdout)));
  const stray = strayTensorflow();
  if (stray) note(`\n${stray}.`);
  if (found.length === 1) note('\nbrique runtime install sets up native TensorFlow, which is faster.');
  return EXIT.fine;
}

async function described(
  engine: Listed['executor'],
  folder?: string,
): Promise<Pick<Listed, 'description' | 'problem'>> {
  try {
    return { description: await probe(engine, folder) };
  } catch (error) {
    return { problem: (error as Error).message.split('\n')[0] };
  }
}

export interface InstallOptions extends CommonOptions {
  from?: Source;
  python: string;
}

/** What happens is told on stderr, a line for each step. */
export async function installCommand({ from, python, json, quiet }: InstallOptions): Promise<number> {
  const abort = new AbortController();
  const cancel = () => abort.abort();
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, cancel);
  try {
    const say = quiet ? () => undefined : note;
    const installed = await install({ source: from, python, signal: abort.signal, say });
    const { library, device } = installed.description;
    if (json) printJson(installed);
    else print(`${library} on ${device} is ready, in ${installed.folder}`);
    return EXIT.fine;
  } catch (error) {
    if (abort.signal.aborted) throw new CommandFailure('Cancelled: nothing was installed', EXIT.cancelled);
    throw new CommandFailure(
      `Native TensorFlow could not be installed\n${(error as Error).message}`,
      EXIT.findings,
      'Training goes on with WebAssembly, which needs nothing.',
    );
  } finally {
    for (const signal of signals) process.off(signal, cancel);
  }
}

export function removeCommand({ json }: CommonOptions): number {
  let removed: boolean;
  try {
    removed = remove();
  } catch (error) {
    throw new CommandFailure(`Nothing was removed\n${(error as Error).message}`, EXIT.findings);
  }
  if (json) printJson({ removed });
  else print(removed ? `Removed ${installedTensorflow()}` : 'brique runtime has installed nothing here');
  return EXIT.fine;
}
