/** The file of weights that a version ships, made of what a run has kept. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashBytes, readJson } from '../../engine/data/cache';
import { readSafetensors } from '../../engine/data/safetensors';
import { EngineFailure } from '../../engine/failure';
import type { StateFile } from '../../engine/train/parts';
import {
  type FittedNodes,
  lineageIn,
  type Shipped,
  shippedName,
  writeShipped,
} from '../../engine/train/shipped';
import type { ValueId } from '../../language/plan/format';
import type { Tensor } from '../../language/versions/judge/version';
import { refused } from './reasons';
import type { RunPart } from './run-part';

export interface ShippedWeights {
  bytes: Buffer;
  sha256: string;
  /** By the brick's own names. */
  tensors: Map<string, Tensor>;
  /** Inputs whose fitted state comes along. */
  inputs: string[];
}

/** `fed`: the value that fed each input of the brick. Refuses what is not what the run wrote. */
export function shippedWeights(of: RunPart, fed: ReadonlyMap<string, ValueId>): ShippedWeights {
  const { plan, part } = of;
  const names = plan.graph.flatMap((node) =>
    node.part === part.name ? node.weights.map(({ name }) => name) : [],
  );
  const shipped: Shipped = { tensors: new Map(), state: fittedNodes(of, part.name), inputs: {}, lineage: [] };
  if (names.length > 0) {
    const file = `weights/${part.name}.safetensors`;
    const { tensors, metadata } = soundTensors(contentOf(of, file), file);
    for (const name of new Set(names)) {
      const tensor = tensors.get(name);
      if (!tensor)
        return refused(
          'weights-missing',
          `The run's ${file} does not hold ${name}`,
          'Train the model again.',
        );
      shipped.tensors.set(shippedName(name), tensor);
    }
    shipped.lineage = lineageIn(metadata);
  }
  for (const [input, value] of fed) {
    const producer = plan.prepare.find(({ id }) => value.startsWith(`${id}.`));
    if (!producer || producer.part === part.name) continue;
    const nodes = fittedNodes(of, producer.part);
    if (Object.keys(nodes).length > 0) shipped.inputs[input] = nodes;
  }
  const bytes = writeShipped(shipped);
  return {
    bytes,
    sha256: hashBytes(bytes),
    tensors: new Map([...shipped.tensors].map(([name, { dtype, shape }]) => [name, { dtype, shape }])),
    inputs: Object.keys(shipped.inputs),
  };
}

function fittedNodes(of: RunPart, part: string): FittedNodes {
  const file = `weights/${part}.state.json`;
  if (!existsSync(join(of.folder, file))) return {};
  contentOf(of, file);
  return (
    readJson<StateFile>(join(of.folder, file))?.nodes ??
    refused('weights-broken', `The run's ${file} cannot be read`)
  );
}

/** As the run wrote it, by the hash in its events. */
function contentOf({ folder, run }: RunPart, file: string): Buffer {
  const path = join(folder, file);
  if (!existsSync(path))
    return refused(
      'weights-missing',
      `The run ${run.record.id} has kept no ${file}`,
      'Train the model again.',
    );
  const content = readFileSync(path);
  const saved = run.weights.find((each) => each.file === file);
  if (saved && saved.sha256 !== hashBytes(content))
    return refused(
      'weights-changed',
      `${file} is not what the run ${run.record.id} wrote`,
      'Train the model again.',
    );
  return content;
}

function soundTensors(content: Buffer, file: string) {
  try {
    return readSafetensors(content, file);
  } catch (error) {
    if (error instanceof EngineFailure) return refused('weights-broken', error.message);
    throw error;
  }
}
