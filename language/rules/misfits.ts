/** What does not fit on a wire, in words. */
import type { ShapeProblem } from '../inference/graph';
import { showLead, type TensorType } from '../types/type';
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

/** Both types under each other, sizes aligned from the right, the axes that differ marked. */
export function alignedTypes({ source, step, input, fit }: Misfit): string {
  const names = [source, step ? `${step.step.name}.${input}` : 'declared'];
  const rows = [cells(fit.from), cells(fit.to)];
  const columns = Math.max(rows[0]!.length, rows[1]!.length);
  const padded = rows.map((row) => [...Array<string>(columns - row.length).fill(''), ...row]);
  const widths = Array.from({ length: columns }, (_, i) =>
    Math.max(padded[0]![i]!.length, padded[1]![i]!.length),
  );
  const dtype = Math.max(fit.from.dtype.length, fit.to.dtype.length);
  const label = Math.max(...names.map((name) => name.length));
  return [fit.from, fit.to]
    .map((type, i) => {
      const shape = padded[i]!.map((cell, j) => cell.padStart(widths[j]!)).join('  ');
      return `   ${names[i]!.padEnd(label)}   ${type.dtype.padEnd(dtype)} [${shape}]`;
    })
    .join('\n');
}

function cells(type: TensorType): string[] {
  const dims = type.dims.map((dim) => dim.toString());
  return type.lead === undefined ? dims : [`...${showLead(type.lead)}`, ...dims];
}

/** Where the input is declared. */
export function declaredAt({ step, input }: Misfit): NonNullable<Report['related']> {
  if (step?.target.kind !== 'module') return [];
  const port = step.target.module.inputs.get(input);
  return port
    ? [{ file: step.target.file, range: port.range, message: `\`${input}\` is \`${port.text}\` here` }]
    : [];
}
