/** Which lengths of a plan may differ from batch to batch without any difference to the result. */
import type { Plan, PlanNode, PlanTask, PlanType, ValueId } from '../../../language/plan/format';
import { inputsOf, outputsOf } from '../frozen';
import { option } from '../loss/loss';
import { lowerings } from '../lower/lowerings';
import type { VaryingLength } from '../program';
import { type Along, LengthContext } from './along';
import { lengthRules } from './rules';

/** A plan whose shapes name the lengths that differ from batch to batch. */
export interface OpenPlan extends Plan {
  lengths: Record<string, VaryingLength>;
}

/** Ops whose rows are texts, padded with zeros to the length that the plan gives. */
const padding = new Set(['word_ids', 'char_ids', 'subword_ids', 'tokenizer']);

interface Source {
  /** The values that are padded, as far as they are read. */
  values: ValueId[];
  longest: number;
}

/**
 * Texts are padded to one length. Where nothing sees the padding, because masks hide it or because what comes later is
 * not looked at, a batch needs no more of it than its longest row: that axis gets a name. Where anything may see it,
 * the plan stays as it is.
 */
export function withVaryingLengths(plan: Plan): OpenPlan {
  const sources = sourcesOf(plan);
  for (;;) {
    const found = follow(plan, sources);
    if (!('fixed' in found)) return opened(plan, sources, found);
    for (const size of found.fixed) sources.delete(size);
  }
}

function sourcesOf(plan: Plan): Map<string, Source> {
  const read = new Set([...plan.graph.flatMap(inputsOf), ...plan.tasks.map(({ target }) => target)]);
  const sources = new Map<string, Source>();
  for (const node of plan.prepare) {
    if (!padding.has(node.op)) continue;
    const values = outputsOf(node).filter((value) => read.has(value));
    const longest = Object.values(node.outputs)[0]?.shape[1];
    if (values.length === 0 || typeof longest !== 'number') continue;
    sources.set(sources.size === 0 ? 'length' : `length_${sources.size + 1}`, { values, longest });
  }
  return sources;
}

interface Followed {
  values: Map<ValueId, Along>;
  margins: Map<string, number>;
}

/** Where lengths go in the graph; or those that must stay as they are. */
function follow(plan: Plan, sources: ReadonlyMap<string, Source>): Followed | { fixed: string[] } {
  const values = new Map<ValueId, Along>();
  for (const [size, source] of sources)
    for (const value of source.values) values.set(value, { size, axis: 1, lost: 0, blank: 0 });
  const margins = new Map<string, number>();
  const shapes = shapesOf(plan);
  for (const node of plan.graph) {
    const inputs = inputsOf(node).flatMap((value) => values.get(value) ?? []);
    if (inputs.length === 0) continue;
    const at = new LengthContext(
      node,
      (value) => values.get(value),
      (value) => shapes.get(value)!,
    );
    const result = lowerings[node.op] && lengthRules[node.op]?.(at);
    if (result === undefined) return { fixed: inputs.map(({ size }) => size) };
    for (const [size, margin] of at.margins) margins.set(size, Math.max(margins.get(size) ?? 0, margin));
    for (const [value, along] of resultsOf(node, result)) values.set(value, along);
  }
  for (const task of plan.tasks) {
    const [output, target] = [values.get(task.output), values.get(task.target)];
    if (!output && !target) continue;
    if (!output || !target || !isIgnored(task, output, target))
      return { fixed: [output, target].flatMap((along) => along?.size ?? []) };
    margins.set(output.size, Math.max(margins.get(output.size) ?? 0, output.lost));
  }
  return { values, margins };
}

function resultsOf(
  node: PlanNode,
  result: Exclude<ReturnType<(typeof lengthRules)[string]>, undefined>,
): [ValueId, Along][] {
  if (result === 'gone') return [];
  if ('axis' in result && typeof result.axis === 'number')
    return outputsOf(node).map((value) => [value, result as Along]);
  return Object.entries(result as Record<string, Along>).map(([port, along]) => [
    `${node.id}.${port}`,
    along,
  ]);
}

/** Whether a loss leaves out what is behind the rows. */
function isIgnored({ loss, options }: PlanTask, output: Along, target: Along): boolean {
  if (output.size !== target.size || output.axis !== 1 || target.axis !== 1) return false;
  if (loss === 'next_token') return target.blank === option(options, 'pad', 0);
  return loss === 'masked_token' && target.blank === option(options, 'ignore', -1);
}

function shapesOf(plan: Plan): Map<ValueId, PlanType['shape']> {
  return new Map([
    ...plan.data.flatMap(({ alias, columns }) =>
      columns.map(({ name, value }): [ValueId, PlanType['shape']] => [`${alias}.${name}`, value.shape]),
    ),
    ...[...plan.prepare, ...plan.graph].flatMap(({ id, outputs }) =>
      Object.entries(outputs).map(([port, { shape }]): [ValueId, PlanType['shape']] => [
        `${id}.${port}`,
        shape,
      ]),
    ),
  ]);
}

function opened(plan: Plan, sources: ReadonlyMap<string, Source>, { values, margins }: Followed): OpenPlan {
  if (sources.size === 0) return { ...plan, lengths: {} };
  const open = (node: PlanNode): PlanNode => ({
    ...node,
    outputs: Object.fromEntries(
      Object.entries(node.outputs).map(([port, type]): [string, PlanType] => {
        const along = values.get(`${node.id}.${port}`);
        if (!along) return [port, type];
        const shape = type.shape.map((size, axis) => (axis === along.axis ? along.size : size));
        return [port, { ...type, shape }];
      }),
    ),
  });
  return {
    ...plan,
    prepare: plan.prepare.map(open),
    graph: plan.graph.map(open),
    lengths: Object.fromEntries(
      [...sources].map(([size, { values: told, longest }]) => [
        size,
        { longest, margin: margins.get(size) ?? 0, told },
      ]),
    ),
  };
}
