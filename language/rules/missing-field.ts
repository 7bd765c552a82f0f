import { insertEntry } from '../syntax/edits';
import { asMap, at, type Path } from '../syntax/path';
import { otherForm } from './other-forms';
import { type Analysis, edit } from './rule';
import { renameToNearest, structuralRule } from './structural';

/** What a field can be until its author says more. */
const stubs: Record<string, string> = { version: '0.1.0', license: 'MIT' };

export const missingField = structuralRule(
  {
    id: 'missing-field',
    group: 'syntax',
    severity: 'error',
    summary: 'A required field is absent.',
    why: 'Without it the file has no complete meaning.',
  },
  ['missing-field'],
  (problem, analysis) => {
    const other = otherForm(problem, analysis);
    if (other && other.length > 0) return other;
    if (problem.nearest !== undefined) return renameToNearest(problem, analysis);
    const { path } = problem;
    const key = String(path.at(-1));
    const stub =
      key === 'name' && path.length === 1
        ? nameOf(analysis.source.file)
        : (stubs[key] ?? lossFor(path, analysis));
    if (stub === undefined) return [];
    const { tree } = analysis.source;
    const map = asMap(at(tree, path.slice(0, -1)));
    return map ? [edit(analysis, insertEntry(tree, map, key, stub, 'kind'), `Add \`${key}: ${stub}\``)] : [];
  },
);

/** The loss that goes with what a task's target holds. */
function lossFor(path: Path, { inference }: Analysis): string | undefined {
  if (path.length !== 3 || path[0] !== 'tasks' || path[2] !== 'loss' || inference?.kind !== 'model')
    return undefined;
  const type = inference.tasks.find(({ task }) => task.name === path[1])?.column?.type;
  return type === undefined ? undefined : lossesByColumn[type];
}

const lossesByColumn: Record<string, string> = {
  category: 'cross_entropy',
  bool: 'binary_cross_entropy',
  int: 'mse',
  float: 'mse',
};

/** The file's own name, as a name may be written. */
function nameOf(file: string): string | undefined {
  const base = file
    .slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1)
    .replace(/\.brique\.yaml$/, '');
  return /^[a-z0-9]+(-[a-z0-9]+)*$/.test(base) ? base : undefined;
}
