/** Prepared data as cache entries: one safetensors file per split, and `entry.json`, which makes the entry count. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ValueId } from '../../language/plan/format';
import { makeFolder } from '../make-folder';
import type { Tensors } from './batches';
import { type FileHashes, readJson, writeAtomically } from './cache';
import type { PrepareState } from './prepare/op';
import type { PreparedData, PreparedSplit, Slice } from './prepared';
import { readSafetensors, writeSafetensors } from './safetensors';
import { openTensors, StoredTensor } from './stored';

export type Prepared = Pick<PreparedData, 'splits' | 'states' | 'notes'> & {
  /** sha256 of files that rows name, such as pictures: what was made of them holds as long as they do. */
  files: Record<string, string>;
};

interface StoredEntry {
  states: Record<string, PrepareState>;
  notes: string[];
  files: Record<string, string>;
  splits: Record<string, { rows: number; slices: Record<ValueId, string[]> }>;
}

export function writeEntry(folder: string, prepared: Prepared): void {
  makeFolder(folder);
  const { states, notes, files } = prepared;
  const stored: StoredEntry = { states, notes, files, splits: {} };
  for (const [name, split] of Object.entries(prepared.splits)) {
    const slices: Record<ValueId, string[]> = {};
    const groups: Tensors = {};
    for (const [id, slice] of Object.entries(split.slices)) {
      slices[id] = slice.names;
      groups[id] = { dtype: 'int32', shape: [slice.groups.length], data: slice.groups };
    }
    stored.splits[name] = { rows: split.rows, slices };
    const tensors = Object.entries(split.tensors);
    const isThere = tensors.some(([, tensor]) => tensor instanceof StoredTensor);
    if (!isThere) writeAtomically(tensorsFile(folder, name), writeSafetensors(tensors));
    writeAtomically(slicesFile(folder, name), writeSafetensors(Object.entries(groups)));
  }
  // Last: an entry counts once this file is there.
  writeAtomically(join(folder, 'entry.json'), JSON.stringify(stored));
}

/** Where the tensors of a split lie. */
export function tensorsFile(folder: string, split: string): string {
  return join(folder, `${split}.safetensors`);
}

function slicesFile(folder: string, split: string): string {
  return join(folder, `${split}.slices.safetensors`);
}

/** Undefined where there is no sound entry, or a file that rows name has changed. */
export function readEntry(folder: string, hashes: FileHashes, memory: number): Prepared | undefined {
  const file = join(folder, 'entry.json');
  const stored = existsSync(file) ? readJson<StoredEntry>(file) : undefined;
  if (!stored) return undefined;
  try {
    if (Object.entries(stored.files).some(([path, hash]) => hashes.of(path) !== hash)) return undefined;
    const splits: Record<string, PreparedSplit> = {};
    for (const [name, { rows, slices: names }] of Object.entries(stored.splits)) {
      const tensors = openTensors(tensorsFile(folder, name), memory);
      const path = slicesFile(folder, name);
      const groups = readSafetensors(readFileSync(path), path).tensors;
      const slices: Record<ValueId, Slice> = {};
      for (const [id, own] of Object.entries(names)) {
        slices[id] = { names: own, groups: groups.get(id)!.data as Int32Array };
      }
      splits[name] = { rows, tensors: Object.fromEntries(tensors), slices };
    }
    return { splits, states: stored.states, notes: stored.notes, files: stored.files };
  } catch {
    return undefined; // Damaged: it is made anew.
  }
}
