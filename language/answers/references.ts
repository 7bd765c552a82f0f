/** Where something is named, in one file at a time, so that a search of many files can pause and be called off. */
import { allAtOnce, type Gradual } from '../gradual';
import type { Names } from '../names/catalogue';
import type { SourceFile } from '../names/source-file';
import type { Analysis } from '../rules/rule';
import type { Range } from '../syntax/tree';
import type { Location } from './answers';
import { occurrenceAt } from './definition';
import { collectingOccurrences, type Meaning } from './occurrences';
import { inPlainSight } from './plain-uses';

/** Where answers about several files look. */
export interface Files {
  /** Of the workspace itself, without the library. */
  files(): string[];
  source(file: string): SourceFile | undefined;
  analysis(file: string): Analysis | undefined;
  /** As `analysis`, where nobody asks what is wrong. */
  meaning(file: string): Analysis | undefined;
  /** What can be named in a file. */
  names(file: string): Names;
}

/** What is searched for. */
export interface Sought {
  declared: Location;
  meaning: Meaning;
  /** A file that names it holds the first of these words, and the others too where it extends nothing. */
  words: string[];
  /** The only file that can name it; undefined when others can too. */
  within: string | undefined;
}

/** What the name at the offset means; undefined where nothing is named that is declared somewhere. */
export function soughtAt(analysis: Analysis, offset: number): Sought | undefined {
  const found = occurrenceAt(analysis, offset);
  // What an op gives has the op's name for it, though it comes from a node that is declared.
  if (!found?.declared || found.meaning.kind === 'value') return undefined;
  const { meaning, declared } = found;
  const name = nameOf(meaning, analysis.source.text.slice(found.range.start, found.range.end));
  // Names of a composition are known in those that extend it.
  if (isOfModel(declared, analysis) && ['step', 'task', 'alias'].includes(meaning.kind))
    return { declared, meaning, words: [name, 'extends'], within: undefined };
  return {
    declared,
    meaning,
    words: [name, ...ownerOf(meaning, declared)],
    within: scopeOf(meaning, declared),
  };
}

/** Whether it is declared by the composition or one that it extends, not inside a brick of a part. */
function isOfModel({ file }: Location, { declaration, source }: Analysis): boolean {
  if (declaration?.kind !== 'model') return false;
  return file === source.file || declaration.layers.some((layer) => layer.file === file);
}

/** Whether it is worth looking into the file; reads its text and nothing else. */
export function mayName({ file, text }: SourceFile, { declared, words, within }: Sought): boolean {
  if (file === declared.file) return true;
  if (within !== undefined) return false;
  const [name = '', ...owners] = words;
  // What owns it may be named by a composition that this one extends.
  return text.includes(name) && (text.includes('extends') || owners.every((owner) => text.includes(owner)));
}

/** Where a file names it, step by step. What belongs to a brick, others name in plain sight; all else has to be inferred. */
export function* searching(files: Files, file: string, sought: Sought): Gradual<Location[]> {
  const source = files.source(file);
  const plain =
    source && file !== sought.declared.file && inPlainSight(source, sought.meaning, files.names(file));
  if (plain) return once(plain).map((range) => ({ file, range }));
  const analysis = files.meaning(file);
  return analysis ? yield* findingUses(analysis, sought) : [];
}

/** In one file, of which everything is known. */
export function* findingUses(analysis: Analysis, { declared }: Sought): Gradual<Location[]> {
  const occurrences = yield* collectingOccurrences(analysis);
  const found = occurrences.filter(
    (each) => each.meaning.kind !== 'value' && sameLocation(each.declared, declared),
  );
  return once(found.map(({ range }) => range)).map((range) => ({ file: analysis.source.file, range }));
}

/** What an alias such as `*params` repeats is written in one place. */
function once(ranges: Range[]): Range[] {
  return [...new Map(ranges.map((range) => [range.start, range])).values()];
}

/** The declaration first, then every other place. */
export function declarationFirst({ declared }: Sought, found: Location[]): Location[] {
  return [declared, ...found.filter((location) => !sameLocation(location, declared))];
}

export function sameLocation(a: Location | undefined, b: Location): boolean {
  return a?.file === b.file && a.range.start === b.range.start;
}

function nameOf(meaning: Meaning, written: string): string {
  switch (meaning.kind) {
    case 'module':
      return meaning.module.name?.value ?? written;
    case 'dataset':
      return meaning.dataset.name?.value ?? written;
    case 'model':
      return meaning.model.name?.value ?? written;
    case 'port':
      return meaning.port.name;
    case 'step':
      return meaning.inferred.step.name;
    case 'column':
    case 'param':
      return meaning.name;
    default:
      return written;
  }
}

/** A file that names a port names its brick too. A node is known elsewhere by the output it makes, or for adapters. */
function ownerOf(meaning: Meaning, declared: Location): string[] {
  if (meaning.kind === 'port' || meaning.kind === 'param' || meaning.kind === 'size')
    return [meaning.module.name?.value ?? ''];
  if (meaning.kind === 'step')
    return meaning.inferred.step.key.start === declared.range.start ? ['lora'] : [];
  return meaning.kind === 'column' ? [meaning.dataset.name?.value ?? ''] : [];
}

/** Tasks and aliases are names of one file. */
function scopeOf(meaning: Meaning, declared: Location): string | undefined {
  return ['task', 'alias'].includes(meaning.kind) ? declared.file : undefined;
}

/** Every place that means the same, the declaration first, among the files of the workspace. */
export function referencesAt(files: Files, file: string, offset: number): Location[] {
  const analysis = files.analysis(file);
  const sought = analysis && soughtAt(analysis, offset);
  if (!sought) return [];
  const found = filesToSearch(files, file, sought).flatMap((other) =>
    allAtOnce(searching(files, other, sought)),
  );
  return declarationFirst(sought, found);
}

/** The file where it was asked may be of the library. */
export function filesToSearch(files: Files, file: string, sought: Sought): string[] {
  return [...new Set([file, ...files.files()])].filter((other) => {
    const source = files.source(other);
    return source !== undefined && mayName(source, sought);
  });
}
