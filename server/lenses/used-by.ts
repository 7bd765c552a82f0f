import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CancellationToken, CodeLens, Command, Location } from 'vscode-languageserver';
import { namedBy, placesOf } from '../../language/answers/uses';
import type { Declaration } from '../../language/names/declarations';
import { lineMap } from '../../language/syntax/lines';
import { RECORD_FILE } from '../../protocol/runs/read';
import { Registries } from '../../registry/published/registries';
import { stopIfCancelled } from '../cancel';
import { uriOf } from '../paths';
import type { RunRecords } from '../run-records';
import type { Session } from '../session';
import { inSlices } from '../slices';
import { usersOf } from '../users';

/** Places of one kind that are shown at most. */
const MOST_PLACES = 100;

/** Who uses it: files of the workspace, runs that trained or took it, and published versions that name it. */
export async function usedBy(
  session: Session,
  records: RunRecords,
  declaration: Declaration,
  lens: CodeLens,
  token: CancellationToken,
): Promise<Command> {
  const places = placesOf(await usersOf(session, declaration, token));
  const count = new Set(places.map(({ file }) => file)).size;
  const published = await publishedUsers(session, declaration, token);
  const runs = await runsOf(session, records, declaration);
  const title = [
    count === 0 ? 'used by none' : `used by ${count}`,
    ...(runs.length > 0 ? [`${runs.length} ${runs.length === 1 ? 'run' : 'runs'}`] : []),
    ...(published.length > 0 ? [`${published.length} published`] : []),
  ].join(' · ');
  const found = [...places.map((place) => session.location(place)), ...published, ...runs];
  return peek(session, declaration, lens, title, found);
}

/** Without a command of the editor that lists places, the lens only tells. */
export function peek(
  session: Session,
  { file }: Declaration,
  { range }: CodeLens,
  title: string,
  places: Location[],
): Command {
  const { showReferences } = session.options;
  if (!showReferences || places.length === 0) return { title, command: '' };
  return { title, command: showReferences, arguments: [session.files.uri(file), range.start, places] };
}

/** Of each brick the highest version that names it and is not withdrawn. */
async function publishedUsers(
  session: Session,
  { name, file }: Declaration,
  token: CancellationToken,
): Promise<Location[]> {
  const names = session.workspace.names(file);
  const { root, folders } = session.workspace.registriesOf(file);
  const found: Location[] = [];
  for await (const other of inSlices(new Registries(root, folders).names())) {
    stopIfCancelled(token);
    const user = names
      .published(other)
      .versions.find(({ yanked, requires }) => !yanked && requires.some((each) => each.name === name!.value));
    const source = user && names.release(user.kind, user.name, user.version)?.source;
    const place = namedBy(source?.declaration).find(({ reference }) => reference.name === name!.value);
    if (!source || !place || found.length >= MOST_PLACES) continue;
    const lines = lineMap(source.text);
    const { start, end } = place.reference.nameRange;
    found.push({ uri: uriOf(source.file), range: { start: lines.place(start), end: lines.place(end) } });
  }
  return found;
}

/** Newest first; the place is where the run's record names it. */
async function runsOf(
  session: Session,
  records: RunRecords,
  { kind, name, file }: Declaration,
): Promise<Location[]> {
  const { root } = session.workspace.registriesOf(file);
  const all = await records.all([root]);
  const wanted = name!.value;
  const isUse = {
    module: ({ record }: (typeof all)[0]) => record.bricks.some(({ module }) => module === wanted),
    dataset: ({ record }: (typeof all)[0]) => record.data.some((data) => data.name === wanted),
    model: ({ record }: (typeof all)[0]) => record.model.name === wanted,
  }[kind];
  return all
    .filter(isUse)
    .sort((a, b) => (a.record.created < b.record.created ? 1 : -1))
    .map(({ folder }, index) =>
      recordPlace(join(folder, RECORD_FILE), index < MOST_PLACES ? wanted : undefined),
    );
}

function recordPlace(path: string, name: string | undefined): Location {
  const text = name === undefined ? '' : readFileSync(path, 'utf8');
  const at = Math.max(0, text.indexOf(JSON.stringify(name)));
  const lines = lineMap(text);
  return { uri: uriOf(path), range: { start: lines.place(at), end: lines.place(at) } };
}
