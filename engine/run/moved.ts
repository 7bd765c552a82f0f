import type { Plan } from '../../language/plan/format';
import type { RunRecord } from '../../protocol/generated/run';

/**
 * The plan of a run whose workspace was moved since: files that lay in it lie there again. The record knows the model's
 * file from the root, which tells where the root was.
 */
export function movedPlan(plan: Plan, { model }: Pick<RunRecord, 'model'>, root: string): Plan {
  const before = plan.model.file.replaceAll('\\', '/');
  if (model.file.startsWith('../') || !before.endsWith(`/${model.file}`)) return plan;
  const from = before.slice(0, -model.file.length);
  const to = `${root.replaceAll('\\', '/').replace(/\/$/, '')}/`;
  if (from === to) return plan;
  // Paths in a plan stand under `file`; those of a dataset's columns and of bricks are relative to one of these.
  return JSON.parse(JSON.stringify(plan), (key, value: unknown) =>
    key === 'file' && typeof value === 'string' && value.replaceAll('\\', '/').startsWith(from)
      ? to + value.slice(from.length)
      : value,
  ) as Plan;
}
