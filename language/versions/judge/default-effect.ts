/**
 * What another default changes for those who do not set the param: the brick is opened with the one and with the other,
 * down to its ops, and these are compared.
 */
import { type FlatNode, flattenModule } from '../../inference/flatten';
import { defaultOf, evaluate, type Params, type ValueType } from '../../inference/values';
import type { Param } from '../../names/declarations';
import type { AttributeValue } from '../../ops/op';
import { parse } from '../../syntax/parse';
import { Dim } from '../../types/dim';
import { printType } from '../../types/type';
import { sampleOf } from './consumer';
import type { Pair, Side } from './pair';
import { defaultTrials, generalTrials, type Trial, typeIn } from './trial';

export interface DefaultEffect {
  /** In words; undefined where nothing of the computation is another. */
  difference: string | undefined;
}

/** Undefined where it cannot be known: the brick is code, or cannot be opened. */
export function effectOfDefault({ old }: Pair, param: Param, now: Param): DefaultEffect | undefined {
  const value = defaultOf(now);
  const [before, after] = [opened(old, new Map()), opened(old, new Map([[param.name, value]]))];
  return before && after && { difference: differenceOf(before, after) };
}

function opened({ module, analysed }: Side, set: Params): FlatNode[] | undefined {
  if (module.code) return undefined;
  const trial: Trial = defaultTrials(module, module)[0] ?? generalTrials(module)[0]!;
  const values: Params = new Map(
    [...module.params.values()].map((param) => [
      param.name,
      set.get(param.name) ?? defaultOf(param) ?? valueIn(trial, param),
    ]),
  );
  const inputs = new Map(
    [...module.inputs.values()].flatMap((port) => {
      const type = typeIn(module, port, trial);
      return type ? [[port.name, { id: port.name, type }] as const] : [];
    }),
  );
  if (inputs.size < module.inputs.size) return undefined;
  const { catalogue } = analysed.analysis;
  const flat = flattenModule(module, 'it', values, inputs, (reference) =>
    catalogue.find('module', reference),
  );
  return flat.problems.length > 0 ? undefined : flat.nodes;
}

function valueIn({ sizes }: Trial, param: Param): AttributeValue | undefined {
  const size = sizes.get(param.name);
  if (size !== undefined) return Dim.of(size);
  return param.type === 'int'
    ? Dim.symbol(param.name)
    : evaluate(parse(sampleOf(param)).root, param.type as ValueType, new Map()).value;
}

function differenceOf(before: readonly FlatNode[], after: readonly FlatNode[]): string | undefined {
  if (before.length !== after.length) return `it is made of ${after.length} ops, and was of ${before.length}`;
  for (const [index, node] of before.entries()) {
    const other = after[index]!;
    const name = node.id.slice(node.id.indexOf('/') + 1);
    if (node.id !== other.id || node.op !== other.op) return `another op stands where \`${name}\` was`;
    for (const [setting, value] of node.values) {
      const [was, is] = [shown(value), shown(other.values.get(setting))];
      if (was !== is) return `\`${name}\` (${node.op.name}) has \`${setting}\` ${is}, and had ${was}`;
    }
    for (const [port, type] of node.outputs) {
      const [was, is] = [type, other.outputs.get(port)].map((each) => each && printType(each));
      if (was !== is) return `\`${name}\` gives ${is}, and gave ${was}`;
    }
  }
  return undefined;
}

function shown(value: AttributeValue | undefined): string {
  return value instanceof Dim ? value.toString() : JSON.stringify(value ?? null);
}
