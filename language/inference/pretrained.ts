/** What `weights: pretrained` of a part means: the weights that its brick's version ships, and where they lie. */
import type { Names } from '../names/catalogue';
import { locatedText, type ModuleDeclaration } from '../names/declarations';
import type { Origin } from '../names/source-file';
import type { FlatModel } from './flatten';
import type { InferredStep } from './graph';

export type Pretrained =
  | {
      from: 'file';
      /** Named as manifests are. */
      file: string;
      /** With the hash of the version, and that of the file. */
      published?: { name: string; version: string; hash: string; weights: string };
      /** The part takes what fed this input of the brick while that was trained. */
      input?: string;
    }
  /** A brick of the workspace that is not published in this version, as `name@version`. */
  | { from: 'unpublished'; brick: string }
  | { from: 'none' };

export interface PretrainedScope {
  steps: ReadonlyMap<string, InferredStep>;
  flat: FlatModel;
  names: Names;
  origin(file: string): Origin;
}

/**
 * A brick ships the file that its manifest names. A brick of the workspace that is published in its very version has the
 * weights of that. What only makes ids or numbers for a pretrained part, such as a vocabulary, ships nothing of its own:
 * that part's version brings along what it was trained with.
 */
export function pretrainedOf(inferred: InferredStep, scope: PretrainedScope): Pretrained {
  const { target, step } = inferred;
  if (target.kind !== 'module') return { from: 'none' };
  const { module } = target;
  const own = shippedBy(module, scope);
  if (own) return own;
  if (isOnlyFitted(step.name, scope.flat)) {
    for (const user of scope.steps.values()) {
      const wire = user.wires.find((each) => each.wire.reference.owner === step.name);
      if (!wire?.input || user.target.kind !== 'module' || !isPretrained(user)) continue;
      const theirs = shippedBy(user.target.module, scope);
      if (theirs) return { ...theirs, input: wire.input };
    }
  }
  if (scope.origin(module.file) !== 'workspace') return { from: 'none' };
  return { from: 'unpublished', brick: `${module.name?.value ?? ''}@${module.version?.value ?? ''}` };
}

export function isPretrained({ step }: InferredStep): boolean {
  return locatedText(step.extras.get('weights')?.value)?.value === 'pretrained';
}

function shippedBy(module: ModuleDeclaration, { names }: PretrainedScope) {
  const release = names.release('module', module.name?.value ?? '', module.version?.value ?? '');
  const isItself = release?.source.file === module.file;
  if (module.weights && !isItself)
    return { from: 'file' as const, file: besideManifest(module, module.weights.value) };
  const path = release?.declaration.weights?.value;
  if (!release || path === undefined || release.published.weights === undefined) return undefined;
  const { name, version, hash, weights } = release.published;
  const file = besideManifest(release.declaration, path);
  return { from: 'file' as const, file, published: { name, version, hash, weights } };
}

function besideManifest({ file }: ModuleDeclaration, path: string): string {
  return file.replace(/[^/\\]*$/, '') + path;
}

/** Whether a part has nothing to learn but what is fitted before training. */
function isOnlyFitted(part: string, flat: FlatModel): boolean {
  const nodes = flat.nodes.filter((node) => node.part === part);
  return nodes.some(({ op }) => op.stage === 'prepare') && nodes.every(({ weights }) => weights.length === 0);
}
