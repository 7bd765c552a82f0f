import { classesOf } from '../inference/column';
import {
  allLosses,
  type Loss,
  type LossProblem,
  lossNamed,
  scoresClasses,
  type TaskKind,
} from '../ops/losses';
import { resizings } from './resizings';
import { type Rule, replace } from './rule';

export const taskTypeMismatch: Rule = {
  id: 'task-type-mismatch',
  group: 'tasks',
  severity: 'error',
  summary: 'A loss cannot compare this output with this target.',
  why: 'Each loss says which element types and axes its two sides have.',
  check(analysis, report) {
    const { inference } = analysis;
    if (inference?.kind !== 'model') return;
    const { solver } = inference.graph;
    for (const { task, output, target, column } of inference.tasks) {
      const loss = task.loss && lossNamed(task.loss.value);
      if (!loss || output?.status !== 'found' || target?.status !== 'found' || !output.type || !target.type)
        continue;
      const tried = solver.fork();
      let problem: LossProblem | undefined;
      loss.check({
        output: solver.resolveType(output.type),
        target: solver.resolveType(target.type),
        // A wrong number of classes is `label-set-mismatch`.
        classes: scoresClasses(loss) ? undefined : classesOf(column),
        equate(left, right, why) {
          const cause = { text: why, file: inference.model.file, range: task.key };
          if (tried.equate(left, right, cause) === 'no') {
            problem ??= { side: 'output', kind: 'dim', message: `${why}: ${left} is not ${right}` };
          }
        },
        fail(found) {
          problem ??= found;
        },
      });
      if (!problem) continue;
      // Several labels at once, each with a score.
      const labels = column?.type === 'labels' ? column.labels?.length : undefined;
      const classes = solver.resolveType(output.type).dims.at(-1);
      const step = inference.graph.steps.get(output.owner);
      const side = problem.side === 'output' ? task.output : task.target;
      report({
        range: side?.range ?? task.key,
        message: problem.message,
        help: problem.help,
        // Each is tried, so only losses that can compare the two are offered.
        propose: () => [
          ...(labels === undefined ? [] : resizings(step, classes?.constant, labels, analysis)),
          ...usualFirst(column?.type).map((name) =>
            replace(analysis, task.loss!.range, name, `Change the loss to \`${name}\``),
          ),
        ],
      });
    }
  },
};

/** What tasks are, by the type of the column that they learn. */
const kinds: Record<string, TaskKind> = {
  category: 'class',
  bool: 'labels',
  labels: 'labels',
  int: 'number',
  float: 'number',
};

/** Names of losses, those of what such a column is learnt by before all others. */
function usualFirst(type: string | undefined): string[] {
  const kind = kinds[type ?? ''];
  const [usual, others] = [true, false].map((isUsual) =>
    allLosses().filter((loss) => (kind !== undefined && loss.kinds.includes(kind)) === isUsual),
  ) as [Loss[], Loss[]];
  return [...usual, ...others].map(({ name }) => name);
}
