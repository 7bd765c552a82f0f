/** What may be wired into an input: what fits by type first, and of the rest why it does not. */
import { type Source, sourcesFor, wantedType } from '../../inference/candidates';
import type { InferredGraph, InferredStep } from '../../inference/graph';
import type { OpProblem } from '../../ops/op';
import type { Analysis } from '../../rules/rule';
import { Dim } from '../../types/dim';
import { printType, type TensorType } from '../../types/type';
import type { Candidate } from '../answers';
import { columnText } from '../texts';
import type { Context } from './context';

/** `fits` is undefined where it cannot be told. */
export interface Verdict {
  fits: boolean | undefined;
  why?: string;
}

export type Judge = (source: Source) => Verdict;

/** The nearest are enough in a graph of thousands. */
const mostOffered = 1000;
/** To judge, what is known of all steps is copied. */
const mostJudged = (steps: number) => (steps > 1000 ? 10 : 50);

export function wires(context: Context, judge: Judge): Candidate[] {
  const { analysis, cursor } = context;
  const { inference } = analysis;
  const short = inference?.kind === 'module';
  const judged = mostJudged(inference?.graph.steps.size ?? 0);
  return sources(context)
    .slice(0, mostOffered)
    .map((source, index) => {
      const { fits, why }: Verdict = index < judged ? judge(source) : { fits: undefined };
      const data = inference?.kind === 'model' ? inference.data.get(source.owner)?.lookup : undefined;
      const column = data?.status === 'found' ? data.declaration.columns.get(source.port ?? '') : undefined;
      const type = source.type && printType(source.type);
      const deprecated = isAdvisedAgainst(source, inference);
      return {
        label: source.text,
        kind: source.kind === 'column' ? 'column' : source.kind === 'step' && short ? 'node' : 'port',
        detail: why === undefined ? type : `${type}: ${why}`,
        documentation: column && columnText(column),
        insert: source.text,
        replace: cursor.replace,
        rank: fits === undefined || (fits && deprecated) ? 1 : fits ? 0 : 2,
        ...(deprecated ? { deprecated } : {}),
      };
    });
}

function isAdvisedAgainst({ owner, port }: Source, inference: Analysis['inference']): boolean {
  const target = inference?.graph.steps.get(owner)?.target;
  if (target?.kind !== 'module') return false;
  const { outputs } = target.module;
  const output =
    port === undefined && outputs.size === 1 ? [...outputs.values()][0] : outputs.get(port ?? '');
  return output?.deprecated !== undefined;
}

/** The nearest before the step first; what is made from the step itself is left out. */
export function sources({ analysis, step, cursor, offset }: Context): Source[] {
  const { inference } = analysis;
  if (!inference) return [];
  const later = step ? madeFrom(step.step.name, inference.graph) : new Set<string>();
  const isPort = analysis.source.text.slice(cursor.replace.start, offset).includes('.');
  return sourcesFor(step, inference.scope, inference.graph, inference.kind === 'module' && !isPort)
    .filter(({ owner, kind }) => kind !== 'step' || !later.has(owner))
    .reverse();
}

function madeFrom(name: string, { steps }: InferredGraph): Set<string> {
  const found = new Set([name]);
  // In the order of the data, so that one pass finds all.
  for (const [other, { step }] of steps)
    if (step.wires.some(({ reference }) => found.has(reference.owner))) found.add(other);
  return found;
}

/** Whether a source could feed that input of the step; the first one where none is named. */
export function intoStep(analysis: Analysis, step: InferredStep, input: string | undefined): Judge {
  const { graph } = analysis.inference!;
  const { target } = step;
  if (target.kind === 'op')
    return (source) => intoOp(source, step, input ?? target.op.inputs[0]?.name, graph);
  const wanted = wantedType(step, input);
  return (source) => intoType(source, wanted, graph);
}

function intoType(source: Source, wanted: TensorType | undefined, graph: InferredGraph): Verdict {
  if (!source.type || !wanted) return { fits: undefined };
  const cause = { text: source.text, file: '', range: { start: 0, end: 0 } };
  const fit = graph.solver.fork().fit(source.type, wanted, cause);
  if (fit.ok) return { fits: true };
  const needed = printType(fit.to);
  if (fit.reason === 'dtype') return { fits: false, why: `needs ${fit.to.dtype}` };
  if (fit.reason === 'rank') return { fits: false, why: `needs ${needed}` };
  const axis = fit.axes[0]!;
  return { fits: false, why: `needs ${needed}; axis ${axis.axis} is ${axis.from}, not ${axis.to}` };
}

/** Asks the op's own rule. */
function intoOp(
  source: Source,
  { target, wires: wired, values, step }: InferredStep,
  name: string | undefined,
  graph: InferredGraph,
): Verdict {
  const input = target.kind === 'op' ? target.op.inputs.find((each) => each.name === name) : undefined;
  if (target.kind !== 'op' || !input || !source.type) return { fits: undefined };
  const solver = graph.solver.fork();
  const inputs: Record<string, TensorType | TensorType[] | undefined> = {};
  for (const other of target.op.inputs) {
    const wire = wired.find((each) => each.input === other.name)?.target;
    const type = wire?.status === 'found' ? wire.type : undefined;
    if (other === input) inputs[other.name] = input.variadic ? [source.type] : source.type;
    else if (type)
      inputs[other.name] = other.variadic ? [solver.resolveType(type)] : solver.resolveType(type);
    else if (!other.optional) return { fits: undefined };
  }
  let why: string | undefined;
  const cause = { text: source.text, file: '', range: { start: 0, end: 0 } };
  const call = {
    inputs,
    attributes: Object.fromEntries(values),
    given: (attribute: string) => step.settings.has(attribute),
    fresh: (hint: string) => Dim.symbol(`${step.name}:${hint}`),
    resolve: (dim: Dim) => solver.resolve(dim),
    equate(left: Dim, right: Dim, reason: string) {
      if (solver.equate(left, right, cause) === 'no') why ??= reason;
    },
    fail(problem: OpProblem) {
      if (problem.kind !== 'attribute') why ??= problem.message;
    },
  };
  target.op.infer(call);
  return why === undefined ? { fits: true } : { fits: false, why };
}

/** The nearest sources that fit, for the places of a snippet; a snippet is no place for a long search. */
export function fitting(context: Context, judge: Judge): string[] {
  return sources(context)
    .slice(0, mostTried)
    .filter((source) => judge(source).fits)
    .map((source) => source.text);
}

const mostTried = 12;
