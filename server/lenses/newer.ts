import type { CodeLens } from 'vscode-languageserver';
import type { Session } from '../session';

const RULE = 'newer-version';
/** Takes the URI of a file and where a finding starts, as an offset. */
export const TAKE_VERSION = 'brique.takeVersion';

/** Above each import of which a newer version is out: what that means here. A click takes it, or shows what it breaks. */
export function newerLenses(session: Session, file: string): CodeLens[] {
  const { workspace, files, options } = session;
  const uri = files.uri(file);
  return workspace
    .check(file)
    .filter(({ rule }) => rule === RULE)
    .map(({ range: found, message, related }): CodeLens => {
      const range = session.range(file, found);
      const title = message.replaceAll('`', '');
      if (related.length === 0)
        return { range, command: { title, command: TAKE_VERSION, arguments: [uri, found.start] } };
      const places = related.map((place) => session.location(place));
      const { showReferences = '' } = options;
      return { range, command: { title, command: showReferences, arguments: [uri, range.start, places] } };
    });
}

/** Makes the upgrade of the finding that starts there, if it checks. */
export async function takeVersion(session: Session, [uri, start]: unknown[]): Promise<void> {
  if (typeof uri !== 'string' || typeof start !== 'number') return;
  const file = await session.find({ uri });
  if (file === undefined) return;
  const { workspace, connection } = session;
  const fixes = await session.answer(file, () => workspace.fixing(file, { start, end: start }));
  const fix = fixes.find(({ rule, range }) => rule === RULE && range.start === start);
  const finding = workspace.check(file).find(({ rule, range }) => rule === RULE && range.start === start);
  if (fix) await connection.workspace.applyEdit({ label: fix.title, edit: session.workspaceEdit(fix.edits) });
  else
    connection.window.showInformationMessage(
      finding?.help
        ? `The range allows it already: ${finding.help}.`
        : 'The newer version does not check here.',
    );
}
