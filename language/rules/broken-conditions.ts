/** Conditions of bricks that the sizes at hand do not meet, in words, with values that would. */
import { type Cause, comparison, type ShapeProblem } from '../inference/problems';
import { parseConstraint } from '../types/constraint';
import { Dim } from '../types/dim';
import { factsAsRelated, tellFacts } from './facts';
import { type Analysis, type FixProposal, type Report, replace } from './rule';

export type Broken = Extract<ShapeProblem, { kind: 'condition' }>;

/** Those of a use of a brick, or of a composition; one that contradicts its own file is `invalid-where`. */
export function brokenConditions(analysis: Analysis): Broken[] {
  const { inference } = analysis;
  return (inference?.graph.problems ?? []).filter(
    (problem): problem is Broken =>
      problem.kind === 'condition' &&
      (problem.step !== undefined || inference?.kind === 'model') &&
      !isOfDefaults(problem, analysis),
  );
}

/** Whether the defaults of the brick break it for everyone who keeps them: that is said there. */
function isOfDefaults({ step, facts }: Broken, analysis: Analysis): boolean {
  if (step?.target.kind !== 'module') return false;
  const { file } = step.target;
  const isDefault = ({ cause }: Broken['facts'][number]) => cause.file === file && cause.kind !== 'condition';
  return facts.some(isDefault) && analysis.found(file).some(({ rule }) => rule === 'invalid-default');
}

export function tellBroken(problem: Broken, analysis: Analysis): Report {
  const { condition, step, facts } = problem;
  const whose = step
    ? `\`${step.step.name}\` needs \`${condition.text}\``
    : `\`${condition.text}\` is asked for`;
  const lines = facts.length > 1 ? `\nthese facts cannot all hold:\n${tellFacts(facts, analysis)}` : '';
  return {
    range: placeOf(problem, analysis),
    message: `${whose}, but ${comparison(problem)}${lines}`,
    related: factsAsRelated(facts),
    propose: () => settings(problem, analysis),
  };
}

/** The symbol that a name in the condition stands for. */
function symbolOf(name: string, { step }: Broken): string {
  return step ? `${step.step.name}:${name}` : name.replaceAll('.', ':');
}

/** Where this file says what breaks it: a parameter, else a wire, else the brick. */
function placeOf({ facts, range }: Broken, { source }: Analysis): Report['range'] {
  const here = facts.filter(({ cause }) => cause.file === source.file && cause.kind !== 'condition');
  const by = (kind: Cause['kind']) => here.find(({ cause }) => cause.kind === kind)?.cause.range;
  return by('param') ?? by('wire') ?? range;
}

/** How far from the present value another one is looked for. */
const reach = 128;

/** Parameters of this file with the nearest values for which the condition holds. */
function settings(problem: Broken, analysis: Analysis): FixProposal[] {
  const { inference, source } = analysis;
  const steps = inference!.graph.steps;
  return problem.facts.flatMap(({ left, cause }): FixProposal[] => {
    const [owner, name] = (left.name ?? '').split(':') as [string, string | undefined];
    const entry =
      cause.kind === 'param' && cause.file === source.file
        ? steps.get(owner)?.step.settings.get(name ?? '')
        : undefined;
    const now = entry?.value?.kind === 'scalar' ? entry.value.value : undefined;
    if (!entry?.value || typeof now !== 'number') return [];
    const { range } = entry.value;
    return nearby(now, problem)
      .filter((value) => holds(value, left, problem, analysis))
      .slice(0, 2)
      .map((value) => replace(analysis, range, `${value}`, `Set \`${name}\` of \`${owner}\` to ${value}`));
  });
}

/** The bounds themselves, then smaller and larger values by distance. */
function nearby(now: number, { left, right }: Broken): number[] {
  const bounds = [left.constant, right.constant].filter((value): value is number => value !== undefined);
  const around = Array.from({ length: reach }, (_, i) => [now - i - 1, now + i + 1]).flat();
  return [...new Set([...bounds, ...around])].filter((value) => value >= 1 && value !== now);
}

/** Whether the condition holds when one symbol has another value and all others stay. */
function holds(value: number, symbol: Dim, problem: Broken, { inference }: Analysis): boolean {
  const { constraint } = parseConstraint(problem.condition.text);
  const solver = inference!.graph.solver;
  if (!constraint) return false;
  const put = (side: Dim) =>
    side.substitute(
      new Map(
        [...side.symbols()].map((name) => {
          const own = Dim.symbol(symbolOf(name.replaceAll(':', '.'), problem));
          return [name, own.equals(symbol) ? Dim.of(value) : solver.resolve(own)];
        }),
      ),
    ).constant;
  const [left, right] = [put(constraint.left), put(constraint.right)];
  if (left === undefined || right === undefined) return false;
  const { relation } = constraint;
  return relation === '==' ? left === right : relation === '!=' ? left !== right : left <= right;
}
