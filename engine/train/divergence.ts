import type { Plan } from '../../language/plan/format';
import { fail } from '../failure';
import { taskOutput, totalLoss } from '../step/metrics';
import type { Session } from '../step/program';
import { weightsOf } from './parts';
import { type Outputs, scalar } from './tally';

/** Stops a run whose loss is no number any more, and says which of the batch's tasks and which parts that came from. */
export async function checkLoss(
  { tasks: own }: Pick<Plan, 'tasks'>,
  plan: Plan,
  session: Session,
  outputs: Outputs,
  epoch: number,
  step: number,
): Promise<void> {
  const loss = scalar(outputs, totalLoss);
  if (Number.isFinite(loss)) return;
  const tasks = own.filter(({ name }) => !Number.isFinite(scalar(outputs, taskOutput.loss(name))));
  const parts = await brokenParts(plan, session);
  const where =
    parts.length > 0 ? `; weights of part ${parts.join(', ')} are no finite numbers any more` : '';
  const rate = plan.train.optimizer.learning_rate;
  const [first] = tasks;
  fail(
    'loss-not-finite',
    `The loss of task ${tasks.map(({ name }) => name).join(', ')} became ${loss} in epoch ${epoch}, step ${step}${where}`,
    {
      help: `Try a lower learning_rate (it is ${rate}), clip_norm under train, or look for extreme values in the data.`,
      file: first?.at.file,
      line: first?.at.line,
    },
  );
}

async function brokenParts(plan: Plan, session: Session): Promise<string[]> {
  const broken: string[] = [];
  for (const { name } of plan.parts) {
    const states = weightsOf(plan, name).map(({ state }) => state);
    if (states.length === 0) continue;
    const values = [...(await session.read(states)).values()];
    if (values.some(({ data }) => data.some((value) => !Number.isFinite(value)))) broken.push(name);
  }
  return broken;
}
