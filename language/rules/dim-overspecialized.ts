import type { Cause } from '../inference/problems';
import { Dim } from '../types/dim';
import type { Fact } from '../types/solver';
import { printType } from '../types/type';
import { addWhere, canAsk, conditionOf } from './add-where';
import { factsAsRelated } from './facts';
import { claim, misfits, setParams, setSizes, typesOf } from './misfits';
import { rootProblems } from './root-problems';
import { type Analysis, type FixProposal, type Report, type Rule, replace } from './rule';

/** Sizes that the ports leave open, while the graph works for certain ones only. */
export const dimOverspecialized: Rule = {
  id: 'dim-overspecialized',
  group: 'shapes',
  severity: 'error',
  after: ['invalid-where', 'wrong-value'],
  summary: 'The graph works only for certain values of a size that the ports leave open.',
  why: 'The declaration promises every size; whoever relies on it fails at run time.',
  check(analysis, report) {
    const { inference } = analysis;
    if (inference?.kind !== 'module') return;
    for (const misfit of misfits(analysis, 'axis')) {
      const axis = misfit.fit.reason === 'axis' ? misfit.fit.axes[0]! : undefined;
      if (!axis?.overspecialized) continue;
      const { from, to } = axis;
      tell(axis.facts, {
        range: misfit.range,
        message: `${claim(misfit)}: axis ${axis.axis} is ${from}, not ${to}, ${promise(axis.facts)}\n${typesOf(misfit)}`,
        ...asking(from, to),
        propose: () => {
          const redeclared = {
            ...misfit.fit.to,
            dims: misfit.fit.to.dims.map((dim, i) => (i === axis.axis ? from : dim)),
          };
          const text = printType(redeclared);
          const whole =
            misfit.step === undefined
              ? [replace(analysis, misfit.range, text, `Declare \`${misfit.input}\` as \`${text}\``)]
              : [];
          return [
            ...setParams(misfit, axis, analysis),
            ...whole,
            ...redeclare(axis.facts, analysis),
            ...asked(from, to),
          ];
        },
      });
    }
    for (const problem of rootProblems(inference.graph)) {
      if (problem.kind !== 'equation' || !problem.overspecialized) continue;
      const { why, left, right, facts, range, step } = problem;
      tell(facts, {
        range,
        names: [`${left} is not ${right}`],
        message: `\`${step.step.name}\`: ${why}: ${left} is not ${right}, ${promise(facts)}`,
        ...asking(left, right),
        propose: () => [
          ...setSizes(step, left, right, analysis),
          ...redeclare(facts, analysis),
          ...asked(left, right),
        ],
      });
    }

    /** What the brick could ask of its users instead, as far as it has names for it. */
    function asking(left: Dim, right: Dim): Pick<Report, 'help'> {
      const sizes = resolved(left, right);
      return canAsk(sizes, analysis)
        ? { help: `if it is meant for such sizes only, add \`where: ${conditionOf(...sizes)}\`` }
        : {};
    }

    function asked(left: Dim, right: Dim): FixProposal[] {
      const sizes = resolved(left, right);
      return addWhere(conditionOf(...sizes), sizes, analysis);
    }

    /** As the ports have them; what was found to be equal before is put in. */
    function resolved(left: Dim, right: Dim): [Dim, Dim] {
      const { solver } = inference!.graph;
      return [solver.resolve(left), solver.resolve(right)];
    }

    function tell(facts: readonly Fact<Cause>[], found: Report): void {
      report({ ...found, related: factsAsRelated(facts) });
    }

    /** `for every seq`: which names stand for every size. */
    function promise(facts: readonly Fact<Cause>[]): string {
      const names = openNames(facts, analysis).map((name) => `\`${name}\``);
      return `though the ports promise it for every ${names.join(' and ') || 'size'}`;
    }
  },
};

/** Symbols of the ports in the facts. */
function openNames(facts: readonly Fact<Cause>[], { inference }: Analysis): string[] {
  const solver = inference!.graph.solver;
  const symbols = facts.flatMap(({ left, right }) => [
    ...solver.resolve(left).symbols(),
    ...solver.resolve(right).symbols(),
  ]);
  return [...new Set(symbols)].filter((name) => solver.isRigid(name) && /^[A-Za-z]\w*$/.test(name));
}

/** Puts what a name has to be in its place, in every port. */
function redeclare(facts: readonly Fact<Cause>[], analysis: Analysis): FixProposal[] {
  const { declaration, inference } = analysis;
  const free = inference?.graph.solver.freed(facts);
  if (declaration?.kind !== 'module' || !free) return [];
  const ports = [...declaration.inputs.values(), ...declaration.outputs.values()];
  return openNames(facts, analysis).flatMap((name): FixProposal[] => {
    const value = free.resolve(Dim.symbol(name));
    if (
      value.name === name ||
      declaration.params.has(name) ||
      (value.constant === undefined && value.name === undefined)
    )
      return [];
    const edits = ports.flatMap((port) =>
      port.parsed.names
        .filter((use) => use.name === name)
        .map((use) => ({
          file: declaration.file,
          range: { start: port.range.start + use.start, end: port.range.start + use.end },
          text: `${value}`,
        })),
    );
    return edits.length > 0 ? [{ title: `Declare \`${name}\` as \`${value}\``, edits }] : [];
  });
}
