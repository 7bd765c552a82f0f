/** What is known of one file by itself: its types, the versions that were chosen, and a view of both for rules. */
import type { Finding } from '../answers/answers';
import type { Gradual } from '../gradual';
import { inferredAgain } from '../inference/again';
import { flattenModel } from '../inference/flatten';
import { inferringModel, type ModelInference } from '../inference/model';
import { inferringModule, type ModuleInference } from '../inference/module';
import type { DeclaredKind, Names, NamesInSight } from '../names/catalogue';
import type { Declaration } from '../names/declarations';
import { extendModel } from '../names/extend';
import type { BrickReference } from '../names/reference';
import type { SourceFile } from '../names/source-file';
import type { Analysis, Host } from '../rules/rule';
import { ruleIds } from '../rules/rules';
import type { Judgements } from '../versions/judge/judgements';
import type { ReadLock } from '../versions/lock/read';
import { extendedByNewest } from '../versions/resolution/bases';
import { resolvingExtended } from '../versions/resolution/extending';
import { namesOf, type Resolved, resolving } from '../versions/resolution/resolve';
import { type Facts, SETTINGS } from './facts';
import { trackedHost } from './host-facts';
import type { Settings } from './settings';
import { TrackedNames } from './tracked-names';

/** What lies around a file. */
export interface Around {
  host: Host;
  settings: Settings;
  judgements: Judgements;
  names(file: string): NamesInSight;
  lock(file: string, facts: Facts): ReadLock | undefined;
  /** Everything known of another file; whoever asks rests on all that it rests on. */
  other(file: string, facts: Facts): { analysis: Analysis; kept: { findings: Finding[] } } | undefined;
  isPublished(file: string): boolean;
}

type Inferred = ModuleInference | ModelInference | undefined;

/** With `edited`, an edit may follow: what was known before the last one. */
function* inferring(
  declaration: Declaration | undefined,
  names: Names,
  edited?: { before: Inferred },
): Gradual<Inferred> {
  const before = edited?.before;
  const module = (reference: BrickReference) => names.find('module', reference);
  const dataset = (reference: BrickReference) => names.find('dataset', reference);
  if (declaration?.kind === 'module')
    return yield* inferringModule(
      declaration,
      module,
      edited && { before: before?.kind === 'module' ? before : undefined },
    );
  if (declaration?.kind !== 'model' || !declaration.complete) return undefined;
  return yield* inferringModel(
    declaration,
    { module, dataset },
    edited && { before: before?.kind === 'model' ? before : undefined },
  );
}

/** Types a file, and gives rules a view of it and of what it looks at; what that is, is noted in `facts`. */
export function* analysing(
  source: SourceFile,
  facts: Facts,
  around: Around,
  before?: Analysis,
): Gradual<Analysis> {
  // A brick sees interfaces; a composition also opens bricks, and reads all of a dataset.
  const inSight = new TrackedNames(around.names(source.file), facts, (kind: DeclaredKind) =>
    kind !== 'module' ? 'text' : source.kind === 'module' ? 'interface' : 'inside',
  );
  const lock = () => around.lock(source.file, facts);
  const written = source.declaration;
  const newest = written?.kind === 'model' ? extendedByNewest(written, { names: inSight, lock }) : undefined;
  let declaration = newest?.declaration ?? written;
  // Where versions could not be chosen, it is told by line, which an edit moves.
  const settled = before?.resolution?.conflict ? undefined : before;
  const again = inferredAgain(settled?.inference, declaration, (reference) => find(reference));
  const host = trackedHost(around.host, facts);
  const asking = { text: source.text, names: inSight, host, lock };
  let resolved: Pick<Resolved<unknown>, 'resolution' | 'names'> | Resolved<Inferred> | undefined;
  if (again)
    resolved = settled?.resolution && {
      resolution: settled.resolution,
      names: namesOf(inSight, settled.resolution),
    };
  else if (newest && written?.kind === 'model')
    ({ declaration, resolved } = yield* resolvingExtended({ ...asking, model: written }, newest, inferring));
  else if (written)
    resolved = yield* resolving({ ...asking, declaration: written, bases: [] }, (names) =>
      inferring(written, names),
    );
  const names = resolved?.names ?? inSight;
  const find = (reference: BrickReference) => names.find('module', reference);
  const inference =
    again ??
    (resolved && 'inference' in resolved
      ? resolved.inference
      : yield* inferring(declaration, names, settled && { before: settled.inference }));
  facts.add(SETTINGS);
  let flat = inference === again ? before?.flat() : undefined;
  const inside = new TrackedNames(around.names(source.file), facts, () => 'inside');
  const analysis: Analysis = {
    source,
    declaration,
    inference,
    resolution: resolved?.resolution,
    lock,
    flat() {
      if (inference?.kind === 'model') flat ??= flattenModel(inference, find);
      return flat;
    },
    general: (file) => {
      const other = around.other(file, facts);
      return other?.analysis.inference?.kind === 'module' ? other.analysis.inference : undefined;
    },
    isPublished: (file) => around.isPublished(file),
    engine: around.settings.engineOf(source.file),
    found: (file) => around.other(file, facts)?.kept.findings ?? [],
    trained: (name) =>
      names
        .named('model', name)
        .map(({ declaration: model }) => extendModel(model, (base) => names.find('model', base))),
    ownLooks: () => facts.ownLooks,
    ruleIds,
    severities: around.settings.severitiesOf(source.file),
    catalogue: names,
    versions: {
      judge: (old, next) => around.judgements.judge(old, next, inside),
      affected: (old, next) => around.judgements.affected(analysis, old, next, inside),
    },
    host,
  };
  return analysis;
}
