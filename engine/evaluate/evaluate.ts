import type { Plan } from '../../language/plan/format';
import { batchRows, gatherBatch } from '../data/batches';
import type { PreparedSplit } from '../data/prepared';
import { joinRows } from '../data/value';
import { taskOutput } from '../step/metrics';
import type { HostTensor, Program, Session } from '../step/program';
import { EVALUATION_BATCH } from '../train/frozen';
import type { StopSignal } from '../train/stop-signal';
import { Tally } from '../train/tally';
import { outcomeOf } from './outcome';
import type { TaskOutcome } from './report';

/** Runs a whole split through the model, without learning from it. */
export async function evaluateSplit(
  plan: Plan,
  session: Session,
  program: Program,
  split: PreparedSplit,
  stop: StopSignal,
): Promise<TaskOutcome[]> {
  const tally = new Tally(plan);
  const predictions: HostTensor[][] = plan.tasks.map(() => []);
  const targets: HostTensor[][] = plan.tasks.map(() => []);
  for (const rows of batchRows(split.rows, EVALUATION_BATCH)) {
    await stop.breathe();
    stop.check();
    const outputs = await session.run(
      'evaluate',
      gatherBatch(split.tensors, Object.keys(program.inputs), rows),
    );
    tally.add(outputs);
    for (const [i, task] of plan.tasks.entries()) {
      predictions[i]!.push(outputs[taskOutput.predictions(task.name)]!);
      const computed = outputs[taskOutput.targets(task.name)];
      if (computed) targets[i]!.push(computed);
    }
  }
  return plan.tasks.map((task, i) => ({
    task,
    outcome: outcomeOf(
      task,
      joinRows(predictions[i]!),
      targets[i]!.length > 0 ? joinRows(targets[i]!) : split.tensors[task.target]!,
    ),
    loss: tally.lossOf(i),
    split,
  }));
}
