import type { PlanNode } from '../../../language/plan/format';
import type { HostTensor } from '../../step/program';
import { picturesTensor } from '../pictures/tensor';
import type { HostValue } from '../value';

/** What a prepared op learned from the training split: plain JSON, saved with the weights. */
export type PrepareState = { [key: string]: string[] | number[] | number | string | boolean };

export type Inputs = Record<string, HostValue>;

/** An op that runs once, on the host, before training. Inputs and results are by port. */
export interface PrepareOp {
  /** Learns from the training split. Left out where there is nothing to learn. */
  fit?(node: PlanNode, inputs: Inputs): PrepareState | Promise<PrepareState>;
  /** Adds to a state that was learned before what the training split holds beyond it. */
  extend?(node: PlanNode, inputs: Inputs, state: PrepareState): PrepareState;
  /** Files that `fit` reads besides the data, absolute. */
  files?(node: PlanNode): string[];
  /** Deterministic, and every row on its own: rows may come in portions. */
  apply(node: PlanNode, inputs: Inputs, state: PrepareState): Inputs | Promise<Inputs>;
}

export function textInput(node: PlanNode, inputs: Inputs, port?: string): string[] {
  const value = port === undefined ? onlyInput(node, inputs) : inputs[port];
  if (value?.kind !== 'text') throw new Error(`${node.id} (${node.op}) takes text`);
  return value.values;
}

export function tensorInput(node: PlanNode, inputs: Inputs): HostTensor {
  const value = onlyInput(node, inputs);
  if (value.kind !== 'tensor') throw new Error(`${node.id} (${node.op}) takes numbers`);
  return value.tensor;
}

/** Bytes as numbers: those of a tensor column, or of pictures that are all equally large. */
export async function pixelInput(node: PlanNode, inputs: Inputs): Promise<HostTensor> {
  const value = onlyInput(node, inputs);
  return value.kind === 'pictures' ? picturesTensor(value.pictures, node.at) : tensorInput(node, inputs);
}

export function onlyInput(node: PlanNode, inputs: Inputs): HostValue {
  const value = inputs.in ?? Object.values(inputs)[0];
  if (!value) throw new Error(`${node.id} (${node.op}) has no input`);
  return value;
}

/** The name of the only output. */
export function outputPort(node: PlanNode): string {
  const [port] = Object.keys(node.outputs);
  if (port === undefined) throw new Error(`${node.id} (${node.op}) has no output`);
  return port;
}

/** Sizes of an output, the first or only one, after the row axis. */
export function innerShape(node: PlanNode, port = outputPort(node)): number[] {
  return node.outputs[port]!.shape.slice(1).map((size) => {
    if (typeof size !== 'number') throw new Error(`${node.id} (${node.op}) needs a whole number for ${size}`);
    return size;
  });
}

export function numberAttribute(node: PlanNode, name: string): number {
  const value = node.attributes[name];
  if (typeof value !== 'number') throw new Error(`${node.id} (${node.op}) lacks its number ${name}`);
  return value;
}

/** A list of numbers; undefined where it is not set. A number alone is a list of one. */
export function numbersAttribute(node: PlanNode, name: string): number[] | undefined {
  const value = node.attributes[name];
  if (typeof value === 'number') return [value];
  return Array.isArray(value) ? value.map(Number) : undefined;
}
