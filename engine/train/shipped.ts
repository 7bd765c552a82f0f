/**
 * The weights that a version of a brick ships: its tensors, and in the metadata of the same file what was fitted to the
 * data before it was trained, so that one hash holds for all of it.
 */
import type { PrepareState } from '../data/prepare/op';
import { readSafetensors, type TensorFile, writeSafetensors } from '../data/safetensors';
import type { HostTensor } from '../step/program';

/** Prepared state by node, without the part's name. */
export type FittedNodes = Record<string, { op: string; state: PrepareState }>;

export interface Shipped {
  /** By the brick's own names of them: `windows.kernel`, `layers.0/attention.kernel`. */
  tensors: Map<string, HostTensor>;
  /** What its own nodes were fitted to. */
  state: FittedNodes;
  /** By input: what the part that feeds it was fitted to, such as the vocabulary that makes the ids. */
  inputs: Record<string, FittedNodes>;
  /** See `lineageOf`. */
  lineage: string[];
}

export function writeShipped({ tensors, state, inputs, lineage }: Shipped): Buffer {
  const hasAny = (fitted: object) => Object.keys(fitted).length > 0;
  return writeSafetensors(tensors, {
    ...(lineage.length > 0 ? { lineage: lineage.join(' ') } : {}),
    ...(hasAny(state) ? { state: JSON.stringify(state) } : {}),
    ...(hasAny(inputs) ? { inputs: JSON.stringify(inputs) } : {}),
  });
}

/** Throws `weights-broken`. Files from elsewhere have tensors only. */
export function readShipped(bytes: Uint8Array, file: string): Shipped {
  const { tensors, metadata } = readSafetensors(bytes, file);
  return {
    tensors,
    lineage: lineageIn(metadata),
    state: parsed(metadata.state),
    inputs: parsed(metadata.inputs),
  };
}

export function lineageIn(metadata: TensorFile['metadata']): string[] {
  return metadata.lineage?.split(' ').filter(Boolean) ?? [];
}

/** What is no map is somebody else's metadata. */
function parsed<T extends object>(text: string | undefined): T {
  try {
    const value = JSON.parse(text ?? '{}') as unknown;
    return (typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}) as T;
  } catch {
    return {} as T;
  }
}

/** A weight's name in a file that a brick ships, from its name in a run: `windows/kernel` is `windows.kernel`. */
export function shippedName(weight: string): string {
  return weight.replace(/\/([^/]*)$/, '.$1');
}
