import type { Plan, PlanPart } from '../../language/plan/format';
import { EngineFailure } from '../failure';
import { findRun } from '../run/find';

/**
 * The plan with the runs that parts take their weights from named by id, so that it means the same later. What is not
 * found stays: loading says so.
 */
export async function pinned(plan: Plan, root: string): Promise<Plan> {
  const parts = plan.parts.map(async (part): Promise<PlanPart> => {
    if (part.weights.from !== 'run') return part;
    const found = await findRun(root, part.weights.run).catch((error: unknown) => {
      if (error instanceof EngineFailure) return undefined;
      throw error;
    });
    return found ? { ...part, weights: { from: 'run', run: found.state.record.id } } : part;
  });
  return { ...plan, parts: await Promise.all(parts) };
}
