/** What does not change while it trains: computed once, and proven unchanged afterwards. */
import { createHash } from 'node:crypto';
import type { Plan } from '../../language/plan/format';
import { byLength, feedOf, wholeLength } from '../data/lengths';
import type { PreparedSplit } from '../data/prepared';
import { emptyRows, putRows } from '../data/value';
import { fail } from '../failure';
import { weightState } from '../step/graph';
import { learningNodes, type Phase } from '../step/phases';
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
  const made: Record<string, HostTensor> = {};
  const order = byLength(program, split.tensors, split.rows);
  for (let from = 0; from < order.length; from += EVALUATION_BATCH) {
    const rows = order.subarray(from, from + EVALUATION_BATCH);
    await stop.breathe();
    stop.check();
    const outputs = await session.run(name, feedOf(program, split.tensors, rows));
    for (const [value, tensor] of Object.entries(wholeLength(program, outputs, 0))) {
      made[value] ??= emptyRows(tensor, split.rows);
      putRows(made[value], tensor, rows);
    }
  }
  Object.assign(split.tensors, made);
}

/**
 * sha256 of all weights that a phase leaves as they are, statistics included, by part: of a frozen part all of them, of one
 * with adapters what lies under them, and of one whose last layers learn those before.
 */
export async function frozenFingerprints(
  plan: Plan,
  phase: Phase,
  session: Session,
): Promise<Map<string, string>> {
  const learning = learningNodes(plan, phase);
  const learned = new Set(
    plan.graph.flatMap((node) =>
      learning.has(node.id) ? node.weights.map((weight) => weightState(node, weight)) : [],
    ),
  );
  const fingerprints = new Map<string, string>();
  for (const { name: part } of plan.parts) {
    const names = weightsOf(plan, part).flatMap(({ state }) => (learned.has(state) ? [] : state));
    if (names.length === 0) continue;
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

/** Fails where what is frozen of a part is not, to the bit, what it was before. */
export function proveFrozen(before: Map<string, string>, after: Map<string, string>): void {
  for (const [part, fingerprint] of before) {
    if (after.get(part) === fingerprint) continue;
    fail('frozen-changed', `What is frozen of part ${part} changed while training`, {
      help: 'This is a fault of the engine. Its results must not be used; please report it with the plan.json.',
    });
  }
}
