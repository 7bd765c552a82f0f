/** The state of training on disk: all that a run needs to go on as if it had never stopped. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { EncodedNumber } from '../../protocol/runs/numbers';
import { readSafetensors, writeSafetensors } from '../data/safetensors';
import { EngineFailure } from '../failure';
import type { HostTensor } from '../step/program';
import type { RunFolder } from './folder';

const FOLDER = 'checkpoints';
/** One more than asked for stays where only one is: the newest may be damaged. */
const LEAST = 2;
/** Goes up when a checkpoint of before cannot be gone on from. */
const FORMAT = '1';

/** Where in training a checkpoint was made. Numbers are as JSON keeps them: to the bit. */
export interface Position {
  /** Whole epochs done. */
  epoch: number;
  /** Steps done in all. */
  step: number;
  /** Batches done of the epoch that has begun, and what they added up to. */
  batch: number;
  tally: EncodedNumber[];
  /** Steps whose gradient was clipped. */
  clipped: number;
  /** The best epoch so far, 0 for none, and its value. */
  bestEpoch: number;
  best?: EncodedNumber;
}

export interface Checkpoint {
  position: Position;
  /** All of the session's state by name: weights, the optimizer's, counters of random numbers. */
  state: Map<string, HostTensor>;
  /** Weights of the best epoch, where the plan asks to go back to it. */
  best?: Map<string, HostTensor>;
}

export class Checkpoints {
  constructor(readonly folder: RunFolder) {}

  /** Writes one, whole and on the disk before it has its name; then deletes all but the newest `keep`. */
  save({ position, state, best }: Checkpoint, keep: number): void {
    const tensors = [
      ...prefixed('state/', state),
      ...prefixed('best/', best ?? new Map<string, HostTensor>()),
    ];
    const metadata = { format: FORMAT, position: JSON.stringify(position), sha256: digestOf(tensors) };
    this.folder.write(join(FOLDER, nameOf(position)), writeSafetensors(tensors, metadata));
    for (const old of this.#names().slice(Math.max(keep, LEAST))) {
      rmSync(join(this.folder.path, FOLDER, old), { force: true });
    }
  }

  /** Deletes them all. */
  clear(): void {
    rmSync(join(this.folder.path, FOLDER), { recursive: true, force: true });
  }

  /** The newest that is sound, telling of those that are not; undefined where there is none. */
  newest(onDamaged: (file: string, why: string) => void): Checkpoint | undefined {
    for (const name of this.#names()) {
      const file = join(this.folder.path, FOLDER, name);
      try {
        return readCheckpoint(file);
      } catch (error) {
        if (!(error instanceof EngineFailure) && !(error instanceof Damaged)) throw error;
        onDamaged(`${FOLDER}/${name}`, error.message);
      }
    }
    return undefined;
  }

  /** Names sort as steps do; the newest first. What a killed process left half-written has other names. */
  #names(): string[] {
    const path = join(this.folder.path, FOLDER);
    if (!existsSync(path)) return [];
    return readdirSync(path)
      .filter((name) => /^step-\d+\.safetensors$/.test(name))
      .sort()
      .reverse();
  }
}

class Damaged extends Error {}

const nameOf = ({ step }: Position): string => `step-${String(step).padStart(10, '0')}.safetensors`;

function readCheckpoint(file: string): Checkpoint {
  const { tensors, metadata } = readSafetensors(readFileSync(file), file);
  if (metadata.format !== FORMAT || metadata.position === undefined)
    throw new Damaged(`${file} is no checkpoint that this version reads`);
  if (digestOf([...tensors]) !== metadata.sha256) throw new Damaged(`${file} does not hold what was written`);
  const best = unprefixed('best/', tensors);
  return {
    position: JSON.parse(metadata.position) as Position,
    state: unprefixed('state/', tensors),
    ...(best.size > 0 ? { best } : {}),
  };
}

function prefixed(prefix: string, tensors: Map<string, HostTensor>): [string, HostTensor][] {
  return [...tensors].map(([name, tensor]) => [prefix + name, tensor]);
}

function unprefixed(prefix: string, tensors: Map<string, HostTensor>): Map<string, HostTensor> {
  return new Map(
    [...tensors].flatMap(([name, tensor]): [string, HostTensor][] =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), tensor]] : [],
    ),
  );
}

/** sha256 over the bytes of all tensors, in the order of their names. */
function digestOf(tensors: [string, HostTensor][]): string {
  const hash = createHash('sha256');
  for (const [name, { data }] of tensors.sort(([a], [b]) => (a < b ? -1 : 1))) {
    hash.update(name).update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  }
  return hash.digest('hex');
}
