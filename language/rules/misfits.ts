/** What does not fit on a wire, in words. */
import type { InferredStep } from '../inference/graph';
import type { Cause, ShapeProblem } from '../inference/problems';
import { Dim } from '../types/dim';
import { alignedTypes, surplusAxes } from '../types/explain';
import type { AxisMismatch } from '../types/solver';
import { rootProblems } from './root-problems';
import { type Analysis, type FixProposal, type Report, replace } from './rule';

export type Misfit = Extract<ShapeProblem, { kind: 'fit' }>;

export function misfits({ inference }: Analysis, reason: Misfit['fit']['reason']): Misfit[] {
  return rootProblems(inference?.graph).filter(
    (problem): problem is Misfit => problem.kind === 'fit' && problem.fit.reason === reason,
  );
}

/** The first axis of each wire that is wrong whatever the sizes that stand for every size. */
export function mismatchedAxes(analysis: Analysis): { misfit: Misfit; axis: AxisMismatch<Cause> }[] {
  return misfits(analysis, 'axis').flatMap((misfit) => {
    const axis = misfit.fit.reason === 'axis' ? misfit.fit.axes[0] : undefined;
    if (!axis || (axis.overspecialized && analysis.inference?.kind === 'module')) return [];
    return [{ misfit, axis }];
  });
}

/** `encoder.hidden` does not fit `ner.features` */
export function claim({ source, step, input, reading }: Misfit): string {
  const when = reading === undefined ? '' : ` (${reading})`;
  if (!step) return `The node \`${source}\` does not make the output \`${input}\` as declared${when}`;
  return `\`${source}\` does not fit \`${step.step.name}.${input}\`${when}`;
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

/** Gives a parameter of either end the size that the other end has, or an op the size that is declared. */
export function setParams(
  misfit: Misfit,
  { from, to, facts }: AxisMismatch<Cause>,
  analysis: Analysis,
): FixProposal[] {
  const steps = analysis.inference?.graph.steps;
  const ends = [misfit.step, steps?.get(misfit.source.split('.')[0]!)];
  const involved = facts.flatMap(({ left, right, cause }) =>
    cause.kind === 'param'
      ? [left, right].flatMap((side) => steps?.get(side.name?.split(':')[0] ?? '') ?? [])
      : [],
  );
  const proposals = new Map<string, FixProposal>();
  for (const step of new Set([...ends, ...involved])) {
    for (const [name, value] of step?.values ?? []) {
      const entry = step!.step.settings.get(name);
      if (!(value instanceof Dim) || !entry?.value) continue;
      for (const [size, wanted] of [
        [to, from],
        [from, to],
      ] as const) {
        const solved = value.equals(size) ? written(wanted, analysis) : undefined;
        if (solved === undefined) continue;
        const title = `Set \`${name}\` of \`${step!.step.name}\` to ${solved}`;
        proposals.set(title, replace(analysis, entry.value.range, solved, title));
      }
    }
  }
  return [...proposals.values()];
}

/** A number, or a param of the brick. */
function written({ constant, name }: Dim, { declaration }: Analysis): string | undefined {
  if (constant !== undefined) return String(constant);
  const isParam = declaration?.kind === 'module' && name !== undefined && declaration.params.has(name);
  return isParam ? `$${name}` : undefined;
}

/** Gives what feeds a step, directly or through others, the one size where it is set to the other. */
export function setSizes(step: InferredStep, left: Dim, right: Dim, analysis: Analysis): FixProposal[] {
  const steps = analysis.inference!.graph.steps;
  const behind = new Set([step]);
  for (const each of behind)
    for (const { wire } of each.wires) {
      const from = steps.get(wire.reference.owner);
      if (from && behind.size < MOST_BEHIND) behind.add(from);
    }
  return [...behind].flatMap(({ step: { name: owner, settings }, values }) =>
    [...values].flatMap(([name, value]) => {
      const at = settings.get(name)?.value?.range;
      const other = !(value instanceof Dim)
        ? undefined
        : value.equals(left)
          ? right
          : value.equals(right)
            ? left
            : undefined;
      const text = other && written(other, analysis);
      if (!at || text === undefined) return [];
      return [replace(analysis, at, text, `Set \`${name}\` of \`${owner}\` to ${text}`)];
    }),
  );
}

/** So many steps are looked at for what may be set otherwise. */
const MOST_BEHIND = 12;
