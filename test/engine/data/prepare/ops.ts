/** One prepared op at a time, on values written down in a test. */
import { applyNodes, fitNodes } from '../../../../engine/data/prepare/nodes';
import type { Inputs } from '../../../../engine/data/prepare/op';
import { type HostValue, tensorValue } from '../../../../engine/data/value';
import type { DType, PlanNode } from '../../../../language/plan/format';
import { wordIdsNode } from '../fixture';

/** A node with one output, float32 unless said otherwise. */
export function nodeOf(
  op: string,
  shape: (number | string)[],
  attributes: PlanNode['attributes'] = {},
  dtype: DType = 'float32',
): PlanNode {
  return { ...wordIdsNode(), id: `part/${op}`, op, attributes, outputs: { out: { dtype, shape } } };
}

/** Every output, by port: fitted on `fitted`, applied to `applied`. */
export async function outputsOf(node: PlanNode, fitted: Inputs, applied: Inputs = fitted): Promise<Inputs> {
  const wired = {
    ...node,
    inputs: Object.fromEntries(Object.keys(fitted).map((port) => [port, `data.${port}`])),
  };
  const values = (inputs: Inputs) =>
    new Map(Object.entries(inputs).map(([port, value]) => [`data.${port}`, value]));
  const states = await fitNodes([wired], values(fitted));
  // As they are saved and loaded.
  const loaded = await fitNodes([wired], values(fitted), JSON.parse(JSON.stringify(states)));
  const made = values(applied);
  await applyNodes([wired], made, loaded);
  return Object.fromEntries(
    [...made].flatMap(([id, value]) =>
      id.startsWith(`${node.id}.`) ? [[id.slice(node.id.length + 1), value]] : [],
    ),
  );
}

export async function outputOf(node: PlanNode, fitted: HostValue, applied = fitted): Promise<HostValue> {
  return (await outputsOf(node, { in: fitted }, { in: applied })).out!;
}

export async function stateOf(node: PlanNode, value: HostValue) {
  const wired = { ...node, inputs: { in: 'data.in' } };
  return (await fitNodes([wired], new Map([['data.in', value]])))[node.id];
}

export const text = (...values: string[]): HostValue => ({ kind: 'text', values });
export const floats = (...values: number[]) =>
  tensorValue('float32', [values.length], Float32Array.from(values));
export const ints = (...values: number[]) => tensorValue('int32', [values.length], Int32Array.from(values));

/** The numbers of a tensor, rounded to three places. */
export function numbersOf(value: HostValue | undefined): number[] {
  if (value?.kind !== 'tensor') throw new Error('no tensor');
  return Array.from(value.tensor.data, (number) => Math.round(number * 1000) / 1000);
}
