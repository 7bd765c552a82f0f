/** What a task learns by, is judged by, and is made of. */
import type { Source } from '../../inference/candidates';
import { classesOf } from '../../inference/column';
import type { InferredTask, ModelInference } from '../../inference/model';
import type { Column } from '../../names/declarations';
import { splitNames } from '../../names/splits';
import { allLosses, type Loss, lossNamed, metricsOf } from '../../ops/losses';
import type { TaskKind } from '../../ops/losses/loss';
import { allMetrics, metricNamed } from '../../ops/metrics';
import type { OpAttribute } from '../../ops/op';
import { itemsOf } from '../../syntax/path';
import type { TensorType } from '../../types/type';
import type { Candidate } from '../answers';
import { attributeType } from '../texts';
import { afterKey, type Context, placeholder, presentKeys, words } from './context';
import { type Judge, wires } from './wires';

type Types = { output: TensorType | undefined; target: TensorType | undefined };

export function taskValues(context: Context, inference: ModelInference): Candidate[] | undefined {
  const [, name, key, loss, option] = context.cursor.path;
  const task = inference.tasks.find((each) => each.task.name === name);
  const types = { output: typeOf(task?.output), target: typeOf(task?.target) };
  switch (key) {
    case 'output':
    case 'target': {
      const loss = task?.task.loss && lossNamed(task.task.loss.value);
      const judge = loss ? againstLoss(loss, types, key, inference) : () => ({ fits: undefined });
      const sides = wires(context, judge);
      if (key === 'output') return sides.filter(({ kind }) => kind === 'port');
      // Mostly a column; an output where the loss could compare with it, such as that of a second tower.
      return sides.flatMap((side) => {
        if (side.kind === 'column') return [side];
        return side.rank === 0 && side.label !== task?.task.output?.value ? [{ ...side, rank: 1 }] : [];
      });
    }
    case 'loss':
      if (loss !== undefined) return lossOption(context, String(loss), option);
      return losses(context, types, task?.column, inference);
    case 'metrics':
      return metrics(context, metricsAsked(task));
    default:
      return undefined;
  }
}

function typeOf(target: InferredTask['output']): TensorType | undefined {
  return target?.status === 'found' ? target.type : undefined;
}

/** Whether a source could stand on that side, the other side being what it is. */
function againstLoss(loss: Loss, types: Types, side: 'output' | 'target', inference: ModelInference): Judge {
  return (source: Source) => {
    const sides = { ...types, [side]: source.type };
    const why = refusal(loss, sides, undefined, inference);
    if (why === 'unknown') return { fits: undefined };
    return why === undefined ? { fits: true } : { fits: false, why };
  };
}

/** Why the loss cannot compare these; `unknown` where a type is missing. */
function refusal(
  loss: Loss,
  { output, target }: Types,
  classes: number | undefined,
  { graph }: ModelInference,
): string | undefined {
  if (!output || !target) return 'unknown';
  const solver = graph.solver.fork();
  let why: string | undefined;
  loss.check({
    output: solver.resolveType(output),
    target: solver.resolveType(target),
    classes,
    equate(left, right, reason) {
      const cause = { text: reason, file: '', range: { start: 0, end: 0 } };
      if (solver.equate(left, right, cause) === 'no') why ??= reason;
    },
    fail(problem) {
      why ??= problem.message;
    },
  });
  return why;
}

function losses(
  context: Context,
  types: Types,
  column: Column | undefined,
  inference: ModelInference,
): Candidate[] {
  const asked = kindsOf(column);
  return words(
    context,
    allLosses().map((loss) => {
      const why = refusal(loss, types, classesOf(column), inference);
      const known = why === undefined ? 0 : why === 'unknown' ? 1 : 2;
      return {
        word: loss.name,
        detail: why === undefined || why === 'unknown' ? loss.summary : why,
        documentation: loss.doc,
        rank: known + (isAsked(loss.kinds, asked) ? 0 : 1),
      };
    }),
  );
}

/** What a task that learns such a column most likely is; undefined where nothing can be said. */
function kindsOf(column: Column | undefined): TaskKind[] | undefined {
  switch (column?.type) {
    case 'category':
      return ['class'];
    case 'bool':
      return ['class', 'labels'];
    case 'labels':
      return ['labels'];
    case 'int':
      return ['class', 'number'];
    case 'float':
      return ['number'];
    default:
      return undefined;
  }
}

function isAsked(kinds: TaskKind[], asked: TaskKind[] | undefined): boolean {
  return asked === undefined || kinds.some((kind) => asked.includes(kind));
}

/** Names of losses in `loss: { … }`, and the settings of one. */
export function lossKeys(context: Context, inference: ModelInference): Candidate[] {
  const [, name, , loss] = context.cursor.path;
  if (loss === undefined) {
    const task = inference.tasks.find((each) => each.task.name === name);
    const types = { output: typeOf(task?.output), target: typeOf(task?.target) };
    return losses(context, types, task?.column, inference).map((each) => ({
      ...each,
      insert: each.label + afterKey(context, '{ $0 }'),
    }));
  }
  const present = presentKeys(context);
  return Object.entries(lossNamed(String(loss))?.options ?? {})
    .filter(([option]) => !present.has(option))
    .map(([option, attribute]) => ({
      label: option,
      kind: 'param',
      detail: attributeType(attribute),
      documentation: attribute.doc,
      insert: option + afterKey(context, placeholder(1, optionValues(attribute))),
      replace: context.cursor.replace,
      rank: attribute.required ? 0 : 1,
    }));
}

function lossOption(context: Context, loss: string, option: string | number | undefined): Candidate[] {
  const attribute = lossNamed(loss)?.options[String(option)];
  return attribute
    ? words(
        context,
        optionValues(attribute).map((word) => ({ word })),
      )
    : [];
}

function optionValues({ type, values, default: otherwise }: OpAttribute): string[] {
  if (type === 'bool') return ['true', 'false'];
  return values ?? (otherwise === undefined || Array.isArray(otherwise) ? [] : [String(otherwise)]);
}

/** By the loss, or as long as there is none, by the column. */
function metricsAsked(task: InferredTask | undefined): string[] | undefined {
  const loss = task?.task.loss && lossNamed(task.task.loss.value);
  const asked = kindsOf(task?.column);
  if (loss) return metricsOf(loss, typeOf(task?.output));
  return asked && allMetrics().flatMap(({ name, of }) => (isAsked(of, asked) ? name : []));
}

function metrics(context: Context, asked: string[] | undefined): Candidate[] {
  const { parents, node } = context.cursor;
  const list = node?.kind === 'sequence' ? node : parents.at(-1);
  const given = new Set(
    itemsOf(list).flatMap((item) => (item.kind === 'scalar' && item !== node ? [String(item.value)] : [])),
  );
  return words(
    context,
    allMetrics()
      .filter(({ name }) => !given.has(name))
      .map(({ name, summary, doc }) => ({
        word: name,
        detail: summary,
        documentation: doc,
        rank: !asked ? 1 : asked.includes(name) ? 0 : 2,
      })),
  );
}

/** `sentiment.loss`, `sentiment.accuracy`, …, and the loss of all tasks together. */
export function measures({ tasks }: ModelInference): string[] {
  return [
    'loss',
    ...tasks.flatMap(({ task }) =>
      ['loss', ...task.metrics.map(({ value }) => value)].map((measure) => `${task.name}.${measure}`),
    ),
  ];
}

/** The side of a bound on which a measure is better. */
export function boundOf(measure: string): '>=' | '<=' {
  const metric = measure.slice(measure.lastIndexOf('.') + 1);
  return metric === 'loss' || metricNamed(metric)?.better === 'lower' ? '<=' : '>=';
}

export function modelSplits({ data }: ModelInference): string[] {
  const names = [...data.values()].flatMap(({ lookup }) =>
    lookup.status === 'found' ? splitNames(lookup.declaration) : [],
  );
  return [...new Set(names)];
}
