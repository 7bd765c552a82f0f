import type { StepTarget } from '../inference/graph';
import type { Analysis } from './rule';

/**
 * Whether a brick on the way down to a step, `encoder/layers.0/mixed`, is wrong for everyone: that is said in its own
 * file, and what comes of it where it is used follows from that. `target` is what the first name of the way leads to.
 */
export function isWrongAnyway(path: string, target: StepTarget | undefined, analysis: Analysis): boolean {
  let at = target;
  for (const name of [...path.split('/').slice(1), '']) {
    if (at?.kind !== 'module' || analysis.isPublished(at.file)) return false;
    if (analysis.found(at.file).some(({ severity }) => severity === 'error')) return true;
    at = analysis.general(at.file)?.graph.steps.get(name.replace(/\.\d+$/, ''))?.target;
  }
  return false;
}
