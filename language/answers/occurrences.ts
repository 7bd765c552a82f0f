/** Every place in a file where something is named, and what it names. Definition, references and hover read this. */
import { allAtOnce, type Gradual } from '../gradual';
import type { InferredStep, WireTarget } from '../inference/graph';
import { instantiate } from '../inference/instance';
import type { Lookup } from '../names/catalogue';
import {
  type DatasetDeclaration,
  type Located,
  locatedText,
  type ModuleDeclaration,
  type Step,
} from '../names/declarations';
import { writtenAt } from '../names/layers';
import { parseBrickReference, type WireReference } from '../names/reference';
import { loraTargets, measures, partMembers, slicedColumns } from '../names/settings-names';
import { lossNamed } from '../ops/losses';
import { metricNamed } from '../ops/metrics';
import type { Analysis } from '../rules/rule';
import { entriesOf, get, itemsOf } from '../syntax/path';
import type { Range, TreeNode } from '../syntax/tree';
import type { TensorType } from '../types/type';
import type { Location } from './answers';
import { firstSaid, firstUse } from './first-said';
import type { Meaning, Occurrence } from './meaning';

export type { Meaning, Occurrence } from './meaning';

/** With a range, those in the steps that touch it, and those outside of all steps. */
export function occurrencesIn(analysis: Analysis, within?: Range): Occurrence[] {
  return allAtOnce(collectingOccurrences(analysis, within));
}

/** Step by step. */
export function* collectingOccurrences(analysis: Analysis, within?: Range): Gradual<Occurrence[]> {
  const collector = new Collector(analysis);
  yield* collector.collect(within);
  return collector.found;
}

class Collector {
  readonly found: Occurrence[] = [];
  private readonly file: string;

  constructor(private readonly analysis: Analysis) {
    this.file = analysis.source.file;
  }

  *collect(within: Range | undefined): Gradual<void> {
    const { declaration, inference } = this.analysis;
    if (declaration?.kind === 'module') this.moduleHeader(declaration);
    if (declaration?.kind === 'dataset') this.dataset(declaration);
    if (declaration?.kind === 'model') this.model();
    for (const inferred of inference?.graph.steps.values() ?? []) {
      const { range } = inferred.step;
      if (within && (range.end < within.start || within.end < range.start)) continue;
      this.step(inferred);
      yield;
    }
  }

  private add(range: Range, meaning: Meaning, declared: Location | undefined): void {
    // What is inherited is written in another file, and named there.
    if (range.start <= this.analysis.source.text.length) this.found.push({ range, meaning, declared });
  }

  private here(range: Range): Location {
    const { declaration } = this.analysis;
    if (declaration?.kind !== 'model') return { file: this.file, range };
    const written = writtenAt(declaration, range);
    return { file: written.file, range: written.range };
  }

  private firstSaid(section: 'data' | 'parts' | 'tasks', name: string, key: Range): Location {
    return firstSaid(this.analysis, section, name) ?? this.here(key);
  }

  private moduleHeader(module: ModuleDeclaration): void {
    if (module.name) this.add(module.name.range, { kind: 'module', module }, this.here(module.name.range));
    for (const param of module.params.values()) this.param(param.key, module, param.name);
    for (const [direction, ports] of [
      ['input', module.inputs],
      ['output', module.outputs],
    ] as const) {
      for (const port of ports.values()) {
        this.add(
          port.key,
          { kind: 'port', direction, module, port, type: port.parsed.type },
          this.here(port.key),
        );
        for (const { name, start, end } of port.parsed.names) {
          const range = { start: port.range.start + start, end: port.range.start + end };
          this.dimension(range, module, name);
        }
      }
    }
    for (const test of itemsOf(get(module.root, 'tests'))) this.test(test, module);
    for (const point of module.extensionPoints.values()) {
      this.point(point.key, module, point.name);
      if (point.at) this.owner(point.at.range, point.at.value);
    }
    for (const { value } of entriesOf(get(module.root, 'renames'))) this.member(locatedText(value), module);
    const where = get(module.root, 'where');
    for (const condition of where?.kind === 'sequence' ? where.items : [where])
      this.condition(condition, module);
  }

  /** A param, a port or a node, as it is called now. */
  private member(named: Located<string> | undefined, module: ModuleDeclaration): void {
    if (!named) return;
    const { value, range } = named;
    if (module.params.has(value)) this.param(range, module, value);
    else if (module.outputs.has(value)) this.port(range, module, 'output', value);
    else this.owner(range, value);
  }

  /** Params and sizes in `hidden % heads == 0`. */
  private condition(node: TreeNode | undefined, module: ModuleDeclaration): void {
    const text = locatedText(node);
    for (const match of text?.value.matchAll(/[A-Za-z_]\w*/g) ?? []) {
      const start = text!.range.start + match.index;
      this.dimension({ start, end: start + match[0].length }, module, match[0]);
    }
  }

  private dimension(range: Range, module: ModuleDeclaration, name: string): void {
    if (module.params.has(name)) this.param(range, module, name);
    else this.add(range, { kind: 'size', name, module }, firstUse(module, name));
  }

  private point(range: Range, module: ModuleDeclaration, name: string): void {
    const point = module.extensionPoints.get(name);
    if (point) this.add(range, { kind: 'point', module, name }, { file: module.file, range: point.key });
  }

  private test(test: TreeNode, module: ModuleDeclaration): void {
    for (const { key } of entriesOf(get(test, 'given')))
      this.port(key.range, module, 'input', String(key.value));
    for (const { key } of entriesOf(get(test, 'expect')))
      this.port(key.range, module, 'output', String(key.value));
    for (const { key } of entriesOf(get(test, 'params'))) {
      if (module.params.has(String(key.value))) this.param(key.range, module, String(key.value));
    }
  }

  private dataset(dataset: DatasetDeclaration): void {
    if (dataset.name)
      this.add(dataset.name.range, { kind: 'dataset', dataset }, this.here(dataset.name.range));
    for (const column of dataset.columns.values()) this.column(column.key, dataset, column.name);
    for (const key of ['stratify', 'group']) {
      const named = locatedText(get(dataset.splits, key));
      if (named) this.column(named.range, dataset, named.value);
    }
  }

  private model(): void {
    const { inference } = this.analysis;
    if (inference?.kind !== 'model') return;
    const { model } = inference;
    if (model.name) this.add(model.name.range, { kind: 'model', model }, this.here(model.name.range));
    const base = locatedText(get(model.root, 'extends'));
    if (base) {
      const { name, nameRange } = parseBrickReference(base.value, base.range);
      this.modelNamed(nameRange, name);
    }
    for (const { data } of inference.data.values()) {
      const dataset = this.datasetOf(data.alias);
      this.add(
        data.key,
        { kind: 'alias', alias: data.alias, dataset },
        this.firstSaid('data', data.alias, data.key),
      );
      if (dataset?.name)
        this.add(
          data.dataset.reference.nameRange,
          { kind: 'dataset', dataset },
          { file: dataset.file, range: dataset.name.range },
        );
    }
    for (const { task, output, target } of inference.tasks) {
      this.add(task.key, { kind: 'task', name: task.name }, this.firstSaid('tasks', task.name, task.key));
      const loss = task.loss && lossNamed(task.loss.value);
      if (loss) this.add(task.loss!.range, { kind: 'loss', loss }, undefined);
      for (const { value, range } of task.metrics) {
        const metric = metricNamed(value);
        if (metric) this.add(range, { kind: 'metric', metric }, undefined);
      }
      if (task.output) this.wire(task.output.reference, output);
      if (task.target) this.wire(task.target.reference, target);
    }
    for (const { owner, ownerRange, port, portRange } of partMembers(model)) {
      this.owner(ownerRange, owner);
      const part = inference.graph.steps.get(owner)?.owner;
      const module = part && this.moduleOf(part);
      if (module && port !== undefined && portRange) this.dimension(portRange, module, port);
    }
    for (const plug of inference.model.plugs.values()) {
      this.owner(plug.point.ownerRange, plug.point.owner);
      const extended = inference.graph.steps.get(plug.point.owner)?.step;
      const module = extended && this.moduleOf(extended);
      if (module && plug.point.portRange) this.point(plug.point.portRange, module, plug.point.port!);
      const lookup = plug.module && this.analysis.catalogue.find('module', plug.module.reference);
      if (plug.module && lookup) this.brick(plug.module.reference.nameRange, lookup);
    }
    for (const { owner, ownerRange, port, portRange } of slicedColumns(model)) {
      const dataset = this.datasetOf(owner);
      if (!dataset) continue;
      this.owner(ownerRange, owner);
      if (portRange) this.column(portRange, dataset, port!);
    }
    for (const measure of measures(model)) this.measure(measure);
  }

  /** The task in `validation.sentiment.loss` or `sentiment.accuracy`. */
  private measure({ value, range: { start: from } }: Located<string>): void {
    const { inference } = this.analysis;
    if (inference?.kind !== 'model') return;
    let start = from;
    for (const name of value.split('.').slice(0, -1)) {
      const task = inference.model.tasks.get(name);
      const range = { start, end: start + name.length };
      if (task) this.add(range, { kind: 'task', name }, this.firstSaid('tasks', name, task.key));
      start += name.length + 1;
    }
    const metric = metricNamed(value.slice(start - from));
    if (metric) this.add({ start, end: start + metric.name.length }, { kind: 'metric', metric }, undefined);
  }

  private modelNamed(range: Range, name: string): void {
    const model = this.analysis.catalogue.named('model', name)[0]?.declaration;
    if (model?.name) this.add(range, { kind: 'model', model }, { file: model.file, range: model.name.range });
  }

  /** As it is now: what the inference saw may since have moved within its file. */
  private moduleOf(step: Step): ModuleDeclaration | undefined {
    const lookup = step.module && this.analysis.catalogue.find('module', step.module.reference);
    return lookup?.status === 'found' ? lookup.declaration : undefined;
  }

  private datasetOf(alias: string): DatasetDeclaration | undefined {
    const { inference, catalogue } = this.analysis;
    const data = inference?.kind === 'model' ? inference.data.get(alias)?.data : undefined;
    const lookup = data && catalogue.find('dataset', data.dataset.reference);
    return lookup?.status === 'found' ? lookup.declaration : undefined;
  }

  private step(inferred: InferredStep): void {
    const { step, target, owner } = inferred;
    this.add(step.key, { kind: 'step', inferred }, this.declarationOf(step));
    if (target.kind === 'op' && step.op) this.add(step.op.range, { kind: 'op', op: target.op }, undefined);
    if (step.share) this.owner(step.share.range, step.share.value);
    const module = this.moduleOf(owner);
    if (step.module)
      this.brick(
        step.module.reference.nameRange,
        this.analysis.catalogue.find('module', step.module.reference),
      );
    for (const { wire, input, target: source } of inferred.wires) {
      if (wire.port && input !== undefined && module) {
        const type = instantiate(module, new Map(), step.name).inputs.get(input);
        this.port(wire.port.range, module, 'input', input, type);
      }
      this.wire(wire.reference, source);
    }
    for (const [name, entry] of step.settings) {
      if (module) this.param(entry.key.range, module, name);
      if (target.kind === 'op' && name in target.op.attributes)
        this.add(entry.key.range, { kind: 'attribute', op: target.op, name }, undefined);
      this.dollars(entry.value);
    }
    this.dollars(step.repeat);
    for (const { value, range } of loraTargets(step)) this.layer(value, range, module);
    const weights = locatedText(step.extras.get('weights')?.value);
    if (weights?.value.startsWith('run:')) {
      const start = weights.range.start + 'run:'.length;
      this.modelNamed({ start, end: weights.range.end }, weights.value.slice('run:'.length));
    }
  }

  /** A node named like an output is that output. */
  private declarationOf(step: Step): Location {
    const { declaration } = this.analysis;
    const output = declaration?.kind === 'module' ? declaration.outputs.get(step.name) : undefined;
    return output ? this.here(output.key) : this.firstSaid('parts', step.name, step.key);
  }

  /** A node inside a brick, `layers` or `layers/attended`; a pattern may mean many. */
  private layer(name: string, range: Range, module: ModuleDeclaration | undefined): void {
    let at = module;
    let start = range.start;
    for (const each of name.split('/')) {
      const node = at && this.analysis.general(at.file)?.graph.steps.get(each);
      if (!at || !node) return;
      const declared = { file: at.file, range: (at.outputs.get(each) ?? node.step).key };
      this.add({ start, end: start + each.length }, { kind: 'step', inferred: node }, declared);
      start += each.length + 1;
      at = this.moduleOf(node.owner);
    }
  }

  /** `$param` inside a value. */
  private dollars(node: TreeNode | undefined): void {
    const { declaration, source } = this.analysis;
    if (declaration?.kind !== 'module' || !node) return;
    if (node.kind === 'sequence') for (const item of node.items) this.dollars(item);
    if (node.kind === 'map') for (const entry of entriesOf(node)) this.dollars(entry.value);
    if (node.kind !== 'scalar') return;
    const written = source.text.slice(node.range.start, node.range.end);
    for (const match of written.matchAll(/\$([A-Za-z_]\w*)/g)) {
      const start = node.range.start + match.index + 1;
      if (declaration.params.has(match[1]!))
        this.param({ start, end: start + match[1]!.length }, declaration, match[1]!);
    }
  }

  private brick(range: Range, lookup: Lookup<'module'>): void {
    if (lookup.status !== 'found') return;
    const module = lookup.declaration;
    this.add(
      range,
      { kind: 'module', module, lookup },
      module.name && { file: module.file, range: module.name.range },
    );
  }

  private wire(reference: WireReference, target: WireTarget | undefined): void {
    this.owner(reference.ownerRange, reference.owner);
    if (reference.port === undefined || !reference.portRange || target?.status !== 'found') return;
    const { inference } = this.analysis;
    const dataset = this.datasetOf(reference.owner);
    if (dataset) {
      this.column(reference.portRange, dataset, reference.port);
      return;
    }
    const owner = inference?.graph.steps.get(reference.owner);
    const module = owner && this.moduleOf(owner.owner);
    if (module) {
      this.port(reference.portRange, module, 'output', reference.port, target.type);
      return;
    }
    this.add(
      reference.portRange,
      { kind: 'value', name: reference.port, type: target.type },
      owner && this.declarationOf(owner.step),
    );
  }

  /** The first half of a wire: an input of this brick, a step, or a dataset. */
  private owner(range: Range, name: string): void {
    const { declaration, inference } = this.analysis;
    const inferred = inference?.graph.steps.get(name);
    if (declaration?.kind === 'module' && declaration.inputs.has(name)) {
      this.port(range, declaration, 'input', name);
      return;
    }
    if (inference?.kind === 'model') {
      const data = inference.data.get(name);
      if (data) {
        const dataset = this.datasetOf(name);
        this.add(range, { kind: 'alias', alias: name, dataset }, this.firstSaid('data', name, data.data.key));
        return;
      }
    }
    if (inferred) this.add(range, { kind: 'step', inferred }, this.declarationOf(inferred.step));
  }

  private param(range: Range, module: ModuleDeclaration, name: string): void {
    const param = module.params.get(name);
    if (param) this.add(range, { kind: 'param', module, name }, { file: module.file, range: param.key });
  }

  private port(
    range: Range,
    module: ModuleDeclaration,
    direction: 'input' | 'output',
    name: string,
    type?: TensorType,
  ): void {
    const port = (direction === 'input' ? module.inputs : module.outputs).get(name);
    if (!port) return;
    this.add(
      range,
      { kind: 'port', direction, module, port, type: type ?? port.parsed.type },
      { file: module.file, range: port.key },
    );
  }

  private column(range: Range, dataset: DatasetDeclaration, name: string): void {
    const column = dataset.columns.get(name);
    if (column) this.add(range, { kind: 'column', dataset, name }, { file: dataset.file, range: column.key });
  }
}
