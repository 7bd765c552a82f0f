/** What an edit breaks: errors of other files that are there with the text of now, and not with the one before. */
import type { Gradual } from '../gradual';
import type { Workspace } from '../workspace';
import type { Finding } from './answers';

/** Of each file that the edit breaks, its new errors; in steps of one file. `before` has the text before the edit. */
export function* brokenBy(
  before: Workspace,
  now: Workspace,
  users: Iterable<string>,
): Gradual<Map<string, Finding[]>> {
  const broken = new Map<string, Finding[]>();
  for (const file of users) {
    yield;
    const errors = errorsOf(now, file);
    if (errors.length === 0) continue;
    const known = new Set(errorsOf(before, file).map(keyOf));
    const added = errors.filter((finding) => !known.has(keyOf(finding)));
    if (added.length > 0) broken.set(file, added);
  }
  return broken;
}

function errorsOf(workspace: Workspace, file: string): Finding[] {
  return workspace.check(file).filter(({ severity }) => severity === 'error');
}

/** The place says which it is: the same message elsewhere in the file is another error. */
function keyOf({ rule, range, message }: Finding): string {
  return `${rule} ${range.start} ${message}`;
}
