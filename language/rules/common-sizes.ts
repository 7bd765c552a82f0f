/** What contradicts the sizes that `dims` of a composition gives its parts: one mistake, however many parts it meets. */
import type { Cause, ShapeProblem } from '../inference/problems';
import type { Dimension } from '../names/declarations';
import { Dim } from '../types/dim';
import type { AxisMismatch, Fact } from '../types/solver';
import { factsAsRelated } from './facts';
import { claim, type Misfit, mismatchedAxes } from './misfits';
import { type Analysis, type FixProposal, listed, type Report, replace } from './rule';

interface Wire {
  misfit: Misfit;
  axis: AxisMismatch<Cause>;
}

type Setting = Extract<ShapeProblem, { kind: 'equation' }>;

export interface Contradicted {
  dimension: Dimension;
  /** Parts that are set to another size. */
  settings: Setting[];
  /** Wires that need another one. */
  wires: Wire[];
}

/** A part with the size that it has by itself, and where that is written. */
interface Holder {
  part: string;
  /** What the size is called there. */
  name: string;
  size: Dim;
  range: Report['range'];
  value: Report['range'] | undefined;
}

/** Each entry of `dims` that something contradicts, and the wires that do not fit for another reason. */
export function contradictedSizes(analysis: Analysis): { contradicted: Contradicted[]; others: Wire[] } {
  const { inference } = analysis;
  let others = mismatchedAxes(analysis);
  if (inference?.kind !== 'model' || inference.model.dims.size === 0) return { contradicted: [], others };
  const contradicted = [...inference.model.dims.values()].flatMap((dimension) => {
    const isMeant = (facts: readonly Fact<Cause>[]) =>
      facts.some(({ cause }) => cause.dimension === dimension.name);
    const settings = inference.graph.problems.filter(
      (problem): problem is Setting => problem.kind === 'equation' && isMeant(problem.facts),
    );
    const wires = others.filter(({ axis }) => isMeant(axis.facts));
    // A single wire is told by itself.
    if (settings.length === 0 && wires.length < 2) return [];
    others = others.filter((wire) => !wires.includes(wire));
    return [{ dimension, settings, wires }];
  });
  return { contradicted, others };
}

export function tellContradicted(contradicted: Contradicted, analysis: Analysis): Report {
  return contradicted.dimension.size === undefined
    ? tellTied(contradicted, analysis)
    : tellNumber(contradicted, contradicted.dimension.size, analysis);
}

/** At the number where more contradicts it than agrees, else at the first part that is odd. */
function tellNumber({ dimension, settings, wires }: Contradicted, size: number, analysis: Analysis): Report {
  const { name } = dimension;
  const odd = settings.map((problem) => holderOf(problem.step.step.name, name, problem.left, analysis));
  const agreeing = holders(analysis, name).filter((holder) => holder.size.constant === size);
  const says = `\`dims\` says that \`${name}\` is ${size} in every part`;
  const placed = odd.map(({ part, range, size: own }) => related(analysis, range, `${own} in \`${part}\``));
  if (wires.length === 0 && (odd.length === 1 || odd.length <= agreeing.length)) {
    const [first, ...others] = placed;
    return {
      range: first!.range,
      message: `${says}, but it is ${tellHolders(odd)}`,
      related: [related(analysis, dimension.key, `${size} here`), ...others],
      propose: () => [...setAll(odd, Dim.of(size), analysis), ...setNumber(dimension, odd, [], analysis)],
    };
  }
  const asked = wires.map(({ misfit }) => `${misfit.step?.step.name ?? misfit.source}.${misfit.input}`);
  const parts = odd.length > 0 ? [`it is ${tellHolders(odd)}`] : [];
  const wired = wires.length > 0 ? [`what is wired to ${listed(asked)} has another size`] : [];
  return {
    range: dimension.value,
    message: `${says}, but ${[...parts, ...wired].join(', and ')}`,
    related: [
      ...placed,
      ...wires.map(({ misfit, axis }) =>
        related(
          analysis,
          misfit.range,
          `${claim(misfit)}: axis ${axis.axis} is ${axis.from}, not ${axis.to}`,
        ),
      ),
    ],
    propose: () => setNumber(dimension, odd, wires, analysis),
  };
}

/** At the one that differs where all the others agree, else at the first that does not fit what stands before it. */
function tellTied({ dimension, settings, wires }: Contradicted, analysis: Analysis): Report {
  const solver = analysis.inference!.graph.solver;
  const all = dimension.ties.map(({ reference: { owner, port = '' } }) =>
    holderOf(owner, port, solver.resolve(Dim.symbol(`${owner}:${port}`)), analysis),
  );
  const sizes = [...new Set(all.map(({ size }) => size.key))].map((key) =>
    all.filter((holder) => holder.size.key === key),
  );
  const most = sizes.find((same) => 2 * same.length > all.length);
  const odd = most ? all.filter((holder) => !most.includes(holder)) : [];
  const facts = settings[0]?.facts ?? wires[0]!.axis.facts;
  const own = odd[0] ?? all.find(({ part }) => part === settings[0]?.step.step.name);
  return {
    range: odd[0]?.range ?? settings[0]?.range ?? wires[0]!.misfit.range,
    message: `\`dims\` says that ${listed(dimension.ties.map(({ value }) => value))} are the same, but ${
      sizes.length > 1 ? tellHolders(all, true) : 'they cannot be'
    }`,
    related: factsAsRelated(facts),
    propose: () => [
      ...(most ? setAll(odd, most[0]!.size, analysis) : []),
      ...(most || !own ? [] : sizes.flatMap(([other]) => setAll([own], other!.size, analysis))),
    ],
  };
}

/** Parts with a size of this name that say it themselves. */
function holders(analysis: Analysis, name: string): Holder[] {
  return [...(analysis.inference?.graph.steps.values() ?? [])].flatMap(({ step, values }) => {
    const size = values.get(name);
    return size instanceof Dim && step.settings.has(name) ? [holderOf(step.name, name, size, analysis)] : [];
  });
}

function holderOf(part: string, name: string, size: Dim, { inference }: Analysis): Holder {
  const step = inference!.graph.steps.get(part)?.step;
  const entry = step?.settings.get(name);
  return {
    part,
    name,
    size,
    range: entry?.range ?? step?.key ?? { start: 0, end: 0 },
    value: entry?.value?.range,
  };
}

/** `24 in `encoder` and `other`, and 48 in `third``. */
function tellHolders(all: readonly Holder[], whole = false): string {
  const sizes = [...new Set(all.map(({ size }) => size.key))];
  const told = sizes.map((key) => {
    const same = all.filter(({ size }) => size.key === key);
    return `${same[0]!.size} in ${listed(same.map(({ part }) => part))}`;
  });
  return whole ? `it is ${told.join(', ')}` : told.join(', and ');
}

function related({ source }: Analysis, range: Report['range'], message: string) {
  return { file: source.file, range, message };
}

function setAll(odd: readonly Holder[], size: Dim, { source }: Analysis): FixProposal[] {
  const { file } = source;
  const edits = odd.flatMap(({ value }) => (value ? [{ file, range: value, text: `${size}` }] : []));
  const title = `Set ${listed(new Set(odd.map(({ name }) => name)))} of ${listed(odd.map(({ part }) => part))} to ${size}`;
  return size.constant !== undefined && edits.length === odd.length && edits.length > 0
    ? [{ title, edits }]
    : [];
}

/** Another number, where all that contradicts it agrees on one. */
function setNumber(
  { name, value, size }: Dimension,
  odd: readonly Holder[],
  wires: readonly Wire[],
  analysis: Analysis,
): FixProposal[] {
  const wanted = new Set([
    ...odd.map((holder) => holder.size.constant),
    ...wires.map(({ axis: { from, to } }) => (from.constant === size ? to.constant : from.constant)),
  ]);
  const [only] = wanted;
  return wanted.size === 1 && only !== undefined
    ? [replace(analysis, value, `${only}`, `Set \`${name}\` of \`dims\` to ${only}`)]
    : [];
}
