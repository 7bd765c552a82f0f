import type { Plan, PlanNode, ValueId } from '../../language/plan/format';

/** Ops whose result differs from step to step while they learn. */
const changing = new Set(['dropout', 'spatial_dropout', 'gaussian_noise', 'mask_tokens', 'batch_norm']);

const changes = (node: PlanNode): boolean =>
  changing.has(node.op) || Number(node.attributes.dropout ?? 0) > 0;

export const inputsOf = (node: PlanNode): ValueId[] => Object.values(node.inputs).flat();
export const outputsOf = (node: PlanNode): ValueId[] =>
  Object.keys(node.outputs).map((port) => `${node.id}.${port}`);

/** Node by each of its values. */
export function producers(plan: Plan): Map<ValueId, PlanNode> {
  return new Map(plan.graph.flatMap((node) => outputsOf(node).map((id): [ValueId, PlanNode] => [id, node])));
}

/** The nodes that some values are computed from, in the plan's order, down to `borders`. */
export function nodesBehind(
  plan: Plan,
  values: Iterable<ValueId>,
  borders: ReadonlySet<ValueId> = new Set(),
): PlanNode[] {
  const wanted = new Set(values);
  for (const border of borders) wanted.delete(border);
  const behind: PlanNode[] = [];
  for (const node of [...plan.graph].reverse()) {
    if (!outputsOf(node).some((id) => wanted.has(id))) continue;
    behind.push(node);
    for (const input of inputsOf(node)) if (!borders.has(input)) wanted.add(input);
  }
  return behind.reverse();
}

/**
 * The frozen border: values that are the same in every epoch, because everything they are made from is data or frozen
 * weights, and that something learning reads. Only values behind which there are weights; anything else is cheaper to
 * compute again than to keep.
 */
export function frozenBorder(
  plan: Plan,
  learning: ReadonlySet<string>,
  wanted: ValueId[],
  hasAdapter: (node: PlanNode) => boolean = () => false,
): ValueId[] {
  const needed = nodesBehind(plan, wanted);
  const fixed = new Set<ValueId>();
  const weighty = new Set<ValueId>();
  const byValue = producers(plan);
  for (const node of needed) {
    const learns =
      hasAdapter(node) ||
      (learning.has(node.id) && (changes(node) || node.weights.some(({ trainable }) => trainable)));
    const inputs = inputsOf(node);
    if (learns || inputs.some((id) => byValue.has(id) && !fixed.has(id))) continue;
    const heavy = node.weights.length > 0 || inputs.some((id) => weighty.has(id));
    for (const id of outputsOf(node)) {
      fixed.add(id);
      if (heavy) weighty.add(id);
    }
  }
  const readByLearning = needed
    .filter((node) => outputsOf(node).some((id) => !fixed.has(id)))
    .flatMap(inputsOf);
  const border = [...readByLearning, ...wanted].filter((id) => weighty.has(id));
  return [...new Set(border)];
}
