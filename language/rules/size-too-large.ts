import { withDefaults } from '../answers/count';
import type { InferredStep } from '../inference/graph';
import type { ModelInference } from '../inference/model';
import type { ModuleInference } from '../inference/module';
import type { OpenedOp } from '../inference/opened';
import type { OpTest } from '../inference/ops-in';
import type { ModuleDeclaration, Step } from '../names/declarations';
import { asNumber } from '../syntax/path';
import type { Range, TreeNode } from '../syntax/tree';
import type { Dim } from '../types/dim';
import type { Analysis, Report, Rule } from './rule';

/** Elements of one tensor; more cannot be indexed by the engines, and would be 8 GiB of float32. */
const MOST = 2 ** 31 - 1;

export const sizeTooLarge: Rule = {
  id: 'size-too-large',
  group: 'shapes',
  severity: 'error',
  summary: 'A tensor that no machine could hold.',
  why: 'A slip in a size, such as a zero too many, is found before memory runs out.',
  check(analysis, report) {
    const { inference } = analysis;
    if (inference?.kind === 'module') inBrick(inference, report);
    if (inference?.kind === 'model') inModel(analysis, inference, report);
  },
};

interface Tensor {
  /** `kernel` of `encoder`, or what `encoder` makes. */
  name(of: string): string;
  dims: readonly Dim[];
}

/** Weights, and values for one row or more. */
function tensorsOf({
  weights,
  outputs,
}: Pick<OpenedOp, 'weights'> & Pick<InferredStep, 'outputs'>): Tensor[] {
  return [
    ...weights.map(({ role, dims }): Tensor => ({ name: (of) => `\`${role}\` of \`${of}\``, dims })),
    ...[...outputs.values()].flatMap((type): Tensor | [] =>
      type ? { name: (of) => `What \`${of}\` makes`, dims: type.dims } : [],
    ),
  ];
}

/** With every param, or with the defaults: then other values may do. */
function inBrick({ module, graph, scope }: ModuleInference, report: (found: Report) => void): void {
  for (const [name, outer] of scope.outer) {
    if (outer.kind !== 'input' || !outer.type || elements(outer.type.dims) <= MOST) continue;
    const range = module.inputs.get(name)?.range ?? module.root.range;
    report({
      range,
      message: `\`${name}\` would be ${shown(outer.type.dims)} numbers; no more than 2^31 fit`,
    });
    return;
  }
  for (const inferred of graph.steps.values()) {
    const { step } = inferred;
    for (const { name, dims } of tensorsOf(inferred)) {
      const general = dims.map((dim) => graph.solver.resolve(dim));
      const usual = general.map((dim) => withDefaults(dim, module)!);
      const isAlways = elements(general) > MOST;
      if (!isAlways && elements(usual) <= MOST) continue;
      report({
        range: (isAlways ? settingOf(step, general) : defaultOf(module, usual)) ?? step.key,
        severity: isAlways ? 'error' : 'warning',
        message: `${name(step.name)} would be ${shown(isAlways ? general : usual)} numbers${isAlways ? '' : ' with the defaults of this brick'}; no more than 2^31 fit`,
      });
      return;
    }
  }
}

const isTooLarge: OpTest = (op) => tensorsOf(op).some(({ dims }) => elements(dims) > MOST);

function inModel(analysis: Analysis, { model }: ModelInference, report: (found: Report) => void): void {
  for (const node of analysis.flat()?.where(isTooLarge) ?? []) {
    for (const { name, dims } of tensorsOf(node)) {
      if (elements(dims) <= MOST) continue;
      // What is wrong with a brick whatever its params is said there.
      if (
        analysis
          .found(node.file)
          .some(({ rule, severity }) => rule === 'size-too-large' && severity === 'error')
      )
        return;
      const part = model.parts.get(node.part);
      report({
        range: (part && settingOf(part, dims)) ?? part?.key ?? model.root.range,
        message: `${name(node.id)} would be ${shown(dims)} numbers; no more than 2^31 fit`,
        related: [{ file: node.file, range: node.range, message: 'this step' }],
      });
      // What is wired behind it has the same size.
      return;
    }
  }
}

/** At least that many: sizes that are not known count as one. */
function elements(dims: readonly Dim[]): number {
  return dims.reduce((all, dim) => all * (dim.constant ?? 1), 1);
}

function shown(dims: readonly Dim[]): string {
  return dims.join(' × ');
}

/** Where the greatest of the sizes is written. */
function settingOf({ settings }: Step, dims: readonly Dim[]): Range | undefined {
  const isGreatest = isGreatestOf(dims);
  return [...settings.values()].find(({ value }) =>
    value?.kind === 'sequence' ? value.items.some(isGreatest) : isGreatest(value),
  )?.value?.range;
}

function defaultOf({ params }: ModuleDeclaration, dims: readonly Dim[]): Range | undefined {
  const isGreatest = isGreatestOf(dims);
  return [...params.values()].find((param) => isGreatest(param.default))?.default?.range;
}

function isGreatestOf(dims: readonly Dim[]): (node: TreeNode | undefined) => boolean {
  const greatest = Math.max(...dims.flatMap((dim) => dim.constant ?? []));
  return (node) => asNumber(node) === greatest;
}
