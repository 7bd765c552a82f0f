import type { FlatModel, FlatNode } from '../inference/flatten';
import type { InferredStep } from '../inference/graph';
import { isPretrained, pretrainedOf } from '../inference/pretrained';
import type { Dim } from '../types/dim';
import { type Analysis, type FixProposal, hasFile, listed, type Rule, replace } from './rule';
import { isOpened, learns, weightsOf } from './trained-parts';
import { shapesIn } from './weight-names';

export const pretrainedMismatch: Rule = {
  id: 'pretrained-mismatch',
  group: 'transfer',
  severity: 'error',
  after: 'any',
  summary: 'A part that starts from published weights of another shape than it has here.',
  why: 'They cannot be loaded, and training would end before it began. The shapes are read from the header of the file.',
  check(analysis, report) {
    const { inference, catalogue: names, host } = analysis;
    const flat = analysis.flat();
    if (inference?.kind !== 'model' || !flat) return;
    const { steps } = inference.graph;
    const has = hasFile(host);
    for (const [name, inferred] of steps) {
      const weights = weightsOf(inferred);
      const { target } = inferred;
      if (target.kind !== 'module' || !weights || !isPretrained(inferred) || !isOpened(flat, name)) continue;
      const shipped = pretrainedOf(inferred, { steps, flat, names, has });
      if (shipped.from !== 'file' || shipped.input !== undefined) continue;
      const facts = host.weights?.(shipped.file, shipped.file.replace(/^.*[/\\]/, ''));
      if (!facts || typeof facts === 'string' || 'broken' in facts) continue;
      const shapeOf = shapesIn(facts.shapes, target.module);
      const held = heldBy(name, flat);
      const brick = shipped.published
        ? `\`${shipped.published.name}\` ${shipped.published.version}`
        : `\`${inferred.step.module?.reference.name}\``;
      const missing = held.filter(({ key }) => shapeOf(key) === undefined);
      const other = held.find(({ key, dims }) => isOther(dims, shapeOf(key)));
      if (missing.length === 0 && !other) continue;
      const theirs = other ? shapeOf(other.key)! : [];
      report({
        range: weights.range,
        message: other
          ? `\`${other.key}\` of ${brick} is [${theirs.join(', ')}], and [${other.dims.join(', ')}] in \`${name}\``
          : `the weights of ${brick} do not have ${listed(missing.map(({ key }) => key))} of \`${name}\``,
        related: (other ? [other] : missing.slice(0, 1)).map(({ node }) => ({
          ...{ file: node.file, range: node.range },
          message: 'what has the weight',
        })),
        propose: () => [
          ...(other ? resized(analysis, inferred, other.dims, theirs) : []),
          replace(analysis, weights.range, 'fresh', 'Start from fresh weights'),
        ],
      });
    }
  },
};

interface Held {
  /** As in the file: `windows.kernel`. */
  key: string;
  dims: readonly Dim[];
  node: FlatNode;
}

function heldBy(part: string, flat: FlatModel): Held[] {
  const nodes = flat.nodes.filter((node) => node.part === part && learns(node));
  return nodes.flatMap((node) =>
    node.weights.map(({ role, dims }) => ({ key: `${node.id.slice(part.length + 1)}.${role}`, dims, node })),
  );
}

/** Proved: sizes that are not known yet may still be those. */
function isOther(dims: readonly Dim[], shape: readonly number[] | undefined): boolean {
  if (!shape) return false;
  if (shape.length !== dims.length) return true;
  return dims.some(({ constant }, axis) => constant !== undefined && constant !== shape[axis]);
}

/** The param that has the size of an axis here, with the size that the file has. */
function resized(
  analysis: Analysis,
  { step }: InferredStep,
  dims: readonly Dim[],
  shape: readonly number[],
): FixProposal[] {
  return dims.flatMap(({ constant }, axis): FixProposal[] => {
    if (constant === undefined || constant === shape[axis]) return [];
    const setting = [...step.settings.values()].find(
      ({ value }) => value?.kind === 'scalar' && value.value === constant,
    );
    if (!setting?.value) return [];
    const title = `Set \`${setting.key.value}\` of \`${step.name}\` to ${shape[axis]}`;
    return [replace(analysis, setting.value.range, String(shape[axis]), title)];
  });
}
