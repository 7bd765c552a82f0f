/** Prepared nodes in order: fitted on some rows, applied to others. */
import type { PlanNode, ValueId } from '../../../language/plan/format';
import { fail } from '../../failure';
import type { HostValue } from '../value';
import { PREPARE_OPS } from './catalogue';
import type { Inputs, PrepareOp, PrepareState } from './op';

export type Values = Map<ValueId, HostValue>;
export type States = Record<string, PrepareState>;

/**
 * The state of every node: what is given, or else fitted to `values`, the rows to learn from; a node that applies the
 * state of another has that. With `extend`, what is given grows by what these rows hold beyond it, where the node asks
 * for that. Only what leads to a node that learns is computed.
 */
export async function fitNodes(
  nodes: PlanNode[],
  values: Values,
  given: States = {},
  extend = false,
): Promise<States> {
  const states: States = {};
  const grows = (node: PlanNode) => extend && !node.state && given[node.id] !== undefined && isOpen(node);
  const learning = nodes.filter((node) => grows(node) || (!node.state && !given[node.id] && opOf(node).fit));
  const needed = behind(learning, nodes);
  const made: Values = new Map(values);
  for (const node of nodes) {
    const op = opOf(node);
    const own = given[node.id];
    const state =
      (own && grows(node) ? op.extend!(node, inputsOf(node, made), own) : own) ??
      (node.state ? theirs(node, node.state, { ...given, ...states }) : undefined) ??
      (op.fit ? await op.fit(node, inputsOf(node, made)) : {});
    states[node.id] = state;
    if (needed.has(node)) await applyNode(node, made, state);
  }
  return states;
}

/** Whether a node takes up what its data hold beyond the state that it was given. */
export function isOpen(node: PlanNode): boolean {
  return node.attributes.extend === true && opOf(node).extend !== undefined;
}

function theirs(node: PlanNode, id: string, known: States): PrepareState {
  const state = known[id];
  if (state || !opOf(node).fit) return state ?? {};
  return fail('prepare-shared', `${node.id} shares what ${id} learns from its data, which is not known yet`, {
    help: 'Give the part that has the brick the dataset that the model trains on first.',
    file: node.at.file,
    line: node.at.line,
  });
}

/** Adds the nodes' outputs to `values`; every row on its own. */
export async function applyNodes(nodes: PlanNode[], values: Values, states: States): Promise<void> {
  for (const node of nodes) await applyNode(node, values, states[node.id] ?? {});
}

async function applyNode(node: PlanNode, values: Values, state: PrepareState): Promise<void> {
  const outputs = await opOf(node).apply(node, inputsOf(node, values), state);
  for (const [port, value] of Object.entries(outputs)) values.set(`${node.id}.${port}`, value);
}

/** The nodes that others read, directly or not. */
function behind(readers: PlanNode[], nodes: PlanNode[]): Set<PlanNode> {
  const wanted = new Set(readers.flatMap(inputIds));
  const found = new Set<PlanNode>();
  for (const node of [...nodes].reverse()) {
    if (!Object.keys(node.outputs).some((port) => wanted.has(`${node.id}.${port}`))) continue;
    found.add(node);
    for (const id of inputIds(node)) wanted.add(id);
  }
  return found;
}

export function inputIds(node: PlanNode): ValueId[] {
  return Object.values(node.inputs).flat();
}

export function opOf(node: PlanNode): PrepareOp {
  return (
    PREPARE_OPS[node.op] ??
    fail('unsupported-op', `This engine cannot prepare data with ${node.op}`, {
      file: node.at.file,
      line: node.at.line,
    })
  );
}

function inputsOf(node: PlanNode, values: Values): Inputs {
  const inputs: Inputs = {};
  for (const [port, ids] of Object.entries(node.inputs)) {
    const id = Array.isArray(ids) ? ids[0] : ids;
    const value = id === undefined ? undefined : values.get(id);
    if (!value) {
      fail(
        'prepare-input',
        `${node.id} reads ${id}, which is computed in the graph; prepared ops read data only`,
        { file: node.at.file, line: node.at.line },
      );
    }
    inputs[port] = value;
  }
  return inputs;
}
