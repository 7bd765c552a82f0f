import { isPretrained, type PretrainedScope, pretrainedOf } from '../inference/pretrained';
import { locatedText } from '../names/declarations';
import { hasFile, type Rule, replace } from './rule';

export const weightsMissing: Rule = {
  id: 'weights-missing',
  group: 'transfer',
  severity: 'error',
  // Which part reads the ids of another is only known where all wires lead somewhere.
  after: 'any',
  summary: '`weights: pretrained` of a brick that ships none.',
  why: 'The part would start from random values, not from what it is believed to know. A brick that names weights has them beside it, or gets them when it is published with those of a run.',
  check(analysis, report) {
    const { inference } = analysis;
    const flat = analysis.flat();
    if (inference?.kind !== 'model' || !flat) return;
    const { steps } = inference.graph;
    // What lies in a file that cannot be read may read the ids of any part.
    const isKnown = [...steps.values()].every(
      ({ target, wires }) =>
        target.kind === 'module' && wires.every(({ target: from }) => from.status === 'found'),
    );
    if (!isKnown) return;
    const has = hasFile(analysis.host);
    const scope: PretrainedScope = { steps, flat, names: analysis.catalogue, has };
    for (const inferred of [...steps.values(), ...inference.plugs.values()]) {
      const { step, target } = inferred;
      const weights = locatedText(step.extras.get('weights')?.value);
      if (!isPretrained(inferred) || !weights || target.kind !== 'module') continue;
      const shipped = pretrainedOf(inferred, scope);
      if (shipped.from === 'file') continue;
      const brick = `\`${step.module?.reference.name}\` ${target.module.version?.value ?? ''}`;
      if (shipped.from === 'unpublished') {
        // Of what brings the weights along it is said there; without registries nobody knows.
        const isOwn = shipped.brick.startsWith(`${target.module.name?.value}@`);
        if (!isOwn || !analysis.host.published) continue;
      }
      report({
        range: weights.range,
        ...(shipped.from === 'none'
          ? { message: `${brick} ships no weights; write \`run:\` and a run or a model that trained it` }
          : {
              severity: 'information',
              message: `${brick} is not published yet, so there are no weights to take`,
              help: `train it and publish it: brique publish ${step.module?.reference.name} --run latest`,
            }),
        propose: () => [replace(analysis, weights.range, 'fresh', 'Start from fresh weights')],
      });
    }
  },
};
