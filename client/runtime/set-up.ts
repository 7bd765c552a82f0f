import { type LogOutputChannel, ProgressLocation, window } from 'vscode';
import { mayRun } from '../may-run';
import { foldersOnDisk } from '../models';
import type { Programs } from '../programs';
import { runtimeProcess } from './process';

interface Engine {
  executor: 'graph' | 'eager';
  used: boolean;
  /** Made by `brique runtime install`. */
  installed: boolean;
  description?: { library: string; device: string };
}

/** Says what trains models here, and installs or removes native TensorFlow as the person chooses. */
export async function setUpRuntime(programs: Programs, output: LogOutputChannel): Promise<void> {
  if (!(await mayRun())) return;
  const folder = foldersOnDisk()[0]?.uri.fsPath;
  const listed = await window.withProgress(
    { location: ProgressLocation.Notification, title: 'Looking for training runtimes' },
    () => runtimeProcess(programs, ['list'], folder),
  );
  if (!listed.document) return fail('The runtimes cannot be listed', listed.said, output);
  const engines = listed.document as Engine[];
  const used = engines.find((engine) => engine.used)?.description;
  const now = used
    ? `Models are trained by ${used.library} on ${used.device}.`
    : 'Nothing here can train models.';
  const has = engines.some(({ installed }) => installed);
  const [install, remove] = [has ? 'Install Again' : 'Install Native TensorFlow', 'Remove'];
  const chosen = await window.showInformationMessage(now, install, ...(has ? [remove] : []));
  if (chosen === install) await installRuntime(programs, output, folder);
  if (chosen === remove) await removeRuntime(programs, output, folder);
}

async function installRuntime(programs: Programs, output: LogOutputChannel, folder?: string): Promise<void> {
  const where = { location: ProgressLocation.Notification, title: 'Training runtime', cancellable: true };
  await window.withProgress(where, async (progress, token) => {
    const end = await runtimeProcess(programs, ['install'], folder, token, (line) => {
      output.info(line);
      progress.report({ message: line });
    });
    if (token.isCancellationRequested) return;
    if (!end.document) {
      await fail(
        'Native TensorFlow could not be installed; training goes on with WebAssembly',
        end.said,
        output,
      );
      return;
    }
    const { description } = end.document as Required<Pick<Engine, 'description'>>;
    void window.showInformationMessage(`${description.library} on ${description.device} is ready.`);
  });
}

async function removeRuntime(programs: Programs, output: LogOutputChannel, folder?: string): Promise<void> {
  const end = await runtimeProcess(programs, ['remove'], folder);
  if (end.document) void window.showInformationMessage('Native TensorFlow was removed.');
  else await fail('Native TensorFlow could not be removed', end.said, output);
}

async function fail(what: string, said: string, output: LogOutputChannel): Promise<void> {
  output.error(`${what}:\n${said.trim()}`);
  const show = 'Show Output';
  if ((await window.showErrorMessage(`${what}.`, show)) === show) output.show();
}
