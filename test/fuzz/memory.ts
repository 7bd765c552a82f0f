/** What a stage may leave in memory, however many inputs it tries. */
import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** All workspaces of the corpus at once, with trees and types of the files that were asked about last. */
const MOST_MIB = 600;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const usedMiB = () => process.memoryUsage().heapUsed / 2 ** 20;

/** Mebibytes of what is still in use. */
export function keptMiB(): number {
  collect();
  return usedMiB();
}

/** Cheap as long as little is in use: garbage is collected only where there is much of it. */
export function memoryHolds(): void {
  if (usedMiB() <= MOST_MIB) return;
  const kept = keptMiB();
  assert.ok(kept <= MOST_MIB, `${kept.toFixed(0)} MiB are in use, more than ${MOST_MIB}`);
}
