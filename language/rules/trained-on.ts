/** Heads and adapters whose weights come from elsewhere, and the weights that they were trained on. */
import type { InferredStep } from '../inference/graph';
import type { PublishedParent, PublishedVersion } from '../names/published';
import { asText } from '../syntax/path';
import type { Range } from '../syntax/tree';
import { areOthers, brickOf, type Held, heldBy, learntOn } from './held-weights';
import { type Analysis, type FixProposal, replace } from './rule';
import { weightsOf } from './trained-parts';

/** What is fed from, or plugged into, other weights than those that it was trained on. */
export interface StaleWire {
  kind: 'head' | 'adapter';
  /** The head or the adapter. */
  head: InferredStep;
  encoder: InferredStep;
  range: Range;
  /** What it was trained on. */
  was: TrainedOn;
  /** What feeds it, in words. */
  now: string;
}

interface TrainedOn {
  /** In words. */
  said: string;
  /** How to have it again, in words. */
  again: string;
  published?: PublishedParent;
  run?: string;
}

/** `instead`: as if that version were taken wherever its brick is used with its weights. */
export function staleWires(analysis: Analysis, instead?: PublishedVersion): StaleWire[] {
  const { inference } = analysis;
  if (inference?.kind !== 'model') return [];
  const { steps } = inference.graph;
  const wires: Omit<StaleWire, 'was' | 'now'>[] = [];
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
    const stale = staleBecause(analysis, wire, instead);
    return stale ? [{ ...wire, ...stale }] : [];
  });
}

export function isFrozen({ step }: InferredStep): boolean {
  return asText(step.extras.get('train')?.value) === 'frozen';
}

/** Undefined where it is one of those that the head was trained on, or where that cannot be known. */
function staleBecause(
  analysis: Analysis,
  { head, encoder }: Pick<StaleWire, 'head' | 'encoder'>,
  instead: PublishedVersion | undefined,
): Pick<StaleWire, 'was' | 'now'> | undefined {
  const brick = brickOf(encoder);
  const on = brick === undefined ? undefined : learntOn(analysis, head, brick);
  if (!on) return undefined;
  const held = heldBy(analysis, encoder, instead);
  if (!held || (held !== 'fresh' && !areOthers(on, held))) return undefined;
  return { was: wordsOf(on, brick!), now: held === 'fresh' ? 'fresh weights' : nowOf(held) };
}

function nowOf({ shipped, runs }: Held): string {
  const [version] = [...shipped.values()].map((each) => each.version);
  const [run] = runs;
  return `other weights, those of ${version ?? `the run ${run}`}`;
}

function wordsOf({ shipped, runs }: Held, brick: string): TrainedOn {
  const [published] = shipped.values();
  const [run] = runs;
  if (published) {
    const said = `\`${brick}\` ${published.version}`;
    return { said, again: `${said} with \`weights: pretrained\``, published };
  }
  const said = `the weights of \`${brick}\` from the run ${run}`;
  return { said, again: `those, by \`weights: run:${run}\``, ...(run === undefined ? {} : { run }) };
}

/** Exactly what it was trained on. */
export function takingAgain(
  analysis: Analysis,
  encoder: InferredStep,
  { published, run }: TrainedOn,
): FixProposal[] {
  const range = encoder.step.module?.reference.versionRangeAt;
  if (published)
    return range
      ? [replace(analysis, range, published.version, `Take \`${published.name}\` ${published.version}`)]
      : [];
  const weights = weightsOf(encoder);
  return weights && run !== undefined
    ? [replace(analysis, weights.range, `run:${run}`, `Take the weights of the run ${run}`)]
    : [];
}
