import type { Plan } from '../../language/plan/format';
import { type Checkpoint, Checkpoints } from './checkpoints';
import type { DataHash } from './data-hashes';
import { findRun } from './find';
import { RunFolder } from './folder';

/**
 * Where another run ended that did the same for fewer epochs: training from there is training from the beginning, to the
 * bit. Undefined where it did something else, or keeps no state to go on from.
 */
export async function takenUp(
  root: string,
  id: string,
  plan: Plan,
  hashes: Record<string, DataHash>,
): Promise<Checkpoint | undefined> {
  const { folder: path, state } = await findRun(root, id);
  const folder = RunFolder.open(path);
  const sameData = state.record.data.every(({ alias, hash }) => hashes[alias]?.hash === hash);
  if (!sameData || !goesOn(folder.plan, plan)) return undefined;
  const found = new Checkpoints(folder).newest(() => undefined);
  return found && found.position.epoch < plan.train.epochs ? found : undefined;
}

/** Whether the epochs of a plan begin with those of another: nothing in them may depend on how many there are. */
function goesOn(before: Plan, plan: Plan): boolean {
  const { stop, schedule } = plan.train;
  if (stop || (schedule && schedule.decay !== 'constant')) return false;
  return fingerprint(before) === fingerprint(plan);
}

function fingerprint(plan: Plan): string {
  const { written: _, train, ...rest } = plan;
  const { epochs: __, checkpoint: ___, ...training } = train;
  return JSON.stringify([rest, training]);
}
