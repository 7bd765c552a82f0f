/** What `weights: pretrained` of a part means: the weights that its brick's version ships, and where they lie. */
import type { Names } from '../names/catalogue';
import { locatedText, type ModuleDeclaration } from '../names/declarations';
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
  /** It names weights that come when this version is published, as `name@version`. */
  | { from: 'unpublished'; brick: string }
  | { from: 'none' };

export interface PretrainedScope {
  steps: ReadonlyMap<string, InferredStep>;
  flat: FlatModel;
  names: Names;
  /** Whether a file beside a manifest is there; unknown counts as yes. */
  has(manifest: string, path: string): boolean;
}

/**
 * A brick ships the file that its manifest names, beside it or where its very version is published. What only makes ids or numbers for a pretrained part, such as a vocabulary, ships nothing of its own:
 * that part's version brings along what it was trained with.
 */
export function pretrainedOf(inferred: InferredStep, scope: PretrainedScope): Pretrained {
  const { target, step } = inferred;
  if (target.kind !== 'module') return { from: 'none' };
  const own = shippedBy(target.module, scope);
  if (own?.from === 'file') return own;
  if (isOnlyFitted(step.name, scope.flat)) {
    for (const user of scope.steps.values()) {
      const wire = user.wires.find((each) => each.wire.reference.owner === step.name);
      if (!wire?.input || user.target.kind !== 'module' || !isPretrained(user)) continue;
      const theirs = shippedBy(user.target.module, scope);
      if (theirs?.from === 'file') return { ...theirs, input: wire.input };
      if (theirs) return theirs;
    }
  }
  return own ?? { from: 'none' };
}

export function isPretrained({ step }: InferredStep): boolean {
  return locatedText(step.extras.get('weights')?.value)?.value === 'pretrained';
}

/** Undefined for what ships none. */
export function shippedBy(
  module: ModuleDeclaration,
  { names, has }: Pick<PretrainedScope, 'names' | 'has'>,
): Exclude<Pretrained, { from: 'none' }> | undefined {
  const [own, number] = [module.name?.value ?? '', module.version?.value ?? ''];
  const release = names.release('module', own, number);
  const named = module.weights?.value;
  const isItself = release?.source.file === module.file;
  if (named !== undefined && !isItself && has(module.file, named))
    return { from: 'file', file: besideManifest(module.file, named) };
  const path = release?.declaration.weights?.value;
  if (!release || path === undefined || release.published.weights === undefined)
    return named === undefined ? undefined : { from: 'unpublished', brick: `${own}@${number}` };
  const { name, version, hash, weights } = release.published;
  const file = besideManifest(release.source.file, path);
  return { from: 'file', file, published: { name, version, hash, weights } };
}

/** A file of a brick, named as its manifest is. */
export function besideManifest(manifest: string, path: string): string {
  return manifest.replace(/[^/\\]*$/, '') + path;
}

/** Whether a part has nothing to learn but what is fitted before training. */
function isOnlyFitted(part: string, flat: FlatModel): boolean {
  const nodes = flat.nodes.filter((node) => node.part === part);
  return nodes.some(({ op }) => op.stage === 'prepare') && nodes.every(({ weights }) => weights.length === 0);
}
