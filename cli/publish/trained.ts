/** What a run trained of a brick, held against what the brick says now. */
import { hashText } from '../../engine/data/cache';
import { type Fit, fitOf } from '../../language/versions/fit';
import type { TrainedFrom } from '../../registry/generated/integrity';
import type { CommonOptions } from '../options';
import type { FoundBrick } from './brick';
import { trainedFrom } from './lineage';
import type { Reason } from './reasons';
import { type RunPart, runPart } from './run-part';
import { type ShippedWeights, shippedWeights } from './weights';

export interface TrainedWeights {
  of: RunPart;
  fit: Fit;
  from: TrainedFrom;
  /** Undefined where they are not the brick's. */
  weights: ShippedWeights | undefined;
  /** Whether the brick's text was the same then. */
  isSameText: boolean;
}

/** Throws `Refused` where there is no such run, or its weights cannot be read. */
export async function trainedWeights(
  { name, root, file, source, module, loaded: { workspace } }: FoundBrick,
  run: string,
  partName: string | undefined,
  options: CommonOptions,
): Promise<TrainedWeights> {
  const of = await runPart(name, run, partName, { ...options, root });
  const { plan, part } = of;
  const nodes = [...plan.prepare, ...plan.graph].filter((node) => node.part === part.name);
  const names = workspace.names(file);
  const fit = fitOf(module, { name: part.name, nodes }, (reference) => names.find('module', reference));
  return {
    ...{ of, fit, from: trainedFrom(root, of) },
    weights: fit.problems.length === 0 ? shippedWeights(of, fit.fed) : undefined,
    isSameText: part.hash === hashText(source.text),
  };
}

/** Of as many it is told why they do not fit. */
const MOST_MISFITS = 4;

/** Why the weights are not those of the brick. */
export function misfits({ fit, of, isSameText }: TrainedWeights): Reason[] {
  const since = isSameText ? '' : '; the brick has changed since';
  const more = fit.problems.length - MOST_MISFITS;
  return fit.problems.slice(0, MOST_MISFITS).map(({ message, help }, index) => ({
    code: 'weights-mismatch',
    message: `The weights of ${of.run.record.id} do not fit: ${message}${since}${more > 0 && index === MOST_MISFITS - 1 ? `, and ${more} more` : ''}`,
    help: help ?? 'Train the model again with the brick as it is now.',
  }));
}

export function notesOf({ fit, weights, isSameText, of }: TrainedWeights): string[] {
  const notes = [...fit.notes];
  if (weights && !isSameText && notes.length === 0)
    notes.push(
      `The text of the brick is not the one that ${of.run.record.id} trained; its weights fit all the same.`,
    );
  return notes;
}
