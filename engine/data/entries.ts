/** Prepared data as cache entries: one safetensors file per split, and `entry.json`, which makes the entry count. */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ValueId } from '../../language/plan/format';
import type { Tensors } from './batches';
import { readJson, writeAtomically } from './cache';
import type { PrepareState } from './prepare/op';
import type { PreparedData, PreparedSplit, Slice } from './prepared';
import { readSafetensors, writeSafetensors } from './safetensors';

export type Prepared = Pick<PreparedData, 'splits' | 'states' | 'notes'>;

interface StoredEntry {
  states: Record<string, PrepareState>;
  notes: string[];
  splits: Record<string, { rows: number; slices: Record<ValueId, string[]> }>;
}

const SLICE = 'slice ';

export function writeEntry(folder: string, prepared: Prepared): void {
  mkdirSync(folder, { recursive: true });
  const stored: StoredEntry = { states: prepared.states, notes: prepared.notes, splits: {} };
  for (const [name, split] of Object.entries(prepared.splits)) {
    const tensors: Tensors = { ...split.tensors };
    const slices: Record<ValueId, string[]> = {};
    for (const [id, { names, groups }] of Object.entries(split.slices)) {
      slices[id] = names;
      tensors[SLICE + id] = { dtype: 'int32', shape: [groups.length], data: groups };
    }
    stored.splits[name] = { rows: split.rows, slices };
    writeAtomically(join(folder, `${name}.safetensors`), writeSafetensors(Object.entries(tensors)));
  }
  // Last: an entry counts once this file is there.
  writeAtomically(join(folder, 'entry.json'), JSON.stringify(stored));
}

/** Undefined where there is no sound entry. */
export function readEntry(folder: string): Prepared | undefined {
  const file = join(folder, 'entry.json');
  const stored = existsSync(file) ? readJson<StoredEntry>(file) : undefined;
  if (!stored) return undefined;
  try {
    const splits: Record<string, PreparedSplit> = {};
    for (const [name, { rows, slices: names }] of Object.entries(stored.splits)) {
      const path = join(folder, `${name}.safetensors`);
      const { tensors } = readSafetensors(readFileSync(path), path);
      const slices: Record<ValueId, Slice> = {};
      for (const [id, own] of Object.entries(names)) {
        slices[id] = { names: own, groups: tensors.get(SLICE + id)!.data as Int32Array };
        tensors.delete(SLICE + id);
      }
      splits[name] = { rows, tensors: Object.fromEntries(tensors), slices };
    }
    return { splits, states: stored.states, notes: stored.notes };
  } catch {
    return undefined; // Damaged: it is made anew.
  }
}
