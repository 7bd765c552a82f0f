/** `brique diff`: what changed between two versions of a brick, and how far its number has to go. */
import { join, resolve } from 'node:path';
import semver from 'semver';
import type { Location } from '../language/answers/answers';
import { lineMap } from '../language/syntax/lines';
import type { Change } from '../language/versions/judge/change';
import { judge, type Verdict } from '../language/versions/judge/judge';
import { publishedIn } from '../language/versions/judge/judgements';
import { asPublished } from '../language/versions/manifest';
import { EXIT } from '../protocol/command';
import { workspaceRoot } from '../registry/root';
import { findSources, libraryFolder, loadWorkspace, SOURCE_ENDING } from '../registry/sources';
import { tokenizer } from '../registry/tokenizers';
import { brickVersion, type NamedVersion } from './brick-version';
import { CommandFailure } from './failure';
import { display } from './formats/json';
import { tellUnreadable } from './load';
import type { CommonOptions } from './options';
import { note, type Paint, paintFor, print, printJson, table } from './output';
import { ownErrors } from './own-errors';

/** Breaking by its kind, without a user that proves it. */
const UNPROVED = 'major?';

export interface DiffOptions extends CommonOptions {
  witness?: boolean;
}

/** A version with errors of its own, so that what it promises is not sure. */
interface Broken {
  label: string;
  errors: number;
  first: string;
}

/** Exit code 1 where the new version's number does not go as far as it has to, or it is wrong in itself. */
export async function diff(from: string, to: string, options: DiffOptions): Promise<number> {
  const root = resolve(options.root ?? workspaceRoot(process.cwd(), process.cwd()));
  const old = await brickVersion(from, root);
  const next = following(await brickVersion(to, root), old);
  const [before, after] = [old, next].map(({ source }) => source.header.name);
  if (before !== after) throw new CommandFailure(`${from} is ${before} and ${to} is ${after}: not one brick`);
  const loaded = loadWorkspace([root]);
  tellUnreadable(loaded);
  const files = [...findSources(libraryFolder()), ...loaded.files];
  const sources = files.flatMap((file) => loaded.workspace.source(file) ?? []);
  const isHere = loaded.files.includes(next.source.file);
  const names = loaded.workspace.names(isHere ? next.source.file : join(root, SOURCE_ENDING));
  sources.push(...publishedIn([old.source, next.source], names));
  const verdict = judge(old, next, { sources, host: { tokenizer } });
  if (!verdict) throw new CommandFailure(`${from} and ${to} have no name`);
  const broken = [old, next].flatMap((version): Broken[] => {
    const [first, ...others] = ownErrors(version, loaded);
    return first
      ? [{ label: version.label, errors: others.length + 1, first: first.message.split('\n', 1)[0]! }]
      : [];
  });
  if (options.json) printJson({ ...documentOf(verdict, old, next), broken });
  else say(verdict, old, next, options);
  if (!options.json && !options.quiet) for (const each of broken) note(brokenText(each));
  const isBroken = broken.some(({ label }) => label === next.label);
  return verdict.tolerable === false || isBroken ? EXIT.findings : EXIT.fine;
}

/** Against a published version, a file is compared as it would be published. */
function following(next: NamedVersion, { source }: NamedVersion): NamedVersion {
  const old = source.declaration;
  return source.origin !== 'registry' || next.source.origin === 'registry' || old?.kind !== 'module'
    ? next
    : { ...next, source: asPublished(next.source, old) };
}

function say(verdict: Verdict, old: NamedVersion, next: NamedVersion, options: DiffOptions): void {
  const paint = paintFor(process.stdout);
  const { changes } = verdict;
  if (changes.length > 0) {
    const rows = changes.map((change) => [
      shownBump(change),
      change.surface,
      change.rule,
      linesOf(change, old, next),
      messageOf(change),
    ]);
    print(table([['bump', 'surface', 'change', 'lines', 'what'], ...rows], paint));
  }
  if (options.witness) for (const change of changes) sayProof(change, paint);
  if (!options.quiet) note(`${changes.length > 0 ? '\n' : ''}${summaryOf(verdict)}`);
}

function brokenText({ label, errors, first }: Broken): string {
  const count = errors === 1 ? 'an error' : `${errors} errors`;
  return `${label} has ${count} of its own, so that this verdict may change: ${first}`;
}

function shownBump({ bump, severity, evidence }: Change): string {
  return bump === 'major' && severity === 'warning' && evidence === undefined ? UNPROVED : bump;
}

/** With how it is known, where no user's check tells. */
function messageOf({ message, severity, evidence }: Change): string {
  return severity === 'warning' && evidence !== undefined ? `${message}; ${evidence}` : message;
}

function sayProof({ rule, witness, evidence }: Change, paint: Paint): void {
  if (!witness && evidence !== undefined) print(`\n${paint('bold', rule)}: ${evidence}`);
  if (!witness) return;
  const text = witness.files.find(({ file }) => file === witness.file)!.text;
  print(`\n${paint('bold', rule)}: right with the old version, and with the new one:`);
  for (const { message } of witness.findings) print(`  ${message.split('\n')[0]}`);
  print(text.replaceAll(/^(?=.)/gm, '  | ').trimEnd());
}

function summaryOf(verdict: Verdict): string {
  const { required, least, enough, tolerable, old, next, surfaces, unverified, name } = verdict;
  if (required === 'none') return `Nothing changed between the two versions of ${name}${numbers(old, next)}`;
  const touched = Object.entries(surfaces)
    .filter(([, bump]) => bump !== 'none')
    .map(([surface, bump]) => `${surface} ${bump}`)
    .join(', ');
  const asked = `${name} ${old} → ${next}: ${required} (${touched})`;
  const number =
    least === undefined || enough === undefined
      ? `\`${least === undefined ? old : next}\` is no version, such as \`1.2.0\``
      : enough
        ? 'the new number says so'
        : `the new number ${tolerable === false ? 'must' : 'should'} be at least ${least}`;
  const isOpen = verdict.changes.some((change) => shownBump(change) === UNPROVED);
  return [
    `${asked}; ${number}`,
    ...(enough === false && tolerable ? ['No check of a user fails for it, so this is advice'] : []),
    ...(isOpen ? [`${UNPROVED}: no user was found that it breaks, so it counts as minor`] : []),
    ...(unverified ? ['Some sizes could not be compared; nothing is said of them'] : []),
  ].join('\n');
}

/** What is wrong with the numbers alone. */
function numbers(old: string, next: string): string {
  const wrong = [old, next].find((each) => semver.valid(each) === null);
  if (wrong !== undefined) return `; \`${wrong}\` is no version, such as \`1.2.0\``;
  return semver.lt(next, old) ? `, but ${next} is below ${old}` : '';
}

/** As `12 → 14`. */
function linesOf(change: Change, old: NamedVersion, next: NamedVersion): string {
  const line = ({ source }: NamedVersion, location: Location | undefined) =>
    location ? lineMap(source.text).place(location.range.start).line + 1 : '';
  return `${line(old, change.old)} → ${line(next, change.next)}`;
}

function documentOf(verdict: Verdict, old: NamedVersion, next: NamedVersion): object {
  const { changes, ...rest } = verdict;
  const place = ({ source }: NamedVersion, location: Location | undefined) => {
    if (!location) return undefined;
    const { line, character } = lineMap(source.text).place(location.range.start);
    return { file: display(location.file), line: line + 1, column: character + 1 };
  };
  return {
    ...rest,
    changes: changes.map(({ fixes, witness, ...change }) => ({
      ...change,
      old: place(old, change.old),
      next: place(next, change.next),
      ...(witness
        ? {
            witness: {
              file: witness.file,
              files: witness.files,
              ...(witness.versions ? { versions: witness.versions } : {}),
              findings: witness.findings.map(({ rule, message }) => ({ rule, message })),
            },
          }
        : {}),
      fixes: fixes().map(({ title }) => title),
    })),
  };
}
