/** Gathers what a version will hold, and every reason why it cannot be published. Nothing is written. */
import { dirname, join } from 'node:path';
import { SourceFile } from '../../language/names/source-file';
import type { Verdict } from '../../language/versions/judge/judge';
import { measuredIn } from '../../language/versions/judge/version';
import { manifestText, WEIGHTS_FILE } from '../../language/versions/manifest';
import type { TestSummary } from '../../protocol/tests';
import type { Publication } from '../../registry/published/publish';
import type { Registries } from '../../registry/published/registries';
import { findSources, libraryFolder } from '../../registry/sources';
import { tokenizer } from '../../registry/tokenizers';
import { brickVersion } from '../brick-version';
import type { CommonOptions } from '../options';
import type { FoundBrick } from './brick';
import { cardReason, cardText } from './card';
import { filesOf, findingReasons, requirementReasons, testReasons, weightsReasons } from './checks';
import { guaranteeReasons } from './guarantees';
import { type Reason, Refused } from './reasons';
import { misfits, notesOf, type TrainedWeights, trainedWeights } from './trained';
import { type Numbered, numbered } from './version';

export interface PrepareOptions extends CommonOptions {
  run?: string;
  part?: string;
  version?: string;
  bump?: boolean;
}

export interface Prepared {
  reasons: Reason[];
  notes: string[];
  tests: TestSummary | undefined;
  number: Numbered | undefined;
  trained: TrainedWeights | undefined;
  /** Undefined where there are reasons against it. */
  publication: Publication | undefined;
}

export async function prepare(
  brick: FoundBrick,
  registries: Registries,
  options: PrepareOptions,
): Promise<Prepared> {
  const { module } = brick;
  const reasons: Reason[] = findingReasons(brick);
  const isSound = reasons.length === 0;
  const card = cardReason(module);
  if (card) reasons.push(card);
  reasons.push(...requirementReasons(brick, registries));
  const { files, reasons: missing } = filesOf(brick);
  reasons.push(...missing);
  const { run } = options;
  if (run === undefined) reasons.push(...weightsReasons(brick));
  const trained =
    run === undefined || !isSound
      ? undefined
      : await collected(reasons, () => trainedWeights(brick, run, options.part, options));
  if (trained) reasons.push(...misfits(trained));
  if (isSound) reasons.push(...guaranteeReasons(brick, trained));
  const number = isSound
    ? await collected(reasons, () => numberOf(brick, registries, options, trained))
    : undefined;
  const tested = isSound ? await testReasons(brick) : undefined;
  reasons.push(...(tested?.reasons ?? []));
  const notes = [...(trained ? notesOf(trained) : []), ...(number?.verdict ? doubtsIn(number.verdict) : [])];
  if (run === undefined && module.weights === undefined)
    notes.push('Without --run it has no weights: nobody can take it with `weights: pretrained`.');
  const isReady = reasons.length === 0 && number !== undefined;
  return {
    ...{ reasons, notes, number, trained, tests: tested?.summary },
    publication: isReady ? publicationOf(brick, number.version, files, trained) : undefined,
  };
}

async function collected<T>(reasons: Reason[], make: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await make();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    reasons.push(error.reason);
    return undefined;
  }
}

async function numberOf(
  brick: FoundBrick,
  registries: Registries,
  { version, bump = false }: PrepareOptions,
  trained: TrainedWeights | undefined,
): Promise<Numbered> {
  const { name, file, root, module, loaded } = brick;
  const { workspace, files } = loaded;
  const weights = trained?.weights;
  const held = weights
    ? { hash: weights.sha256, tensors: weights.tensors }
    : (await brickVersion(file, root)).weights;
  const measured = weights && measuredIn(trained.from);
  const sources = [...findSources(libraryFolder()), ...files].flatMap((each) => workspace.source(each) ?? []);
  return numbered({
    ...{ name, bump, registries },
    wanted: version ?? module.version?.value,
    around: { sources, host: { tokenizer } },
    names: workspace.names(file),
    next: (number) => ({
      source: new SourceFile(file, textOf(brick, number, trained), 'registry'),
      ...(held ? { weights: held } : {}),
      ...(measured ? { measured } : {}),
    }),
  });
}

/** The manifest as it is published: it names the weights that come with it. */
function textOf(
  { source, module }: FoundBrick,
  version: string,
  trained: TrainedWeights | undefined,
): string {
  const isUnnamed = trained?.weights && !module.weights;
  return manifestText(source, { version, ...(isUnnamed ? { weights: WEIGHTS_FILE } : {}) });
}

function publicationOf(
  brick: FoundBrick,
  version: string,
  files: Record<string, string>,
  trained: TrainedWeights | undefined,
): Publication {
  const { module, file } = brick;
  const declared = module.weights?.value;
  const weights: Publication['files'] = trained?.weights
    ? { [declared ?? WEIGHTS_FILE]: trained.weights.bytes }
    : declared === undefined
      ? {}
      : { [declared]: join(dirname(file), declared) };
  const card = cardText(module, version, trained?.of.run, trained?.from);
  return {
    manifest: textOf(brick, version, trained),
    files: { ...files, ...weights, 'card.md': Buffer.from(card) },
    ...(trained ? { trained: trained.from } : {}),
  };
}

/** Breaking changes that nobody's check sees. */
function doubtsIn({ changes, enough, least }: Verdict): string[] {
  const advice = enough === false ? `; ${least} would say so` : '';
  return changes
    .filter(({ bump, severity }) => bump === 'major' && severity === 'warning')
    .map(({ message, evidence }) =>
      evidence === undefined ? `May break somebody: ${message}` : `${message}; ${evidence}${advice}`,
    );
}
