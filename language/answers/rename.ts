import { allAtOnce } from '../gradual';
import { KINDS } from '../names/catalogue';
import type { Analysis } from '../rules/rule';
import { asText } from '../syntax/path';
import type { Range } from '../syntax/tree';
import type { Finding, Location, TextEdit } from './answers';
import { occurrenceAt } from './definition';
import type { Meaning, Occurrence } from './occurrences';
import { type Files, searching, soughtAt } from './references';

export type Renamable = { range: Range; name: string } | { refusal: string };
export type Renaming = { edits: TextEdit[] } | { refusal: string };

export interface RenameRequest {
  file: string;
  offset: number;
  name: string;
  /** Wherever it is named, the declaration first. */
  places: Location[];
}

interface Checkable extends Files {
  check(file: string): Finding[];
}

const scoped = /^([a-z0-9]+(-[a-z0-9]+)*\/)?[a-z0-9]+(-[a-z0-9]+)*$/;
const word = /^[A-Za-z_]\w*$/;

/** Names that start another way would need quotes, or could not be named in a wire. */
const patterns: Partial<Record<Meaning['kind'], RegExp>> = { module: scoped, dataset: scoped, model: scoped };

export function renamable(files: Files, file: string, offset: number): Renamable {
  const analysis = files.analysis(file);
  const found = analysis && occurrenceAt(analysis, offset);
  if (!found) return { refusal: 'There is nothing here that has a name' };
  const refusal = refusalOf(files, found) ?? heldByRuns(files, analysis, found);
  if (refusal !== undefined) return { refusal };
  return { range: found.range, name: analysis.source.text.slice(found.range.start, found.range.end) };
}

function refusalOf(files: Files, { meaning, declared }: Occurrence): string | undefined {
  const builtIn = builtInName(meaning);
  if (builtIn !== undefined) return `\`${builtIn}\` is built in and keeps its name`;
  if (!declared) return 'What this names is declared nowhere';
  const origin = files.source(declared.file)?.origin;
  if (origin === 'workspace') return undefined;
  return `It is declared in ${origin === 'library' ? 'the standard library' : 'a published version'}, which does not change`;
}

/** Weights in a run are found by the names of parts, and no run is renamed. */
function heldByRuns(files: Files, { inference }: Analysis, { meaning }: Occurrence): string | undefined {
  if (meaning.kind !== 'step' || inference?.kind !== 'model') return undefined;
  const { name, extras } = meaning.inferred.step;
  if (asText(extras.get('weights')?.value)?.startsWith('run:'))
    return `\`${name}\` takes its weights from a run, where they are found by this name`;
  const source = `run:${inference.model.name?.value}`;
  const taker = files.files().find((file) => {
    if (!isIn(files, file, source)) return false;
    const declaration = files.source(file)?.declaration;
    if (declaration?.kind !== 'model') return false;
    return asText(declaration.parts.get(name)?.extras.get('weights')?.value) === source;
  });
  const by = taker && files.source(taker)?.declaration?.name?.value;
  return by && `\`${by}\` takes the weights of \`${name}\` from runs of this composition, by this name`;
}

function builtInName(meaning: Meaning): string | undefined {
  switch (meaning.kind) {
    case 'op':
      return meaning.op.name;
    case 'loss':
      return meaning.loss.name;
    case 'metric':
      return meaning.metric.name;
    case 'attribute':
    case 'value':
      return meaning.name;
    default:
      return undefined;
  }
}

/** Edits that give it another name at all these places, tried on a copy: nothing breaks, and all still mean the same. */
export function renameAt(
  files: Checkable,
  { file, offset, name, places }: RenameRequest,
  edited: (edits: TextEdit[]) => Checkable,
): Renaming {
  const before = renamable(files, file, offset);
  if ('refusal' in before) return before;
  const analysis = files.analysis(file)!;
  const { meaning } = occurrenceAt(analysis, offset)!;
  if (!(patterns[meaning.kind] ?? word).test(name)) return { refusal: `\`${name}\` cannot be a name here` };
  const edits = places.map((place) => ({ ...place, text: name }));
  const user = meaning.kind === 'model' && places.find((place) => takesRuns(files, place));
  if (user) {
    const taker = files.source(user.file)?.declaration?.name?.value;
    return { refusal: `Its runs are known by its name, and \`${taker}\` takes weights from them` };
  }
  const tried = filesToTry(files, file, name, places);
  // A brick sees no more of others than what they promise; a composition looks into all of them.
  const isOfBricks = tried.every((each) => files.source(each)?.kind === 'module');
  const after = edited(isOfBricks ? edits.filter((edit) => tried.includes(edit.file)) : edits);
  const problem = newError(tried, files, after);
  if (problem) return { refusal: `\`${name}\` cannot be its name: ${problem}` };
  if (!sameUses(places, name, after, tried)) return { refusal: `\`${name}\` is taken` };
  return { edits };
}

/**
 * Where the new name may mean something already, and the declaration with one of its users: where nobody knows the
 * name, it means the same as the old one.
 */
function filesToTry(files: Files, file: string, name: string, places: Location[]): string[] {
  const touched = [...new Set(places.map((place) => place.file))];
  const names = files.names(file);
  if (KINDS.some((kind) => names.headed(kind, name).length > 0)) return touched;
  if (names.published(name).versions.length > 0) return touched;
  const [declared = file, ...users] = touched;
  const user = users.find((each) => files.source(each)?.kind === 'module') ?? users[0] ?? declared;
  const sure = [file, declared, user];
  // A composition that extends one may have something of that name, and nothing of the old one.
  const isOfModel = files.source(declared)?.kind === 'model';
  const extending = isOfModel ? files.files().filter((each) => isIn(files, each, 'extends:')) : [];
  return [...new Set([...sure, ...[...touched, ...extending].filter((each) => isIn(files, each, name))])];
}

function isIn(files: Files, file: string, words: string): boolean {
  return files.source(file)?.text.includes(words) ?? false;
}

function takesRuns(files: Files, { file, range }: Location): boolean {
  return files.source(file)?.text.slice(0, range.start).endsWith('run:') ?? false;
}

function newError(tried: string[], before: Checkable, after: Checkable): string | undefined {
  for (const file of tried) {
    const [were, are] = [before, after].map((each) =>
      each.check(file).filter(({ severity }) => severity === 'error'),
    ) as [Finding[], Finding[]];
    if (are.length <= were.length) continue;
    const known = new Set(were.map(({ message }) => message));
    return (are.find(({ message }) => !known.has(message)) ?? are[0]!).message.split('\n')[0];
  }
  return undefined;
}

/** Under the new name the declaration is named in as many places as before: it has not run into another. */
function sameUses(places: Location[], name: string, after: Checkable, tried: string[]): boolean {
  const [declared] = places;
  if (!declared) return true;
  const before = places.filter(
    ({ file, range }) => file === declared.file && range.start < declared.range.start,
  );
  const grown = name.length - (declared.range.end - declared.range.start);
  const start = declared.range.start + before.length * grown;
  const analysis: Analysis | undefined = after.analysis(declared.file);
  const sought = analysis && soughtAt(analysis, start);
  if (!sought) return false;
  const found = tried.flatMap((file) => allAtOnce(searching(after, file, sought)));
  return found.length === places.filter(({ file }) => tried.includes(file)).length;
}
