/**
 * What a new version of a brick means for one user of it. The user's text is checked again with the new version in the
 * old one's place; what no check can see is read off how the brick is used: weights that were trained with the old
 * version, and heads that learnt what its numbers mean.
 */
import type { Location } from '../../answers/answers';
import { Database } from '../../database/database';
import type { InferredStep } from '../../inference/graph';
import type { DeclaredKind } from '../../names/catalogue';
import { SourceFile } from '../../names/source-file';
import type { Analysis } from '../../rules/rule';
import { asText, entryOf, itemsOf } from '../../syntax/path';
import type { Range } from '../../syntax/tree';
import { Workspace } from '../../workspace';
import { databaseAround } from './around';
import type { Change } from './change';
import { judge, type Surroundings, type Verdict } from './judge';
import type { BrickVersion } from './version';

/** `safe`: nobody breaks; `safe for you`: others may; `breaks you here`: at the places given. */
export type Effect = 'safe' | 'safe for you' | 'breaks you here';

export interface AffectedPlace extends Location {
  message: string;
  /** The rule of the checker, or of the judge, that says so. */
  rule: string;
}

export interface Affected {
  effect: Effect;
  /** In the user's file. */
  places: AffectedPlace[];
  /** Changes that touch this user without breaking it: defaults that it relies on, other weights. */
  felt: Change[];
}

/** Undefined where one of the two versions is no brick with a name. */
export function affected(
  user: Analysis,
  old: BrickVersion,
  next: BrickVersion,
  around: Surroundings,
  verdict: Verdict | undefined = judge(old, next, around),
): Affected | undefined {
  if (!verdict) return undefined;
  const uses = usesOf(user, verdict.name);
  if (uses.length === 0) return { effect: 'safe', places: [], felt: [] };
  const places = [...recheck(user, old, next, around, verdict), ...meant(user, uses, verdict)];
  places.sort((a, b) => a.range.start - b.range.start);
  const effect =
    places.length > 0 ? 'breaks you here' : verdict.required === 'major' ? 'safe for you' : 'safe';
  return { effect, places, felt: feltBy(uses, verdict) };
}

/**
 * The same for the composition that a user extends, or for a dataset. Nobody judges what these promise to all others: it is
 * never called safe for more than this user. Undefined where it is neither.
 */
export function affectedBy(
  user: Analysis,
  old: BrickVersion,
  next: BrickVersion,
  around: Surroundings,
): Affected | undefined {
  const { kind, name } = old.source.declaration ?? {};
  if ((kind !== 'model' && kind !== 'dataset') || !name) return undefined;
  const places = recheck(user, old, next, around, { name: name.value }, kind);
  return { effect: places.length > 0 ? 'breaks you here' : 'safe for you', places, felt: [] };
}

interface Use {
  name: string;
  inferred: InferredStep;
}

function usesOf({ inference }: Analysis, brick: string): Use[] {
  if (!inference) return [];
  const plugs = inference.kind === 'model' ? [...inference.plugs] : [];
  return [...inference.graph.steps, ...plugs]
    .filter(([, { step }]) => step.module?.reference.name === brick)
    .map(([name, inferred]) => ({ name, inferred }));
}

/** Errors of the user's file that are there only with the new version. */
function recheck(
  user: Analysis,
  old: BrickVersion,
  next: BrickVersion,
  { sources, host = {} }: Surroundings,
  { name }: Pick<Verdict, 'name'>,
  kind: DeclaredKind = 'module',
): AffectedPlace[] {
  const around = databaseAround(name, sources, host, kind);
  const { file, text, origin } = user.source;
  around.set(file, text, origin);
  const errorsWith = (brick: SourceFile) => {
    const workspace = new Workspace(host, new Database(host, around));
    workspace.setFile(brick.file, brick.text);
    return workspace.check(file).filter(({ severity }) => severity === 'error');
  };
  const known = new Set(errorsWith(old.source).map(keyOf));
  return errorsWith(calledLike(old.source, next.source))
    .filter((finding) => !known.has(keyOf(finding)))
    .map(({ range, message, rule }) => ({ file, range, message: message.split('\n')[0]!, rule }));
}

function keyOf({ rule, range, message }: { rule: string; range: Range; message: string }): string {
  return `${rule} ${range.start} ${message}`;
}

/** The new version under the old one's number, so that the user's range admits it. */
function calledLike(old: SourceFile, next: SourceFile): SourceFile {
  const number = asText(entryOf(old.tree.root, 'version')?.value);
  const entry = entryOf(next.tree.root, 'version')?.value;
  if (number === undefined || !entry) return next;
  const { start, end } = entry.range;
  // Where it lies, with what lies beside it: its weights, its tokenizer.
  return new SourceFile(next.file, next.text.slice(0, start) + number + next.text.slice(end), next.origin);
}

/** Weights and heads that were made with the old version. */
function meant(user: Analysis, uses: Use[], verdict: Verdict): AffectedPlace[] {
  const { file } = user.source;
  const proved = verdict.changes.filter(({ severity }) => severity === 'error');
  const places: AffectedPlace[] = [];
  for (const { name, inferred } of uses) {
    const loaded = trainedWeights(user, inferred);
    for (const change of proved) {
      const { rule, message } = change;
      if (change.surface === 'load' && loaded) places.push({ file, range: loaded, message, rule });
      // What is promised is promised of the weights that it ships.
      const shipped = change.surface === 'behave' ? pretrained(inferred) : undefined;
      if (shipped) places.push({ file, range: shipped, message, rule });
      if (change.surface !== 'space') continue;
      // What a run has taught it stays as it is, as long as the promise is the same.
      if (loaded && change.byWeights) continue;
      for (const range of learntFrom(user, name, change.subject.name))
        places.push({ file, range, message, rule });
    }
  }
  return places;
}

/** Where the user says that it takes the weights that the brick ships. */
function pretrained({ step }: InferredStep): Range | undefined {
  const weights = step.extras.get('weights');
  return asText(weights?.value) === 'pretrained' ? weights!.range : undefined;
}

/** Where the user says that the brick's weights come from a run, or ships weights that hold the brick's. */
function trainedWeights({ declaration }: Analysis, { step }: InferredStep): Range | undefined {
  const weights = step.extras.get('weights');
  if (asText(weights?.value)?.startsWith('run:')) return weights!.range;
  return declaration?.kind === 'module' && declaration.weights ? step.module?.range : undefined;
}

/** Wires from the output to parts that were trained, and to those that never learn. */
function learntFrom({ inference, declaration }: Analysis, owner: string, output: string): Range[] {
  const steps = [...(inference?.graph.steps.values() ?? [])];
  const isTrained = ({ step }: InferredStep) => {
    const weights = asText(step.extras.get('weights')?.value) ?? 'fresh';
    const train = step.extras.get('train')?.value;
    const first = train?.kind === 'sequence' ? itemsOf(train)[0] : train;
    return (
      weights !== 'fresh' ||
      asText(first) === 'frozen' ||
      (declaration?.kind === 'module' && declaration.weights !== undefined)
    );
  };
  return steps
    .filter(isTrained)
    .flatMap(({ wires }) => wires)
    .filter(({ target }) => target.status === 'found' && target.owner === owner)
    .filter(({ target }) => target.status === 'found' && (target.port ?? output) === output)
    .map(({ wire }) => wire.range);
}

function feltBy(uses: Use[], { changes }: Verdict): Change[] {
  return changes.filter(({ rule, subject }) => {
    if (rule === 'weights-retrained' || rule === 'eval-regressed')
      return uses.some(({ inferred }) => pretrained(inferred) !== undefined);
    if (rule === 'computation-changed') return true;
    if (rule !== 'param-default-changed') return false;
    return uses.some(({ inferred: { step } }) => !step.settings.has(subject.name));
  });
}
