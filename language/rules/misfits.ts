/** What does not fit on a wire, in words. */
import type { ShapeProblem } from '../inference/graph';
import { alignedTypes, surplusAxes } from '../types/explain';
import type { Analysis, Report } from './rule';

export type Misfit = Extract<ShapeProblem, { kind: 'fit' }>;

export function misfits({ inference }: Analysis, reason: Misfit['fit']['reason']): Misfit[] {
  return (inference?.graph.problems ?? []).filter(
    (problem): problem is Misfit => problem.kind === 'fit' && problem.fit.reason === reason,
  );
}

/** `encoder.hidden` does not fit `ner.features` */
export function claim({ source, step, input }: Misfit): string {
  if (!step) return `The node \`${source}\` does not make the output \`${input}\` as declared`;
  return `\`${source}\` does not fit \`${step.step.name}.${input}\``;
}

/** Both types under each other, what differs marked. */
export function typesOf({ source, step, input, fit }: Misfit): string {
  const { from, to } = fit;
  const rows = [
    { label: source, type: from },
    { label: step ? `${step.step.name}.${input}` : 'declared', type: to },
  ];
  if (fit.reason === 'dtype') return alignedTypes(rows, { dtype: true });
  if (fit.reason === 'rank') return alignedTypes(rows, { axes: surplusAxes(from, to) });
  const last = fit.from.dims.length - 1;
  return alignedTypes(rows, { axes: fit.axes.map(({ axis }) => last - axis) });
}

/** Where the input is declared. */
export function declaredAt({ step, input }: Misfit): NonNullable<Report['related']> {
  if (step?.target.kind !== 'module') return [];
  const port = step.target.module.inputs.get(input);
  return port
    ? [{ file: step.target.file, range: port.range, message: `\`${input}\` is \`${port.text}\` here` }]
    : [];
}
