import type { InferredStep, WireTarget } from '../inference/graph';
import type { ModelInference } from '../inference/model';
import type { ModuleDeclaration, Task } from '../names/declarations';
import { lossNamed, scoresClasses } from '../ops/losses';
import { get, itemsOf } from '../syntax/path';
import { resizings } from './resizings';
import type { Report, Rule } from './rule';

export const labelSetMismatch: Rule = {
  id: 'label-set-mismatch',
  group: 'transfer',
  severity: 'error',
  after: ['unknown-key', 'wrong-value', 'unknown-setting', 'missing-setting', 'invalid-setting'],
  summary:
    'A head, or weights of its classes, with another number or order of classes than the data has labels.',
  why: 'Some label could never be predicted, some prediction would have no name, or each would be taken for another.',
  check(analysis, report) {
    const { inference } = analysis;
    if (inference?.kind !== 'model') return;
    for (const { task, output, target, column } of inference.tasks) {
      const loss = task.loss && lossNamed(task.loss.value);
      if (!loss || !scoresClasses(loss)) continue;
      const weights = weightsProblem(task, output, inference);
      if (weights) report(weights);
      if (!task.output || !column?.labels || target?.status !== 'found') continue;
      // Several labels at once have no index: that is `task-type-mismatch`.
      if (column.type === 'labels') continue;
      if (output?.status !== 'found' || !output.type) continue;
      const type = inference.graph.solver.resolveType(output.type);
      const classes = type.dims.at(-1)?.constant;
      const labels = column.labels.length;
      const dataset = inference.data.get(target.owner)?.lookup;
      const step = inference.graph.steps.get(output.owner);
      const said = labelsOf(step, output.port);
      const names = column.labels.map((label) => label.name);
      const isOpen = step?.target.kind === 'module' && isOpenSet(step.target.module, output.port ?? '');
      // There may be room for labels to come.
      if (isOpen && areLabelsOf(step, output.port, names)) continue;
      if (said && said.length === names.length && said.some((name, index) => name !== names[index])) {
        report({
          range: task.output.range,
          message: `\`${task.output.value}\` counts ${said.join(', ')}, but \`${task.target!.value}\` counts ${names.join(', ')}: each index would mean another label`,
          related:
            dataset?.status === 'found'
              ? [{ file: dataset.source.file, range: column.key, message: 'the labels' }]
              : [],
        });
        continue;
      }
      if (classes === undefined || classes === labels || type.dims.length < 2) continue;
      report({
        range: task.output.range,
        message: `\`${task.output.value}\` has ${classes} classes, but \`${task.target!.value}\` has ${labels} labels: ${column.labels.map((label) => label.name).join(', ')}`,
        related:
          dataset?.status === 'found'
            ? [{ file: dataset.source.file, range: column.key, message: 'the labels' }]
            : [],
        propose: () => resizings(step, classes, labels, analysis),
      });
    }
  },
};

/** `class_weights` of another number than there are classes. */
function weightsProblem(
  { loss, entry, output: named }: Task,
  output: WireTarget | undefined,
  { graph }: ModelInference,
): Report | undefined {
  const settings = loss && get(get(entry.value, 'loss'), loss.value);
  const weights = get(settings, 'class_weights');
  if (weights?.kind !== 'sequence' || output?.status !== 'found' || !output.type) return undefined;
  const { dims } = graph.solver.resolveType(output.type);
  const classes = dims.length < 2 ? undefined : dims.at(-1)?.constant;
  const { length } = weights.items;
  if (classes === undefined || length === classes) return undefined;
  const message = `\`class_weights\` has ${length} numbers, but \`${named!.value}\` has ${classes} classes`;
  return { range: weights.range, message };
}

/** What the brick says that its output counts. */
export function labelsOf(step: InferredStep | undefined, port: string | undefined): string[] | undefined {
  if (step?.target.kind !== 'module' || port === undefined) return undefined;
  return labelNames(step.target.module, port);
}

/**
 * Whether an output counts these: all of them, or where its set is open the first ones. Undefined where it does not say
 * what it counts.
 */
export function areLabelsOf(
  step: InferredStep | undefined,
  port: string | undefined,
  names: readonly string[],
): boolean | undefined {
  const said = labelsOf(step, port);
  if (!said || step?.target.kind !== 'module' || port === undefined) return undefined;
  const isOpen = isOpenSet(step.target.module, port);
  return (
    (isOpen ? said.length >= names.length : said.length === names.length) &&
    names.every((name, index) => said[index] === name)
  );
}

/** Whether later versions may count more. */
export function isOpenSet({ root }: ModuleDeclaration, output: string): boolean {
  const open = get(get(get(root, 'outputs'), output), 'open');
  return open?.kind === 'scalar' && open.value === true;
}

/** In the order of their indices, as data names them: numbers and flags as they are written. */
export function labelNames({ root }: ModuleDeclaration, output: string): string[] | undefined {
  const labels = itemsOf(get(get(get(root, 'outputs'), output), 'labels'));
  const names = labels.flatMap((item) => (item.kind === 'scalar' ? String(item.value) : []));
  return names.length > 0 ? names : undefined;
}
