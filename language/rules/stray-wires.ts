import type { InferredStep } from '../inference/graph';
import { parseWireReference } from '../names/reference';
import { asText, itemsOf, keyOf } from '../syntax/path';
import type { Entry, TreeNode } from '../syntax/tree';
import type { Analysis } from './rule';

const NOWHERE = { start: 0, end: 0 };

/** Unknown settings that name what a wire can come from, or that are inputs: they were meant to stand under `in`. */
export function strayWires({ step, target, unknownSettings }: InferredStep, analysis: Analysis): Entry[] {
  const { inference, declaration } = analysis;
  const isSource = (name: string) =>
    name !== step.name &&
    (inference?.graph.steps.has(name) ||
      (declaration?.kind === 'module' && declaration.inputs.has(name)) ||
      (declaration?.kind === 'model' && declaration.data.has(name)));
  const isWire = (node: TreeNode | undefined): boolean => {
    if (node?.kind === 'sequence') return node.items.length > 0 && itemsOf(node).every(isWire);
    const text = asText(node);
    return text !== undefined && isSource(parseWireReference(text, NOWHERE).owner);
  };
  const inputs = target.kind === 'op' ? target.op.inputs.map(({ name }) => name) : [];
  return unknownSettings.filter((entry) => inputs.includes(keyOf(entry)) || isWire(entry.value));
}
