import type { OpenPlan } from './lengths/varying';
import type { ProgramName } from './program';

/** The tasks of one dataset: a batch has rows of one dataset only, so each has programs of its own. */
export interface View {
  /** The dataset's alias. */
  data: string;
  /** With only its tasks. */
  plan: OpenPlan;
  /** What its programs are called; of the first dataset by their plain names. */
  programs: Record<'frozen' | 'train' | 'add' | 'evaluate', ProgramName>;
}

/** One for each dataset that a task learns from, in the order of the tasks; one of nothing where there is no task. */
export function viewsOf(plan: OpenPlan): View[] {
  const used = plan.tasks.length > 0 ? [...new Set(plan.tasks.map(({ data }) => data))] : [''];
  return used.map((data, index) => ({
    data,
    plan: { ...plan, tasks: plan.tasks.filter((task) => task.data === data) },
    programs:
      index === 0
        ? { frozen: 'frozen', train: 'train', add: 'add', evaluate: 'evaluate' }
        : {
            frozen: `frozen:${data}`,
            train: `train:${data}`,
            add: `add:${data}`,
            evaluate: `evaluate:${data}`,
          },
  }));
}
