import type { InferredStep } from '../inference/graph';
import type { ModelInference } from '../inference/model';
import type { OpTest } from '../inference/ops-in';
import type { Dim } from '../types/dim';
import { printType } from '../types/type';
import { notSized } from './missing-setting';
import type { Rule } from './rule';
import { isWrongAnyway } from './wrong-anyway';

export const sizeUnknown: Rule = {
  id: 'size-unknown',
  group: 'shapes',
  severity: 'error',
  summary: 'A size or type that nothing in the composition fixes.',
  why: 'Only the number of rows may stay open; everything else must be known before training.',
  check(analysis, report) {
    const { inference } = analysis;
    const flat = analysis.flat();
    if (inference?.kind !== 'model' || !flat || flat.problems.length > 0 || !isSound(inference)) return;
    const open = new Set(inference.scope.rigid);
    const opened = new Set(flat.parts.map((part) => part.name));
    for (const { step, wires } of inference.graph.steps.values()) {
      const wire = wires.find(({ target }) => target.status === 'found' && !target.type);
      if (opened.has(step.name) || !wire || isWrongColumn(inference, wire.wire.reference)) continue;
      const { owner, port } = wire.wire.reference;
      report({
        range: wire.wire.range,
        message: `The type of \`${owner}${port ? `.${port}` : ''}\` is not known; say its sizes where it is declared`,
      });
    }
    const reported = new Set<string>();
    for (const node of flat.where(isUnknown)) {
      for (const type of reported.has(node.part) ? [] : node.outputs.values()) {
        const unknown = type.dims.find(
          (dim) => dim.constant === undefined && ![...dim.symbols()].every((name) => open.has(name)),
        );
        if (type.lead === undefined && !unknown) continue;
        const { steps } = inference.graph;
        const target = (inference.plugs.get(node.part) ?? steps.get(node.part))?.target;
        reported.add(node.part);
        if (isWrongAnyway(node.id, target, analysis)) continue;
        const step = inference.model.parts.get(node.part);
        report({
          range: step?.key ?? inference.model.plugs.get(node.part)?.key ?? inference.model.root.range,
          message: `The size \`${unknown ?? '...'}\` of \`${node.id}\` (${printType(type)}) is not known; wire or set what fixes it`,
          related: [{ file: node.file, range: node.range, message: 'this step' }],
          ...(unknown && isOfPictures(unknown, open) ? { help: PICTURES } : {}),
        });
      }
    }
  },
};

const isUnknown: OpTest = ({ outputs }, { rigid }) => {
  const isNumber = (dim: Dim) =>
    dim.constant !== undefined || [...dim.symbols()].every((name) => rigid.has(name));
  return [...outputs.values()].some(({ lead, dims }) => lead !== undefined || !dims.every(isNumber));
};

const PICTURES =
  'the pictures of this column may have any size; bring them to one with `resize_image`, or say `height` and `width` in the dataset';

/** Sizes of a column's pictures are named after the rows of its dataset. */
function isOfPictures(size: Dim, rows: Set<string>): boolean {
  return [...size.symbols()].some((symbol) => [...rows].some((name) => symbol.startsWith(`${name}:`)));
}

/** A column without a type that there is: that is reported where it is declared. */
function isWrongColumn({ data }: ModelInference, { owner, port }: { owner: string; port?: string }): boolean {
  const lookup = data.get(owner)?.lookup;
  if (lookup?.status !== 'found' || port === undefined) return false;
  return lookup.declaration.columns.get(port)?.type !== 'tensor';
}

/** Whether every step is resolved, wired and set; what is missing there is reported there. */
function isSound({ graph, plugs }: ModelInference): boolean {
  if (graph.problems.length > 0 || graph.cycle.length > 0) return false;
  const isSet = ({ valueProblems, unknownSettings }: InferredStep) =>
    valueProblems.length + unknownSettings.length === 0;
  if (![...plugs.values()].every((each) => isSet(each) && notSized(each).length === 0)) return false;
  return [...graph.steps.values()].every(
    ({ target, wires, missingInputs, missingSettings, valueProblems, unknownSettings, unvalued }) =>
      target.kind === 'module' &&
      unvalued.length === 0 &&
      wires.every((wire) => wire.input !== undefined && wire.target.status === 'found') &&
      missingInputs.length + missingSettings.length + valueProblems.length + unknownSettings.length === 0,
  );
}
