/** What does not fit in a graph, and which bricks that may be due to. */
import { flattenModel } from '../../inference/flatten';
import type { InferredStep, WireTarget } from '../../inference/graph';
import type { ModelInference } from '../../inference/model';
import type { ModuleInference } from '../../inference/module';
import { describeProblem, type ShapeProblem } from '../../inference/problems';
import { spaceMismatches } from '../../inference/spaces';
import type { Lookup } from '../../names/catalogue';
import { type BrickReference, slotOf } from '../../names/reference';
import { areLabelsOf, labelsOf } from '../../rules/label-set-mismatch';
import { rootProblems } from '../../rules/root-problems';
import type { Host } from '../../rules/rule';
import { checkTokenizers } from '../../rules/tokenizer-mismatch';
import { printType } from '../../types/type';

export type Inference = ModuleInference | ModelInference;

export interface WireMisfit {
  /** Equal for the same misfit of the same file. */
  id: string;
  /** One clause, without versions. */
  reason: string;
  /** Slots of the bricks next to it. */
  slots: Set<string>;
  /** Inside of a brick, and so perhaps due to what that is made of. */
  isInside: boolean;
}

/** All that does not fit, what is nearest to the data first; what is wrong inside of the bricks of a composition last. */
export function misfitsIn(
  inference: Inference,
  find: (reference: BrickReference) => Lookup<'module'>,
  host: Host,
): WireMisfit[] {
  const { steps } = inference.graph;
  const found: WireMisfit[] = [];
  const add = (what: string, reason: string, involved: (InferredStep | undefined)[]) => {
    const next = slotsOf(involved);
    // What an op or the file itself makes of it may be due to any of them.
    const slots = next.length > 0 ? next : slotsOf([...steps.values()]);
    if (slots.length > 0)
      found.push({ id: `${what} ${reason}`, reason, slots: new Set(slots), isInside: what === 'inside' });
  };
  const lost = (written: string, owner: string, target: WireTarget | undefined) => {
    if (target?.status === 'no-port') add('port', `there is no \`${written}\``, [steps.get(owner)]);
    if (target?.status === 'which-port')
      add('port', `\`${owner}\` has several ports, and a wire names none`, [steps.get(owner)]);
  };
  for (const inferred of steps.values()) {
    const { step, wires, missingInputs, missingSettings, unknownSettings, valueProblems } = inferred;
    const { name } = step;
    for (const { wire, target, input } of wires) {
      const { owner, port } = wire.reference;
      lost(port === undefined ? owner : `${owner}.${port}`, owner, target);
      if (input === undefined && wire.port && inferred.target.kind === 'module')
        add('input', `\`${name}\` has no input \`${wire.port.value}\``, [inferred]);
    }
    for (const each of missingInputs) add('missing', `\`${name}\` needs \`${each}\``, [inferred]);
    for (const each of missingSettings) add('setting', `\`${name}\` needs the param \`${each}\``, [inferred]);
    for (const { key } of unknownSettings)
      add('setting', `\`${name}\` has no param \`${String(key.value)}\``, [inferred]);
    for (const { message, setting } of valueProblems) add('value', `\`${setting}\`: ${message}`, [inferred]);
  }
  for (const problem of rootProblems(inference.graph)) {
    const { step } = problem;
    const made = step || problem.kind !== 'fit' ? undefined : steps.get(problem.source.split('.')[0]!);
    const feeding = (step?.wires ?? []).map(({ wire }) => steps.get(wire.reference.owner));
    add(problem.kind, clause(problem), [step ?? made, ...feeding]);
  }
  for (const { step, from, source, space, input, expected } of spaceMismatches(inference.graph))
    add(
      'space',
      `\`${source}\` is \`${space}\` where \`${step.step.name}.${input}\` expects \`${expected}\``,
      [step, from],
    );
  if (inference.kind !== 'model') return found;
  for (const { task, output, column } of inference.tasks) {
    if (!task.output) continue;
    const { owner } = task.output.reference;
    lost(task.output.value, owner, output);
    const step = steps.get(owner);
    const [said, meant] = [
      output?.status === 'found' ? labelsOf(step, output.port) : undefined,
      column?.labels?.map(({ name }) => name),
    ];
    if (said && meant && !areLabelsOf(step, output?.status === 'found' ? output.port : undefined, meant))
      add(
        'labels',
        `\`${task.output.value}\` counts ${said.join(', ')} where the data counts ${meant.join(', ')}`,
        [step],
      );
  }
  // What does not fit on the wires of parts makes what does not fit inside of them.
  if (found.length > 0) return found;
  const flat = flattenModel(inference, find);
  for (const { part, path, message, code } of flat.problems)
    if (!code) add('inside', `at \`${path}\`, ${message}`, [steps.get(part)]);
  checkTokenizers({ inference, host, flat: () => flat }, ({ message }) => {
    add('inside', message, [...steps.values()]);
  });
  return found;
}

function slotsOf(steps: readonly (InferredStep | undefined)[]): string[] {
  return steps.flatMap((step) => (step?.owner.module ? [slotOf(step.owner.module.reference)] : []));
}

function clause(problem: ShapeProblem): string {
  if (problem.kind !== 'fit') return describeProblem(problem).message.split('\n', 1)[0]!;
  const { source, step, input, fit } = problem;
  return step
    ? `\`${source}\` is ${printType(fit.from)} where \`${step.step.name}.${input}\` takes ${printType(fit.to)}`
    : `\`${source}\` is ${printType(fit.from)} where the output is declared as ${printType(fit.to)}`;
}
