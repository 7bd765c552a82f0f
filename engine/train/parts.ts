/** A part's weights and prepared state, to and from files. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import type { Plan, PlanNode, PlanPart, PlanWeight, PlanWeights } from '../../language/plan/format';
import { PLAN_FILE } from '../../protocol/runs/read';
import { hashBytes, hashFile, readJson } from '../data/cache';
import type { PrepareState } from '../data/prepare/op';
import { readSafetensors, writeSafetensors } from '../data/safetensors';
import { fail } from '../failure';
import { findRun } from '../run/find';
import type { RunFolder } from '../run/folder';
import { weightState } from '../step/graph';
import type { HostTensor } from '../step/program';
import { type FittedNodes, lineageIn, readShipped, shippedName } from './shipped';

/** What a part brings from elsewhere. */
export interface LoadedPart {
  part: string;
  /** For messages: `run product-sentiment-…`, or a file. */
  from: string;
  /** By state name of this plan. */
  weights: Map<string, HostTensor>;
  /** By node id of this plan. */
  states: Record<string, PrepareState>;
  /** See `lineageOf`. */
  lineage: string[];
}

/** What the nodes of a run's part were fitted to. */
export interface StateFile {
  format: 1;
  nodes: FittedNodes;
}

/** Loads every part whose weights come from a run or a file; with `of`, all parts from that run. */
export async function loadParts(plan: Plan, root: string, of?: string): Promise<LoadedPart[]> {
  const loaded: LoadedPart[] = [];
  for (const part of plan.parts) {
    const { weights } = part;
    if (of !== undefined) loaded.push(await fromRun(plan, part, root, of));
    else if (weights.from === 'run') loaded.push(await fromRun(plan, part, root, weights.run));
    else if (weights.from === 'file') loaded.push(fromFile(plan, part, weights));
    else if (weights.from === 'unpublished') unpublished(part, weights.brick);
  }
  return loaded;
}

function unpublished(part: PlanPart, brick: string): never {
  const [name] = brick.split('@');
  return fail('weights-missing', `${brick} is not published, so part ${part.name} has no weights to take`, {
    help: `Train it and publish it: brique publish ${name} --run latest`,
    ...place(part),
  });
}

async function fromRun(plan: Plan, part: PlanPart, root: string, reference: string): Promise<LoadedPart> {
  const { folder, state } = await findRun(root, reference);
  const from = `run ${state.record.id}`;
  const theirs = readJson<Plan>(join(folder, PLAN_FILE));
  const same =
    theirs?.parts.find(({ name, module }) => name === part.name && module === part.module) ??
    theirs?.parts.find(({ module }) => module === part.module);
  if (!same) {
    fail(
      'weights-missing',
      `${from} has no part of ${part.module}, so part ${part.name} cannot take its weights`,
      {
        help: `It has ${theirs?.parts.map(({ name, module }) => `${name} (${module})`).join(', ') ?? 'no plan'}.`,
        ...place(part),
      },
    );
  }
  return read(plan, part, join(folder, 'weights', same.name), from);
}

function fromFile(
  plan: Plan,
  part: PlanPart,
  { file, published, input }: PlanWeights & { from: 'file' },
): LoadedPart {
  const path = isAbsolute(file) ? file : join(dirname(part.at.file), file);
  if (!existsSync(path))
    fail('weights-missing', `The weights ${path} of part ${part.name} are not there`, place(part));
  const bytes = readFileSync(path);
  if (published && hashBytes(bytes) !== published.weights) {
    const { name, version } = published;
    fail(
      'weights-changed',
      `The weights ${path} of part ${part.name} are not what was published as ${name} ${version}`,
      {
        help: 'Put the published file back, or publish a new version; brique registry verify says what else differs.',
        ...place(part),
      },
    );
  }
  const { tensors, lineage, state, inputs } = readShipped(bytes, path);
  const beside = readJson<StateFile>(path.replace(/\.safetensors$/, '.state.json'));
  const nodes = input === undefined ? (beside?.nodes ?? state) : (inputs[input] ?? {});
  return taken(plan, part, {
    from: published ? `${published.name} ${published.version}` : path,
    tensors: input === undefined ? tensors : undefined,
    lineage,
    nodes,
  });
}

function read(plan: Plan, part: PlanPart, stem: string, from: string): LoadedPart {
  const file = `${stem}.safetensors`;
  const held = existsSync(file) ? readSafetensors(readFileSync(file), file) : undefined;
  const nodes = readJson<StateFile>(`${stem}.state.json`)?.nodes ?? {};
  const lineage = lineageIn(held?.metadata ?? {});
  return taken(plan, part, { from, tensors: held?.tensors, lineage, nodes });
}

interface Held {
  /** For messages. */
  from: string;
  tensors: Map<string, HostTensor> | undefined;
  lineage: string[];
  nodes: FittedNodes;
}

/** What a part needs of what is held for it. */
function taken(plan: Plan, part: PlanPart, { from, tensors, lineage, nodes }: Held): LoadedPart {
  const loaded: LoadedPart = { part: part.name, from, weights: new Map(), states: {}, lineage: [] };
  const weights = weightsOf(plan, part.name);
  if (weights.length > 0) {
    if (!tensors)
      return fail('weights-missing', `${from} holds no weights for part ${part.name}`, place(part));
    loaded.lineage = lineage;
    for (const { state, weight } of weights) loaded.weights.set(state, fitting(tensors, weight, part, from));
  }
  for (const node of plan.prepare) {
    if (node.part === part.name && !node.state)
      loaded.states[node.id] = fittingState(nodes, node, part, from);
  }
  return loaded;
}

function fitting(
  tensors: Map<string, HostTensor>,
  weight: PlanWeight,
  part: PlanPart,
  from: string,
): HostTensor {
  const names = [weight.name, formerName(part, weight.name)];
  const tensor = names.map((name) => tensors.get(name) ?? tensors.get(shippedName(name))).find(Boolean);
  if (!tensor) {
    fail('weights-mismatch', `${from} has no weight ${weight.name} for part ${part.name}`, {
      help: `The brick has changed since. Its weights there: ${[...tensors.keys()].join(', ')}.`,
      ...place(part),
    });
  }
  if (tensor.dtype !== 'float32' || tensor.shape.join() !== weight.shape.join()) {
    fail(
      'weights-mismatch',
      `Weight ${weight.name} of part ${part.name} is [${weight.shape.join(', ')}], but in ${from} it is [${tensor.shape.join(', ')}]`,
      { help: 'Give the part the parameters that it was trained with, or train it fresh.', ...place(part) },
    );
  }
  return tensor;
}

function fittingState(nodes: FittedNodes, node: PlanNode, part: PlanPart, from: string): PrepareState {
  const name = withinPart(node);
  const found = nodes[name] ?? nodes[formerName(part, name)];
  if (found?.op === node.op) return found.state;
  return fail('weights-mismatch', `${from} holds no prepared state for ${node.id} (${node.op})`, {
    help: 'The brick has changed since, or that run did not prepare this part.',
    ...place(part),
  });
}

/** What a node, or a weight of it, was called before the brick renamed it. */
function formerName({ formerly }: PlanPart, name: string): string {
  const [first] = /^[^./]+/.exec(name) ?? [name];
  const former = formerly && Object.hasOwn(formerly, first) ? formerly[first] : undefined;
  return former === undefined ? name : former + name.slice(first.length);
}

/** Writes a part's files into the run's folder; returns those of its weights. */
export function savePart(
  plan: Plan,
  part: string,
  folder: RunFolder,
  state: Map<string, HostTensor>,
  states: Record<string, PrepareState>,
  lineage: string[],
): { file: string; sha256: string }[] {
  const saved: { file: string; sha256: string }[] = [];
  const save = (file: string, content: Uint8Array | string) => {
    folder.write(file, content);
    saved.push({ file, sha256: hashFile(join(folder.path, file)) });
  };
  const nodes = plan.prepare.filter((node) => node.part === part && !node.state && states[node.id]);
  if (nodes.length > 0) {
    const content: StateFile = {
      format: 1,
      nodes: Object.fromEntries(
        nodes.map((node) => [withinPart(node), { op: node.op, state: states[node.id]! }]),
      ),
    };
    save(`weights/${part}.state.json`, JSON.stringify(content));
  }
  const weights = weightsOf(plan, part);
  if (weights.length > 0) {
    const tensors = weights.map(({ state: name, weight }): [string, HostTensor] => [
      weight.name,
      state.get(name)!,
    ]);
    save(`weights/${part}.safetensors`, writeSafetensors(tensors, { part, lineage: lineage.join(' ') }));
  }
  return saved;
}

/** A part's weights, each once, with the names of their states. */
export function weightsOf(plan: Plan, part: string): { state: string; weight: PlanWeight }[] {
  const weights = new Map<string, PlanWeight>();
  for (const node of plan.graph) {
    if (node.part !== part) continue;
    for (const weight of node.weights) weights.set(weightState(node, weight), weight);
  }
  return [...weights].map(([state, weight]) => ({ state, weight }));
}

function withinPart(node: PlanNode): string {
  return node.id.slice(node.part.length + 1);
}

function place(part: PlanPart): { file: string; line: number } {
  return { file: part.at.file, line: part.at.line };
}
