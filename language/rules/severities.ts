/** How much each rule weighs: first what the editor's settings say, then the workspace file, which wins. */
import type { Severity } from '../answers/answers';
import type { SourceFile } from '../names/source-file';
import { asText, entriesOf, get, keyOf } from '../syntax/path';

export type Severities = Record<string, Severity | 'off'>;

const allowed = new Set<string>(['off', 'hint', 'information', 'warning', 'error']);

/** Settings by folder, which ends in a slash; the empty folder holds everywhere. */
export type RuleSettings = ReadonlyMap<string, Severities>;

export function severitiesFor(
  file: string,
  workspaceFiles: Iterable<SourceFile>,
  settings: RuleSettings = new Map(),
): Severities {
  const folders = [...settings.keys()].filter((folder) => file.startsWith(folder));
  const folder = folders.sort((a, b) => b.length - a.length)[0];
  const written = entriesOf(get(workspaceFileOf(file, workspaceFiles)?.tree.root, 'rules'));
  return {
    ...(folder === undefined ? {} : settings.get(folder)),
    ...severitiesIn(Object.fromEntries(written.map((entry) => [keyOf(entry), asText(entry.value)]))),
  };
}

/** The workspace file nearest above a file. */
export function workspaceFileOf(file: string, workspaceFiles: Iterable<SourceFile>): SourceFile | undefined {
  let nearest: SourceFile | undefined;
  for (const source of workspaceFiles) {
    const folder = folderOf(source.file);
    if (file.startsWith(folder) && (!nearest || folder.length > folderOf(nearest.file).length))
      nearest = source;
  }
  return nearest;
}

/** What of a record are severities. */
export function severitiesIn(record: Record<string, unknown>): Severities {
  return Object.fromEntries(
    Object.entries(record).filter((entry): entry is [string, Severity | 'off'] =>
      allowed.has(String(entry[1])),
    ),
  );
}

/** With the slash. */
function folderOf(file: string): string {
  return file.slice(0, Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
}
