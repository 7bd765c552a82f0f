/** Adapters of a run: merged into the weights under them, carried from phase to phase, kept in files of their own. */
import { join } from 'node:path';
import type { Plan } from '../../language/plan/format';
import { hashFile } from '../data/cache';
import { writeSafetensors } from '../data/safetensors';
import type { RunFolder } from '../run/folder';
import { type Adapter, adaptersOf, mergedWeight } from '../step/adapters';
import { optimizerSlots } from '../step/optimizer';
import type { Phase } from '../step/phases';
import type { HostTensor } from '../step/program';

export type State = Map<string, HostTensor>;

/** The state with every adapter added to the weight under it. The adapters' own halves stay as they are. */
export function merged(state: State, adapters: Iterable<Adapter>): State {
  const result = new Map(state);
  for (const adapter of adapters) {
    const [base, a, b] = [adapter.base, adapter.a.name, adapter.b.name].map((name) => state.get(name));
    if (base && a && b && a.shape[1] === adapter.rank)
      result.set(adapter.base, mergedWeight(adapter, base, a, b));
  }
  return result;
}

/**
 * What a phase begins with after another: adapters that it has too go on learning; the others become part of the weights
 * under them.
 */
export function carried(plan: Plan, state: State, from: Phase, to: Phase): State {
  const next = adaptersOf(plan, to);
  const ended = [...adaptersOf(plan, from).values()].filter(
    (adapter) => JSON.stringify(next.get(adapter.base)) !== JSON.stringify(adapter),
  );
  const result = merged(state, ended);
  for (const { a, b } of ended) {
    for (const { name } of [a, b]) {
      for (const each of [name, ...optimizerSlots(name)]) result.delete(each);
    }
  }
  return result;
}

/** Merged weights to go on working with: what is in the weights is not in the adapters any more. */
export function settled(weights: State, adapters: Iterable<Adapter>): State {
  const result = new Map(weights);
  for (const { a, b } of adapters) {
    result.delete(a.name);
    result.set(b.name, {
      dtype: 'float32',
      shape: b.shape,
      data: new Float32Array(b.shape[0]! * b.shape[1]!),
    });
  }
  return result;
}

/** Writes a part's adapters beside its merged weights; undefined where it has none. */
export function saveAdapters(
  part: string,
  adapters: readonly Adapter[],
  state: State,
  folder: RunFolder,
): { file: string; sha256: string; rank: number } | undefined {
  const own = adapters.filter((adapter) => adapter.part === part && state.has(adapter.a.name));
  const [first] = own;
  if (!first) return undefined;
  const within = (name: string) => name.slice(part.length + 1);
  const tensors = own.flatMap(({ a, b }) =>
    [a, b].map(({ name }): [string, HostTensor] => [within(name), state.get(name)!]),
  );
  const file = `adapters/${part}.safetensors`;
  const { rank, alpha } = first;
  folder.write(file, writeSafetensors(tensors, { part, rank: String(rank), alpha: String(alpha) }));
  return { file, sha256: hashFile(join(folder.path, file)), rank };
}
