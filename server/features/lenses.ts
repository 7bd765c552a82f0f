import type { CodeLens } from 'vscode-languageserver';
import type { Declaration } from '../../language/names/declarations';
import { editBreaks, isEdited } from '../lenses/edit-breaks';
import { newerLenses, TAKE_VERSION, takeVersion } from '../lenses/newer';
import { usedBy } from '../lenses/used-by';
import { RunRecords } from '../run-records';
import type { Feature, Session } from '../session';

/** What a lens that is not resolved yet is about. */
interface Pending {
  uri: string;
  about: 'users' | 'edit';
}

/**
 * ▶ above a composition and above a brick with tests, who uses it and whom an edit breaks; and above imports what a
 * newer version would mean. The commands are the editor's: they take the file's URI and its name. What takes a look at
 * other files is found out only for lenses that are seen.
 */
export const lenses: Feature = {
  capabilities: () => ({
    codeLensProvider: { resolveProvider: true },
    executeCommandProvider: { commands: [TAKE_VERSION] },
  }),
  register(session) {
    const { connection, workspace } = session;
    const records = new RunRecords();
    connection.onCodeLens(async ({ textDocument: { uri } }) => {
      const file = await session.find({ uri });
      const declaration = file === undefined ? undefined : workspace.source(file)?.declaration;
      if (!declaration?.name || workspace.source(declaration.file)?.origin === 'registry') return [];
      const kind = declaration.root.entries.find((entry) => entry.key.value === 'kind');
      const range = session.range(declaration.file, kind?.range ?? declaration.name.range);
      const name = declaration.name.value;
      const run = (title: string, command: string): CodeLens => ({
        range,
        command: { title, command, arguments: [uri, name] },
      });
      const later = (about: Pending['about']): CodeLens => ({
        range,
        data: { uri, about } satisfies Pending,
      });
      const isRunnable = workspace.runnables(declaration.file).length > 0;
      return [
        ...(isRunnable ? [run('▶ Train', 'brique.train'), run('▶ Evaluate', 'brique.evaluate')] : []),
        ...(declaration.kind === 'module' && declaration.tests.length > 0
          ? [run('▶ Test', 'brique.test')]
          : []),
        ...(mayBeUsed(session, declaration) ? [later('users')] : []),
        ...(declaration.kind !== 'model' && isEdited(session, declaration.file) ? [later('edit')] : []),
        ...newerLenses(session, declaration.file),
      ];
    });
    connection.onCodeLensResolve(async (lens, token) => {
      const { uri, about } = lens.data as Pending;
      const file = await session.find({ uri });
      const declaration = file === undefined ? undefined : workspace.source(file)?.declaration;
      if (!declaration?.name) return { ...lens, command: { title: '', command: '' } };
      const command =
        about === 'users'
          ? await usedBy(session, records, declaration, lens, token)
          : await editBreaks(session, declaration, lens, token);
      return { ...lens, command };
    });
    connection.onExecuteCommand(async ({ command, arguments: given = [] }) => {
      if (command === TAKE_VERSION) await takeVersion(session, given);
    });
    // What is typed the editor asks about by itself; what others do may change whom it concerns.
    session.onChange((files) => {
      if (!session.client.workspace?.codeLens?.refreshSupport) return;
      if (files.some((file) => session.files.version(file) === null)) void connection.sendRequest(REFRESH);
    });
  },
};

const REFRESH = 'workspace/codeLens/refresh';

/** Few compositions are extended, so that nobody wants to read it of each that it is not. */
function mayBeUsed({ workspace }: Session, { kind, file, name }: Declaration): boolean {
  if (kind !== 'model') return true;
  const extended = (text: string) => text.includes('extends') && text.includes(name?.value ?? '');
  return workspace.files().some((other) => other !== file && extended(workspace.source(other)?.text ?? ''));
}
