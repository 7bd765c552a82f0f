import type { FlatModel } from '../inference/flatten';
import type { InferredStep } from '../inference/graph';
import type { OpTest } from '../inference/ops-in';
import { isPretrained } from '../inference/pretrained';
import { insertEntry } from '../syntax/edits';
import { asMap } from '../syntax/path';
import { edit, type Report, type Rule, replace } from './rule';
import { layersOf, runOf, weightsOf } from './trained-parts';

/** Host ops that learn from the data which id stands for what. */
const fitted = new Set(['word_ids', 'char_ids', 'subword_ids', 'value_ids']);
const isFittedOp: OpTest = ({ op }) => fitted.has(op.name);

export const vocabularyMismatch: Rule = {
  id: 'vocabulary-mismatch',
  group: 'transfer',
  severity: 'warning',
  summary: 'A trained part reads ids that another vocabulary made.',
  why: 'Which id stands for which word is learnt from the data. With another vocabulary the table that was trained is read at the wrong rows, and nothing looks broken.',
  check(analysis, report) {
    const { inference } = analysis;
    const flat = analysis.flat();
    if (inference?.kind !== 'model' || !flat) return;
    for (const inferred of inference.graph.steps.values()) {
      const other = otherVocabulary(inferred, inference.graph.steps, flat);
      if (other) report(other);
      const run = runOf(inferred);
      const text = run ? `run:${run.value}` : isPretrained(inferred) ? 'pretrained' : undefined;
      if (text === undefined || layersOf(flat, inferred.step.name).length === 0) continue;
      for (const source of sourcesOf(inferred, inference.graph.steps)) {
        const vocabulary = runOf(source);
        // A published vocabulary may be of that run, and the other way round.
        const mayBeTheirs = vocabulary
          ? !run || modelOf(vocabulary.value) === modelOf(run.value)
          : isPretrained(source);
        if (mayBeTheirs || !isFitted(flat, source.step.name)) continue;
        const { name } = source.step;
        const how = vocabulary ? `comes from the run \`${vocabulary.value}\`` : 'is made anew';
        const trained = run ? `trained in \`${run.value}\`` : 'trained before it was published';
        const map = asMap(source.step.entry.value);
        const weights = weightsOf(source);
        const title = run
          ? `Take \`${name}\` from \`${text}\` too`
          : `Take the vocabulary that comes with \`${inferred.step.name}\``;
        report({
          range: inferred.step.extras.get('weights')?.value?.range ?? inferred.step.key,
          message: `\`${inferred.step.name}\` was ${trained}, but the vocabulary of \`${name}\` ${how}`,
          related: [
            { file: analysis.source.file, range: source.step.key, message: `\`${name}\` makes the ids` },
          ],
          propose: () =>
            weights
              ? [replace(analysis, weights.range, text, title)]
              : map
                ? [edit(analysis, insertEntry(analysis.source.tree, map, 'weights', text), title)]
                : [],
        });
      }
    }
  },
};

/** A part that shares another's weights, and reads ids of another vocabulary than that one. */
function otherVocabulary(
  inferred: InferredStep,
  steps: Map<string, InferredStep>,
  flat: FlatModel,
): Report | undefined {
  const { step, owner, wires } = inferred;
  const first = owner === step ? undefined : steps.get(owner.name);
  if (!first || layersOf(flat, owner.name).length === 0) return undefined;
  for (const { input, wire } of wires) {
    const theirs = first.wires.find((each) => each.input === input)?.wire.reference.owner;
    const [mine, other] = [wire.reference.owner, theirs ?? ''].map((name) => steps.get(name)?.owner.name);
    if (mine === undefined || other === undefined || mine === other) continue;
    if (!isFitted(flat, mine) || !isFitted(flat, other)) continue;
    return {
      range: wire.range,
      message: `\`${step.name}\` shares the weights of \`${owner.name}\`, which reads ids of \`${other}\`; \`${mine}\` gives words other ids`,
      help: `write \`share: ${other}\` in \`${mine}\` instead of its own \`module\``,
    };
  }
  return undefined;
}

/** The parts whose ids it reads. */
function sourcesOf({ wires }: InferredStep, steps: Map<string, InferredStep>): InferredStep[] {
  const owners = wires.flatMap(({ target }) =>
    target.status === 'found' && target.type?.dtype.startsWith('int') ? [target.owner] : [],
  );
  return [...new Set(owners)].flatMap((owner) => steps.get(owner) ?? []);
}

/** A run is called by its model and its time. Two runs of one model may share a vocabulary. */
function modelOf(run: string): string {
  return run.replace(/-\d{8}-\d{6}(-\d+)?$/, '');
}

function isFitted(flat: FlatModel, part: string): boolean {
  return flat.ops(part, isFittedOp).length > 0;
}
