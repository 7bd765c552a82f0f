import type { CodeLens } from 'vscode-languageserver';
import { placesOf } from '../../language/answers/uses';
import type { Declaration } from '../../language/names/declarations';
import type { Feature, Session } from '../session';
import { usersOf } from '../users';

/** What a lens that is not resolved yet is about. */
interface Pending {
  uri: string;
}

/**
 * ▶ above a composition and above a brick with tests, and who uses it. The commands are the editor's: they take the
 * file's URI and its name. Users are counted only for lenses that are seen.
 */
export const lenses: Feature = {
  capabilities: () => ({ codeLensProvider: { resolveProvider: true } }),
  register(session) {
    session.connection.onCodeLens(async ({ textDocument: { uri } }) => {
      const file = await session.find({ uri });
      const declaration = file === undefined ? undefined : session.workspace.source(file)?.declaration;
      if (!declaration?.name) return [];
      const kind = declaration.root.entries.find((entry) => entry.key.value === 'kind');
      const range = session.range(declaration.file, kind?.range ?? declaration.name.range);
      const name = declaration.name.value;
      const run = (title: string, command: string): CodeLens => ({
        range,
        command: { title, command, arguments: [uri, name] },
      });
      const isRunnable = session.workspace.runnables(declaration.file).length > 0;
      return [
        ...(isRunnable ? [run('▶ Train', 'brique.train'), run('▶ Evaluate', 'brique.evaluate')] : []),
        ...(declaration.kind === 'module' && declaration.hasTests ? [run('▶ Test', 'brique.test')] : []),
        ...(mayBeUsed(session, declaration) ? [{ range, data: { uri } satisfies Pending }] : []),
      ];
    });
    session.connection.onCodeLensResolve(async (lens, token) => {
      const { uri } = lens.data as Pending;
      const file = await session.find({ uri });
      const declaration = file === undefined ? undefined : session.workspace.source(file)?.declaration;
      if (!declaration) return { ...lens, command: { title: '', command: '' } };
      const users = await usersOf(session, declaration, token);
      return { ...lens, command: usedByCommand(session, declaration, placesOf(users), lens) };
    });
  },
};

/** Few compositions are extended, so that nobody wants to read it of each that it is not. */
function mayBeUsed({ workspace }: Session, { kind, file, name }: Declaration): boolean {
  if (kind !== 'model') return true;
  const extended = (text: string) => text.includes('extends') && text.includes(name?.value ?? '');
  return workspace.files().some((other) => other !== file && extended(workspace.source(other)?.text ?? ''));
}

/** Without a command of the editor that lists places, the lens only tells. */
function usedByCommand(
  session: Session,
  declaration: Declaration,
  places: ReturnType<typeof placesOf>,
  { range }: CodeLens,
) {
  const count = new Set(places.map(({ file }) => file)).size;
  const title = count === 0 ? 'used by none' : `used by ${count}`;
  const { showReferences } = session.options;
  if (!showReferences || count === 0) return { title, command: '' };
  const locations = places.map((place) => session.location(place));
  return {
    title,
    command: showReferences,
    arguments: [session.files.uri(declaration.file), range.start, locations],
  };
}
