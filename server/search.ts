import type { CancellationToken } from 'vscode-languageserver';
import type { Location } from '../language/answers/answers';
import { declarationFirst, filesToSearch, searching, soughtAt } from '../language/answers/references';
import { stopIfCancelled } from './cancel';
import type { At, Session } from './session';
import { gradually, inSlices } from './slices';

/** Every place that means what is named there, the declaration first; other messages are answered in between. */
export async function search(session: Session, at: At, token: CancellationToken): Promise<Location[]> {
  const { workspace } = session;
  const analysis = workspace.analysis(at.file);
  const sought = analysis && soughtAt(analysis, at.offset);
  if (!sought) return [];
  const found: Location[] = [];
  for await (const file of inSlices(filesToSearch(workspace, at.file, sought))) {
    stopIfCancelled(token);
    await session.prepared(file);
    found.push(...(await gradually(searching(workspace, file, sought))));
  }
  return declarationFirst(sought, found);
}
