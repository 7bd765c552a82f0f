import type { CancellationToken, CodeLens, Command } from 'vscode-languageserver';
import { brokenBy } from '../../language/answers/broken-by';
import type { Declaration } from '../../language/names/declarations';
import { SourceFile } from '../../language/names/source-file';
import { stopIfCancelled } from '../cancel';
import type { Session } from '../session';
import { pauses } from '../slices';
import { usersOf } from '../users';
import { peek } from './used-by';

/** Whether others can see a difference to what was saved. */
export function isEdited({ workspace, files }: Session, file: string): boolean {
  const now = workspace.source(file);
  const saved = now && files.saved(file);
  if (saved === undefined || saved === now!.text) return false;
  const before = new SourceFile(file, saved, now!.origin);
  return before.interfaceKey !== now!.interfaceKey || before.insideKey !== now!.insideKey;
}

/** How many of those that use it, also through others, are without errors with what was saved and not with this edit. */
export async function editBreaks(
  session: Session,
  declaration: Declaration,
  lens: CodeLens,
  token: CancellationToken,
): Promise<Command> {
  const { workspace, files } = session;
  const { file } = declaration;
  const saved = files.saved(file);
  if (saved === undefined) return { title: 'not saved', command: '' };
  const users = await allUsers(session, declaration, token);
  const work = brokenBy(workspace.supposing(file, saved), workspace, users);
  const pause = pauses();
  for (;;) {
    const step = work.next();
    if (step.done)
      return commandFor(session, declaration, lens, users.length, [...step.value.values()].flat());
    await pause();
    stopIfCancelled(token);
  }
}

function commandFor(
  session: Session,
  declaration: Declaration,
  lens: CodeLens,
  users: number,
  errors: { file: string; range: { start: number; end: number } }[],
): Command {
  const count = new Set(errors.map(({ file }) => file)).size;
  const whom = users === 1 ? 'who uses it' : count === users ? `all ${users}` : `${count} of ${users}`;
  const title = count === 0 ? 'this edit breaks none of them' : `this edit breaks ${whom}`;
  return peek(
    session,
    declaration,
    lens,
    title,
    errors.map((error) => session.location(error)),
  );
}

/** Files that use it, or what uses it, and so on. */
async function allUsers(session: Session, sought: Declaration, token: CancellationToken): Promise<string[]> {
  const found = new Set<string>();
  const open = [sought];
  for (let next = open.pop(); next; next = open.pop()) {
    for (const { source, declaration } of await usersOf(session, next, token)) {
      if (found.has(source.file) || source.file === sought.file) continue;
      found.add(source.file);
      open.push(declaration);
    }
  }
  return [...found];
}
