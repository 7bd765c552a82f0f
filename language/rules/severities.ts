import type { Severity } from '../answers/answers';
import type { SourceFile } from '../names/source-file';
import { asText, entriesOf, get, keyOf } from '../syntax/path';

export type Severities = Record<string, Severity | 'off'>;

const allowed = new Set<string>(['off', 'hint', 'information', 'warning', 'error']);

/** What the workspace file nearest above a file says of the rules. */
export function severitiesFor(file: string, workspaceFiles: Iterable<SourceFile>): Severities {
  let nearest: SourceFile | undefined;
  for (const source of workspaceFiles) {
    const folder = folderOf(source.file);
    if (file.startsWith(folder) && (!nearest || folder.length > folderOf(nearest.file).length))
      nearest = source;
  }
  return Object.fromEntries(
    entriesOf(get(nearest?.tree.root, 'rules')).flatMap((entry): [string, Severity | 'off'][] => {
      const value = asText(entry.value) ?? '';
      return allowed.has(value) ? [[keyOf(entry), value as Severity | 'off']] : [];
    }),
  );
}

/** With the slash. */
function folderOf(file: string): string {
  return file.slice(0, Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
}
