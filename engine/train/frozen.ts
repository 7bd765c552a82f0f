/** What does not change while it trains: computed once, and proven unchanged afterwards. */
import { createHash } from 'node:crypto';
import type { Plan } from '../../language/plan/format';
import { batchRows, gatherBatch } from '../data/batches';
import type { PreparedSplit } from '../data/prepared';
import { joinRows } from '../data/value';
import { fail } from '../failure';
import type { Phase } from '../step/phases';
import type { HostTensor, Program, ProgramName, Session } from '../step/program';
import { weightsOf } from './parts';
import type { StopSignal } from './stop-signal';

/** Rows per call where nothing is learned; larger ones gain nothing on a CPU. */
export const EVALUATION_BATCH = 256;

/** Computes the values at the border of the frozen part of the graph for every row, and adds them to the split. */
export async function cacheFrozen(
  session: Session,
  name: ProgramName,
  program: Program,
  split: PreparedSplit,
  stop: StopSignal,
): Promise<void> {
  const parts: Record<string, HostTensor[]> = {};
  for (const rows of batchRows(split.rows, EVALUATION_BATCH)) {
    await stop.breathe();
    stop.check();
    const outputs = await session.run(name, gatherBatch(split.tensors, Object.keys(program.inputs), rows));
    for (const [value, tensor] of Object.entries(outputs)) {
      parts[value] ??= [];
      parts[value].push(tensor);
    }
  }
  for (const [value, tensors] of Object.entries(parts)) split.tensors[value] = joinRows(tensors);
}

/**
 * sha256 of all weights of the parts that a phase freezes, statistics included, by part; of those with adapters, of what
 * lies under them.
 */
export async function frozenFingerprints(
  plan: Plan,
  phase: Phase,
  session: Session,
): Promise<Map<string, string>> {
  const fingerprints = new Map<string, string>();
  for (const [part, { mode }] of phase.modes) {
    const names = weightsOf(plan, part).map(({ state }) => state);
    if ((mode !== 'frozen' && mode !== 'lora') || names.length === 0) continue;
    const hash = createHash('sha256');
    const state = await session.read(names);
    for (const name of names) {
      const { data } = state.get(name)!;
      hash.update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    }
    fingerprints.set(part, hash.digest('hex'));
  }
  return fingerprints;
}

/** Fails where a frozen part is not, to the bit, what it was before. */
export function proveFrozen(before: Map<string, string>, after: Map<string, string>): void {
  for (const [part, fingerprint] of before) {
    if (after.get(part) === fingerprint) continue;
    fail('frozen-changed', `Part ${part} is frozen, but its weights changed while training`, {
      help: 'This is a fault of the engine. Its results must not be used; please report it with the plan.json.',
    });
  }
}
