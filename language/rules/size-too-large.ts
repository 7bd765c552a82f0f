import { withDefaults } from '../answers/count';
import type { ModelInference } from '../inference/model';
import type { ModuleInference } from '../inference/module';
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
  summary: 'A parameter tensor that no machine could hold.',
  why: 'A slip in a size, such as a zero too many, is found before memory runs out.',
  check(analysis, report) {
    const { inference } = analysis;
    if (inference?.kind === 'module') inBrick(inference, report);
    if (inference?.kind === 'model') inModel(analysis, inference, report);
  },
};

/** With every param, or with the defaults: then other values may do. */
function inBrick({ module, graph }: ModuleInference, report: (found: Report) => void): void {
  for (const { step, weights } of graph.steps.values()) {
    for (const { role, dims } of weights) {
      const general = dims.map((dim) => graph.solver.resolve(dim));
      const usual = general.map((dim) => withDefaults(dim, module)!);
      const isAlways = elements(general) > MOST;
      if (!isAlways && elements(usual) <= MOST) continue;
      report({
        range: (isAlways ? settingOf(step, general) : defaultOf(module, usual)) ?? step.key,
        severity: isAlways ? 'error' : 'warning',
        message: `\`${role}\` of \`${step.name}\` would be ${shown(isAlways ? general : usual)} numbers${isAlways ? '' : ' with the defaults of this brick'}; no more than 2^31 fit`,
      });
      return;
    }
  }
}

const isTooLarge: OpTest = ({ weights }) => weights.some(({ dims }) => elements(dims) > MOST);

function inModel(analysis: Analysis, { model }: ModelInference, report: (found: Report) => void): void {
  for (const node of analysis.flat()?.where(isTooLarge) ?? []) {
    for (const { role, dims } of node.weights) {
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
        message: `\`${role}\` of \`${node.id}\` would be ${shown(dims)} numbers; no more than 2^31 fit`,
        related: [{ file: node.file, range: node.range, message: 'this step' }],
      });
      // What is wired behind it has the same size.
      return;
    }
  }
}

/** At least that many: sizes that are not known count as one. */
function elements(dims: Dim[]): number {
  return dims.reduce((all, dim) => all * (dim.constant ?? 1), 1);
}

function shown(dims: Dim[]): string {
  return dims.join(' × ');
}

/** Where the greatest of the sizes is written. */
function settingOf({ settings }: Step, dims: Dim[]): Range | undefined {
  const isGreatest = isGreatestOf(dims);
  return [...settings.values()].find(({ value }) =>
    value?.kind === 'sequence' ? value.items.some(isGreatest) : isGreatest(value),
  )?.value?.range;
}

function defaultOf({ params }: ModuleDeclaration, dims: Dim[]): Range | undefined {
  const isGreatest = isGreatestOf(dims);
  return [...params.values()].find((param) => isGreatest(param.default))?.default?.range;
}

function isGreatestOf(dims: Dim[]): (node: TreeNode | undefined) => boolean {
  const greatest = Math.max(...dims.flatMap((dim) => dim.constant ?? []));
  return (node) => asNumber(node) === greatest;
}
