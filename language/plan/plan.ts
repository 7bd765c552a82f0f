/** From a checked composition to its plan. Everything has been checked; nothing is reported here. */

import { datasetsBehind } from '../inference/behind';
import type { FlatModel, FlatNode, FlatPart, FlatValue } from '../inference/flatten';
import type { InferredTask, ModelInference } from '../inference/model';
import { type PretrainedScope, pretrainedOf } from '../inference/pretrained';
import { evaluate } from '../inference/values';
import type { Names } from '../names/catalogue';
import type { ModuleDeclaration } from '../names/declarations';
import { writtenAt } from '../names/layers';
import type { WireReference } from '../names/reference';
import { formerlyIn } from '../names/renames';
import type { SourceFile } from '../names/source-file';
import { lossNamed } from '../ops/losses';
import type { AttributeValue } from '../ops/op';
import { lineMap } from '../syntax/lines';
import { asNumber, entriesOf, get, keyOf } from '../syntax/path';
import type { Range, TreeNode } from '../syntax/tree';
import { Dim } from '../types/dim';
import type { TensorType } from '../types/type';
import { dataOf } from './data';
import type {
  Place,
  Plan,
  PlanAttribute,
  PlanNode,
  PlanPart,
  PlanSize,
  PlanTask,
  PlanType,
  PlanWeights,
  ValueId,
} from './format';
import { evaluateOf, hooksOf, trainOf, trainPhasesOf, weightsOf } from './training';

export interface PlanContext {
  inference: ModelInference;
  flat: FlatModel;
  source(file: string): SourceFile | undefined;
  /** As the composition sees them. */
  names: Names;
  /** Whether a file beside a manifest is there; unknown counts as yes. */
  has(manifest: string, path: string): boolean;
  /** sha256 of a text, hex. */
  hash(text: string): string;
}

export function planOf(context: PlanContext): Plan {
  const { inference, flat } = context;
  const { model } = inference;
  const place = (of: string, at: Range): Place => {
    const { file, range } = of === model.file ? writtenAt(model, at) : { file: of, range: at };
    return { file, line: lineMap(context.source(file)?.text ?? '').place(range.start).line + 1 };
  };
  const hooks = hooksOf(model.hooks, (range) => place(model.file, range));
  const nodes = flat.nodes.map((node): [FlatNode, PlanNode] => [node, nodeOf(node, place)]);
  return {
    format: 1,
    model: { name: model.name?.value ?? '', version: model.version?.value ?? '0.0.0', file: model.file },
    parts: flat.parts.filter(({ name, owner }) => name === owner).map((part) => partOf(part, context, place)),
    data: [...inference.data.values()].flatMap((data) => dataOf(data, place)),
    prepare: nodes.filter(([node]) => node.op.stage === 'prepare').map(([, node]) => node),
    graph: nodes.filter(([node]) => node.op.stage === 'graph').map(([, node]) => node),
    tasks: inference.tasks.flatMap((task) => taskOf(task, inference, flat, place)),
    train: trainOf(model.train),
    evaluate: evaluateOf(model.evaluate, (range) => place(model.file, range)),
    written: [...writtenIn(model.train, 'train'), ...writtenIn(model.evaluate, 'evaluate')],
    ...(hooks.length > 0 ? { hooks } : {}),
  };
}

/** The paths of all keys below a map. */
function writtenIn(node: TreeNode | undefined, path: string): string[] {
  return entriesOf(node).flatMap((entry) => {
    const own = `${path}.${keyOf(entry)}`;
    return [own, ...writtenIn(entry.value, own)];
  });
}

export type PlaceOf = (file: string, range: Range) => Place;

function partOf(part: FlatPart, context: PlanContext, place: PlaceOf): PlanPart {
  const { inference, source, names, hash } = context;
  const file = source(part.module.file);
  const extras = part.step?.extras;
  const rate = asNumber(extras?.get('learning_rate')?.value);
  const at = part.step?.key ?? inference.model.plugs.get(part.name)?.key ?? inference.model.root.range;
  const [module, version] = [part.module.name?.value ?? '', part.module.version?.value ?? '0.0.0'];
  const release =
    file?.origin === 'registry' ? names.release('module', module, version)?.published : undefined;
  return {
    ...{ name: part.name, module, version },
    source: file?.origin ?? 'workspace',
    hash: hash(file?.text ?? ''),
    ...(release ? { release: release.hash } : {}),
    weights: weightsOf(extras?.get('weights')?.value, () => shippedFor(part, context)),
    ...formerlyOf(part.module),
    train: trainPhasesOf(extras?.get('train')?.value),
    ...(rate === undefined ? {} : { learning_rate: rate }),
    at: place(inference.model.file, at),
  };
}

function formerlyOf(module: ModuleDeclaration): Pick<PlanPart, 'formerly'> {
  const formerly = formerlyIn(module);
  return Object.keys(formerly).length > 0 ? { formerly } : {};
}

/** What ships none has a finding, so that no plan is made of it. */
function shippedFor({ name }: FlatPart, { inference, flat, names, has }: PlanContext): PlanWeights {
  const inferred = inference.graph.steps.get(name) ?? inference.plugs.get(name);
  const scope: PretrainedScope = {
    steps: inference.graph.steps,
    ...{ flat, names, has },
  };
  const shipped = inferred && pretrainedOf(inferred, scope);
  return shipped && shipped.from !== 'none' ? shipped : { from: 'fresh' };
}

export function nodeOf(node: FlatNode, place: PlaceOf): PlanNode {
  const idOf = (value: FlatValue | FlatValue[]) =>
    Array.isArray(value) ? value.map((item) => item.id) : value.id;
  const within = node.id.slice(node.part.length + 1);
  return {
    id: node.id,
    part: node.owner,
    op: node.op.name,
    inputs: Object.fromEntries(Object.entries(node.inputs).map(([name, value]) => [name, idOf(value)])),
    attributes: Object.fromEntries([...node.values].map(([name, value]) => [name, attributeOf(value)])),
    outputs: Object.fromEntries([...node.outputs].map(([name, type]) => [name, typeOf(type)])),
    weights: node.weights.map((weight) => ({
      name: `${within}/${weight.role}`,
      role: weight.role,
      shape: weight.dims.map((dim) => dim.constant ?? 0),
      init: weight.init,
      trainable: weight.trainable,
      ...(weight.adaptable ? { adaptable: true } : {}),
    })),
    ...(node.owner !== node.part && node.op.stage === 'prepare' ? { state: `${node.owner}/${within}` } : {}),
    at: place(node.file, node.range),
  };
}

function attributeOf(value: AttributeValue | undefined): PlanAttribute {
  if (value === undefined) return null;
  if (value instanceof Dim) return value.constant ?? value.toString();
  if (Array.isArray(value)) {
    const items = value.map(attributeOf);
    return items.every((item) => typeof item === 'number') ? (items as number[]) : items.map(String);
  }
  return value as PlanAttribute;
}

export function typeOf(type: TensorType): PlanType {
  return { dtype: type.dtype, shape: type.dims.map(sizeOf) };
}

/** Only the number of rows of a batch is open. */
function sizeOf(dim: Dim): PlanSize {
  return dim.constant ?? dim.toString();
}

function taskOf(
  { task, column }: InferredTask,
  inference: ModelInference,
  flat: FlatModel,
  place: PlaceOf,
): PlanTask[] {
  const { output, target, loss } = task;
  const value = output && valueOfPort(output.reference, flat);
  if (!value || !target || !loss) return [];
  const settings = task.entry.value;
  const options = optionsOf(loss.value, get(get(settings, 'loss'), loss.value));
  return [
    {
      name: task.name,
      data: inference.data.has(target.reference.owner)
        ? target.reference.owner
        : ([...datasetsBehind(output.reference.owner, inference.graph, inference.data)][0] ?? ''),
      output: value,
      target: valueOfPort(target.reference, flat) ?? target.value,
      loss: loss.value,
      ...(Object.keys(options).length > 0 ? { options } : {}),
      weight: asNumber(get(settings, 'weight')) ?? 1,
      metrics: task.metrics.map((metric) => metric.value),
      ...(column?.labels ? { labels: column.labels.map((label) => label.name) } : {}),
      at: place(inference.model.file, task.key),
    },
  ];
}

/** The value that a part gives; undefined for a column. */
function valueOfPort({ owner, port }: WireReference, { parts }: FlatModel): ValueId | undefined {
  const part = parts.find((candidate) => candidate.name === owner);
  return (port === undefined ? [...(part?.outputs.values() ?? [])][0] : part?.outputs.get(port))?.id;
}

/** The settings of a loss that are set. */
function optionsOf(loss: string, settings: TreeNode | undefined): Record<string, PlanAttribute> {
  return Object.fromEntries(
    Object.entries(lossNamed(loss)?.options ?? {}).flatMap(([name, { type }]) => {
      const { value } = evaluate(get(settings, name), type, new Map());
      return value === undefined ? [] : [[name, attributeOf(value)]];
    }),
  );
}
