/** The bricks among which versions are compared. */
import { Database } from '../../database/database';
import type { DeclaredKind } from '../../names/catalogue';
import type { SourceFile } from '../../names/source-file';
import type { Host } from '../../rules/rule';

/**
 * Everything but the brick itself, in whatever version. Settings of a workspace are left out: they say what its people
 * want to hear of, not what is right.
 */
export function databaseAround(
  brick: string,
  sources: Iterable<SourceFile>,
  host: Host,
  kind: DeclaredKind = 'module',
): Database {
  const around = new Database(host);
  for (const { file, text, origin, header } of sources) {
    const isItself = header.kind === kind && header.name === brick;
    if (!isItself && header.kind !== 'workspace') around.set(file, text, origin);
  }
  return around;
}
