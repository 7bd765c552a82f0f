import type { InferredStep } from '../inference/graph';
import type { ModelDeclaration, Step } from '../names/declarations';
import { writtenAt } from '../names/layers';
import { toValue } from '../syntax/path';
import { listed, type Report, type Rule, replace } from './rule';
import { runOf, weightsOf } from './trained-parts';

export const headReinitImplicit: Rule = {
  id: 'head-reinit-implicit',
  group: 'transfer',
  severity: 'warning',
  summary: 'Weights from a run whose model has no such part, or one of another size.',
  why: 'What does not fit cannot be taken over. Say `weights: fresh` for a part that is to start anew, so that nobody believes it was trained.',
  check(analysis, report) {
    const { inference } = analysis;
    if (inference?.kind !== 'model') return;
    for (const inferred of inference.graph.steps.values()) {
      const run = runOf(inferred);
      const models = run ? analysis.trained(run.value) : [];
      if (!run || models.length !== 1 || models[0]!.file === analysis.source.file) continue;
      const problem = difference(inferred, models[0]!);
      const weights = weightsOf(inferred);
      if (!problem || !weights) continue;
      report({
        ...problem,
        range: run.range,
        propose: () => [replace(analysis, weights.range, 'fresh', 'Start from fresh weights')],
      });
    }
  },
};

/** Why the weights of a part cannot be taken from a run of the model, as the model is written now. */
function difference(
  inferred: InferredStep,
  model: ModelDeclaration,
): Pick<Report, 'message' | 'related'> | undefined {
  const { step, target } = inferred;
  const name = model.name?.value ?? model.file;
  const brick = step.module?.reference.name;
  const same = [...model.parts.values()].filter((part) => part.module?.reference.name === brick);
  const theirs = same.find((part) => part.name === step.name) ?? same[0];
  if (!theirs) {
    if (model.parts.size === 0 || !model.complete) return undefined;
    return {
      message: `\`${name}\` has no part of \`${brick}\` to take weights from; it has ${listed(model.parts.keys())}`,
      related: [],
    };
  }
  const integers =
    target.kind === 'module' ? [...target.module.params.values()].filter(({ type }) => type === 'int') : [];
  for (const param of integers) {
    const [mine, other] = [step, theirs].map((each) => given(each, param.name) ?? toValue(param.default));
    if (typeof mine !== 'number' || typeof other !== 'number' || mine === other) continue;
    const { file, range } = writtenAt(model, theirs.key);
    return {
      message: `\`${param.name}\` of \`${step.name}\` is ${mine} here and ${other} in \`${name}\`, so weights of another size would be taken`,
      related: [{ file, range, message: `\`${theirs.name}\` as it was trained` }],
    };
  }
  return undefined;
}

function given(step: Step, name: string): unknown {
  return toValue(step.settings.get(name)?.value);
}
