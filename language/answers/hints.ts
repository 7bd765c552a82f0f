import type { InferredStep } from '../inference/graph';
import type { Analysis } from '../rules/rule';
import type { Range } from '../syntax/tree';
import { printType } from '../types/type';
import type { Hint } from './answers';
import { modelCost, shownCount, stepCount, withDefaults } from './count';
import { namedBy } from './uses';

export type HintKind = Hint['kind'];

/** What the editor shows between the lines of a range: types, versions that ranges came to, numbers of parameters. */
export function hintsIn(analysis: Analysis, range: Range, kinds: ReadonlySet<HintKind>): Hint[] {
  const { inference } = analysis;
  if (!inference) return [];
  const steps = [...inference.graph.steps.values()].filter(
    ({ step }) => step.range.start <= range.end && range.start <= step.range.end,
  );
  const hints = [
    ...(kinds.has('types') ? steps.flatMap((step) => typeHint(analysis, step)) : []),
    ...(kinds.has('versions') ? versionHints(analysis) : []),
    ...(kinds.has('parameters') ? parameterHints(analysis, steps) : []),
  ];
  return hints
    .filter(({ offset }) => range.start <= offset && offset <= range.end)
    .sort((a, b) => a.offset - b.offset);
}

function typeHint({ inference }: Analysis, { step, outputs }: InferredStep): Hint[] {
  const { solver } = inference!.graph;
  const types = [...outputs].flatMap(([port, type]) => {
    if (!type) return [];
    const shown = printType(solver.resolveType(type));
    return [outputs.size === 1 ? shown : `${port} ${shown}`];
  });
  return types.length > 0 ? [{ kind: 'types', offset: step.key.end, label: ` ${types.join(', ')}` }] : [];
}

/** Behind each range that names a brick, a dataset or a composition. */
function versionHints({ source, catalogue }: Analysis): Hint[] {
  return namedBy(source.declaration).flatMap(({ kind, reference }) => {
    const { versionRange, versionRangeAt } = reference;
    const lookup = versionRangeAt && catalogue.find(kind, reference);
    const version = lookup?.status === 'found' ? lookup.declaration.version?.value : undefined;
    if (!version || versionRange === version) return [];
    return [{ kind: 'versions', offset: versionRangeAt!.end, label: ` = ${version}` }];
  });
}

function parameterHints(analysis: Analysis, steps: InferredStep[]): Hint[] {
  const count = counter(analysis);
  return steps.flatMap((inferred) => {
    const text = count(inferred);
    if (text === undefined) return [];
    const { range, key } = inferred.step;
    const isOneLine = !/[\r\n]/.test(analysis.source.text.slice(range.start, range.end));
    return [{ kind: 'parameters', offset: isOneLine ? range.end : key.end, label: ` ${text}` }];
  });
}

/** A formula that is longer tells less than its value. */
const LONGEST = 32;

/** In words; undefined for none, or where it is not known. */
function counter(analysis: Analysis): (step: InferredStep) => string | undefined {
  const { inference } = analysis;
  if (inference?.kind === 'model') {
    const parts = modelCost(analysis)?.parts;
    return ({ step }) => {
      const { parameters, trainable } = parts?.get(step.name) ?? {};
      if (!parameters) return undefined;
      const isPart = trainable !== undefined && trainable > 0 && trainable < parameters;
      const learning = isPart
        ? `, ${trainable.toLocaleString('en')} trainable`
        : trainable === 0
          ? ', frozen'
          : '';
      return `${parameters.toLocaleString('en')} parameters${learning}`;
    };
  }
  return (step) => {
    const count = inference && stepCount(analysis, inference, step).parameters;
    if (!count || count.constant === 0) return undefined;
    const formula = shownCount(count);
    const usual = formula.length > LONGEST ? withDefaults(count, inference.module)?.constant : undefined;
    return usual === undefined
      ? `${formula} parameters`
      : `${usual.toLocaleString('en')} parameters, with its defaults`;
  };
}
