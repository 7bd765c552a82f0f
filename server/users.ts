import type { CancellationToken } from 'vscode-languageserver';
import { type Relation, userOf } from '../language/answers/uses';
import type { Declaration } from '../language/names/declarations';
import { stopIfCancelled } from './cancel';
import type { Session } from './session';
import { inSlices } from './slices';

/** The files of the workspace that use it; other messages are answered in between. */
export async function usersOf(
  session: Session,
  sought: Declaration,
  token: CancellationToken,
): Promise<Relation[]> {
  const { workspace } = session;
  const found: Relation[] = [];
  for await (const file of inSlices(workspace.files())) {
    stopIfCancelled(token);
    const source = workspace.source(file);
    const relation = source && userOf(sought, source, workspace.names(file));
    if (relation) found.push(relation);
  }
  return found;
}
