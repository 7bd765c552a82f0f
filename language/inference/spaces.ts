/** What the numbers on a wire mean, where both ends say so. */
import type { ModuleDeclaration } from '../names/declarations';
import { asText, get } from '../syntax/path';
import type { InferredGraph, InferredStep, InferredWire } from './graph';

export interface SpaceMismatch {
  step: InferredStep;
  wire: InferredWire['wire'];
  input: string;
  /** `encoder.features` */
  source: string;
  from: InferredStep;
  space: string;
  expected: string;
}

/** Wires from one representation to a part that was made for another. */
export function spaceMismatches({ steps }: InferredGraph): SpaceMismatch[] {
  const found: SpaceMismatch[] = [];
  for (const step of steps.values()) {
    if (step.target.kind !== 'module') continue;
    for (const { wire, input, target: source } of step.wires) {
      const expected = input === undefined ? undefined : said(step.target.module, 'inputs', input, 'expects');
      if (expected === undefined || source.status !== 'found' || source.port === undefined) continue;
      const from = steps.get(source.owner);
      const space =
        from?.target.kind === 'module'
          ? said(from.target.module, 'outputs', source.port, 'space')
          : undefined;
      if (space === undefined || space === expected) continue;
      found.push({
        step,
        wire,
        input: input!,
        source: `${source.owner}.${source.port}`,
        from: from!,
        space,
        expected,
      });
    }
  }
  return found;
}

function said(
  module: ModuleDeclaration,
  side: 'inputs' | 'outputs',
  port: string,
  key: 'space' | 'expects',
): string | undefined {
  return asText(get(get(get(module.root, side), port), key));
}
