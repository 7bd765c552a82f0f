/** Heads and adapters that ship weights, and the versions whose weights they were trained on. */
import type { InferredStep } from '../inference/graph';
import { isPretrained } from '../inference/pretrained';
import type { Names, Release } from '../names/catalogue';
import type { PublishedParent, PublishedVersion } from '../names/published';
import { asText } from '../syntax/path';
import type { Range } from '../syntax/tree';
import { type Analysis, type FixProposal, replace } from './rule';

/** What is fed from, or plugged into, other weights than those that it was trained on. */
export interface StaleWire {
  kind: 'head' | 'adapter';
  /** The head or the adapter. */
  head: InferredStep;
  encoder: InferredStep;
  range: Range;
  /** What it was trained on. */
  parent: PublishedParent;
  /** What feeds it, in words. */
  now: string;
}

/** `instead`: as if that version were taken wherever its brick is used with its weights. */
export function staleWires({ inference, catalogue }: Analysis, instead?: PublishedVersion): StaleWire[] {
  if (inference?.kind !== 'model') return [];
  const { steps } = inference.graph;
  const wires: Omit<StaleWire, 'parent' | 'now'>[] = [];
  for (const head of steps.values())
    for (const { wire } of head.wires) {
      const encoder = steps.get(wire.reference.owner);
      if (encoder) wires.push({ kind: 'head', head, encoder, range: wire.range });
    }
  for (const { name, point, key } of inference.model.plugs.values()) {
    const [head, encoder] = [inference.plugs.get(name), steps.get(point.owner)];
    if (head && encoder) wires.push({ kind: 'adapter', head, encoder, range: key });
  }
  return wires.flatMap((wire): StaleWire[] => {
    const parents = isPretrained(wire.head) ? (releaseOf(wire.head, catalogue)?.parents() ?? []) : [];
    const stale = parents.length > 0 && staleBecause(wire.encoder, parents, catalogue, instead);
    return stale ? [{ ...wire, ...stale }] : [];
  });
}

export function isFrozen({ step }: InferredStep): boolean {
  return asText(step.extras.get('train')?.value) === 'frozen';
}

/** Undefined where it is one of those that the head was trained on, or where that cannot be known. */
function staleBecause(
  encoder: InferredStep,
  parents: readonly PublishedParent[],
  names: Names,
  instead: PublishedVersion | undefined,
): Pick<StaleWire, 'parent' | 'now'> | undefined {
  const name = encoder.target.kind === 'module' ? encoder.target.module.name?.value : undefined;
  const own = parents.filter((parent) => parent.name === name);
  const [parent] = own;
  if (!parent) return undefined;
  const weights = asText(encoder.step.extras.get('weights')?.value) ?? 'fresh';
  if (weights === 'fresh') return { parent, now: 'fresh weights' };
  const trainedOn = own.map((each) => weightsOf(each, names));
  if (!isPretrained(encoder) || trainedOn.includes(undefined)) return undefined;
  const published = instead?.name === name ? instead : releaseOf(encoder, names)?.published;
  if (published?.weights === undefined || trainedOn.includes(published.weights)) return undefined;
  return { parent, now: `other weights, those of ${published.version}` };
}

function releaseOf({ target }: InferredStep, names: Names): Release<'module'> | undefined {
  if (target.kind !== 'module') return undefined;
  const { name, version } = target.module;
  return names.release('module', name?.value ?? '', version?.value ?? '');
}

/** Undefined where that version is not at hand, or is another one by now. */
function weightsOf({ name, version, hash }: PublishedParent, names: Names): string | undefined {
  const found = names.published(name).versions.find((each) => each.version === version && each.hash === hash);
  return found?.weights;
}

/** Exactly what it was trained on. */
export function takingVersion(
  analysis: Analysis,
  { step }: InferredStep,
  { name, version }: PublishedParent,
): FixProposal[] {
  const range = step.module?.reference.versionRangeAt;
  return range ? [replace(analysis, range, version, `Take \`${name}\` ${version}`)] : [];
}
