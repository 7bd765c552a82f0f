/** `brique publish`: a brick with the weights of a run becomes a version that never changes. */

import { writeFileSync } from 'node:fs';
import { manifestText } from '../language/versions/manifest';
import { EXIT } from '../protocol/command';
import { RegistryFailure } from '../registry/published/failure';
import { publish as publishTo } from '../registry/published/publish';
import type { Release } from '../registry/published/registry';
import { CommandFailure } from './failure';
import { note, paintFor, print, printJson, table } from './output';
import { type FoundBrick, findBrick } from './publish/brick';
import { type Prepared, type PrepareOptions, prepare } from './publish/prepare';
import { surfacesOf } from './publish/version';
import { registriesOf } from './registry/open';
import { shownPath } from './shown-path';

export interface PublishOptions extends PrepareOptions {
  registry?: string;
  dryRun?: boolean;
}

/** Exit code 1 where there are reasons against it; then nothing was written. */
export async function publish(argument: string, options: PublishOptions): Promise<number> {
  if (options.bump && options.version !== undefined)
    throw new CommandFailure('--bump finds the version itself: leave --version out');
  try {
    return await publishBrick(findBrick(argument, options), options);
  } catch (error) {
    if (error instanceof RegistryFailure) throw new CommandFailure(error.message, EXIT.misuse, error.help);
    throw error;
  }
}

async function publishBrick(brick: FoundBrick, options: PublishOptions): Promise<number> {
  const { root } = brick;
  const registries = registriesOf(options, root);
  const [target] = registries.all;
  if (!target)
    throw new CommandFailure(
      'The workspace file names no registry',
      EXIT.misuse,
      'Name one with --registry.',
    );
  const prepared = await prepare(brick, registries, options);
  const { publication } = prepared;
  if (!publication) return refuse(brick, prepared, options);
  const isTrial = options.dryRun === true;
  const release = isTrial ? undefined : await publishTo(target.folder, publication);
  const written = release && options.bump ? bumped(brick, release.version) : false;
  if (options.json) printJson(documentOf(brick, prepared, target.folder, release));
  else tell(brick, prepared, target.folder, release, written, options);
  return EXIT.fine;
}

/** Writes the new number into the brick's file, if it is another one. */
function bumped({ source, file, module }: FoundBrick, version: string): boolean {
  if (module.version?.value === version) return false;
  writeFileSync(file, manifestText(source, { version }));
  return true;
}

function refuse({ name }: FoundBrick, prepared: Prepared, options: PublishOptions): number {
  const { reasons, notes } = prepared;
  if (options.json) {
    printJson({ published: null, brick: name, reasons, notes, verdict: verdictDocument(prepared) });
    return EXIT.findings;
  }
  const paint = paintFor(process.stderr);
  const count = reasons.length === 1 ? 'a reason' : `${reasons.length} reasons`;
  note(`${paint('red', 'error:')} ${name} was not published, for ${count}:`);
  for (const { code, message, help } of reasons) {
    note(
      `\n  ${paint('dim', code)}\n  ${message}${help === undefined ? '' : `\n  ${paint('cyan', 'help:')} ${help}`}`,
    );
  }
  if (!options.quiet) for (const each of notes) note(`\n  ${paint('yellow', 'note:')} ${each}`);
  return EXIT.findings;
}

function tell(
  { name, file }: FoundBrick,
  prepared: Prepared,
  registry: string,
  release: Release | undefined,
  isWritten: boolean,
  { quiet, dryRun }: PublishOptions,
): void {
  const { number, notes, tests, trained, publication } = prepared;
  const { version, old, verdict } = number!;
  const paint = paintFor(process.stdout);
  const where = shownPath(registry);
  print(
    `${paint('bold', `${name} ${version}`)} ${dryRun ? 'would be published' : 'is published'} in ${where}`,
  );
  const rows: string[][] = [];
  if (release)
    rows.push(['version', release.hash.slice(0, 12)], ['interface', release.interface.slice(0, 12)]);
  if (trained?.weights) {
    const { of, weights } = trained;
    const inputs = weights.inputs.map((input) => `, with what fed \`${input}\``).join('');
    rows.push(['weights', `${weights.sha256.slice(0, 12)}, ${of.part.name} of ${of.run.record.id}${inputs}`]);
  }
  rows.push(['files', ['the manifest', ...Object.keys(publication!.files)].join(', ')]);
  if (tests)
    rows.push(['tests', `${tests.passed} passed${tests.skipped > 0 ? `, ${tests.skipped} skipped` : ''}`]);
  rows.push([
    'change',
    verdict ? `${verdict.required} since ${old}${listed(surfacesOf(verdict))}` : 'the first version',
  ]);
  print(
    table([['', ''], ...rows], () => '')
      .split('\n')
      .slice(1)
      .map((line) => `  ${line}`)
      .join('\n'),
  );
  if (isWritten) note(`${shownPath(file)} now says \`version: ${version}\``);
  if (!quiet) for (const each of notes) note(`${paintFor(process.stderr)('yellow', 'note:')} ${each}`);
}

function listed(surfaces: string): string {
  return surfaces === '' ? '' : ` (${surfaces})`;
}

function documentOf(
  { name, file }: FoundBrick,
  prepared: Prepared,
  registry: string,
  release: Release | undefined,
): object {
  const { number, notes, tests, trained, publication } = prepared;
  return {
    published: release !== undefined,
    brick: name,
    version: number!.version,
    file,
    registry,
    ...(release ? { hash: release.hash, interface: release.interface } : {}),
    weights: trained?.weights
      ? { sha256: trained.weights.sha256, inputs: trained.weights.inputs, ...trained.from }
      : null,
    files: Object.keys(publication!.files),
    tests: tests ?? null,
    verdict: verdictDocument(prepared),
    reasons: [],
    notes,
  };
}

function verdictDocument({ number }: Prepared): object | null {
  if (!number?.verdict) return null;
  const { old, required, least, surfaces, changes } = number.verdict;
  return {
    old,
    required,
    least,
    surfaces,
    changes: changes.map(({ rule, message, bump }) => ({ rule, bump, message })),
  };
}
