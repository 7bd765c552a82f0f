import type { PlanNode } from '../../../language/plan/format';
import type { HostValue } from '../value';

/** What a prepared op learned from the training split: plain JSON, saved with the weights. */
export type PrepareState = { [key: string]: string[] | number[] | number | string | boolean };

/** An op that runs once, on the host, before training. `Inputs` and results are by port. */
export interface PrepareOp {
  fit(node: PlanNode, inputs: Record<string, HostValue>): PrepareState;
  /** Deterministic. Rows in, rows out. */
  apply(node: PlanNode, inputs: Record<string, HostValue>, state: PrepareState): Record<string, HostValue>;
}

export function textInput(node: PlanNode, inputs: Record<string, HostValue>): string[] {
  const value = onlyInput(node, inputs);
  if (value.kind !== 'text') throw new Error(`${node.id} (${node.op}) takes text`);
  return value.values;
}

export function tensorInput(node: PlanNode, inputs: Record<string, HostValue>) {
  const value = onlyInput(node, inputs);
  if (value.kind !== 'tensor') throw new Error(`${node.id} (${node.op}) takes numbers`);
  return value.tensor;
}

function onlyInput(node: PlanNode, inputs: Record<string, HostValue>): HostValue {
  const [value] = Object.values(inputs);
  if (!value) throw new Error(`${node.id} (${node.op}) has no input`);
  return value;
}

/** The name of the only output. */
export function outputPort(node: PlanNode): string {
  const [port] = Object.keys(node.outputs);
  if (port === undefined) throw new Error(`${node.id} (${node.op}) has no output`);
  return port;
}

/** Sizes of the only output after the row axis. */
export function innerShape(node: PlanNode): number[] {
  return node.outputs[outputPort(node)]!.shape.slice(1).map((size) => {
    if (typeof size !== 'number') throw new Error(`${node.id} (${node.op}) needs a whole number for ${size}`);
    return size;
  });
}

export function numberAttribute(node: PlanNode, name: string): number {
  const value = node.attributes[name];
  if (typeof value !== 'number') throw new Error(`${node.id} (${node.op}) lacks its number ${name}`);
  return value;
}
