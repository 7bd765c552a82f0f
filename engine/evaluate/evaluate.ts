import type { Plan } from '../../language/plan/format';
import { batchRows } from '../data/batches';
import { feedOf, wholeLength } from '../data/lengths';
import type { PreparedSplit } from '../data/prepared';
import { joinRows } from '../data/value';
import type { CompiledStep } from '../step/compile';
import { taskOutput } from '../step/metrics';
import type { HostTensor, Program, ProgramName, Session } from '../step/program';
import type { ReadyData, ReadyDataset } from '../train/data';
import { EVALUATION_BATCH } from '../train/frozen';
import type { StopSignal } from '../train/stop-signal';
import { Tally } from '../train/tally';
import { outcomeOf } from './outcome';
import type { TaskOutcome } from './report';

/** Runs a whole split of a plan's only dataset through the model, without learning from it. */
export async function evaluateSplit(
  plan: Plan,
  session: Session,
  name: ProgramName,
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
    const results = await session.run(name, feedOf(program, split.tensors, rows));
    const outputs = wholeLength(program, results, -1);
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

/** Every dataset's tasks, each on a split of its own data. */
export async function evaluateAll(
  { step, views }: CompiledStep,
  session: Session,
  { datasets }: ReadyData,
  stop: StopSignal,
  splitOf: (ready: ReadyDataset) => PreparedSplit,
): Promise<TaskOutcome[]> {
  const outcomes: TaskOutcome[] = [];
  for (const { data, plan, programs } of views) {
    const split = splitOf(datasets.get(data)!);
    const program = step.programs[programs.evaluate]!;
    outcomes.push(...(await evaluateSplit(plan, session, programs.evaluate, program, split, stop)));
  }
  return outcomes;
}
