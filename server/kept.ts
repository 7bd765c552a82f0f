import { sep } from 'node:path';
import { buildOf, KeptFindings } from '../registry/kept-findings';
import { idOf, isPath } from './paths';
import type { Session } from './session';

/** What earlier sessions have found in these folders is made use of, and what this one finds is kept for later ones. */
export function keepFindings(session: Session, folders: readonly string[]): void {
  const paths = folders.map(idOf).filter(isPath);
  const build = paths.length > 0 ? buildOf(__filename) : undefined;
  if (build === undefined) return;
  const kept = new KeptFindings(
    paths.map((path) => path + sep),
    build,
  );
  const { workspace } = session;
  kept.recall(workspace);
  const keep = () => {
    if (workspace.hasNews) kept.keep(workspace);
  };
  session.onAllChecked(keep);
  process.once('exit', keep);
}
