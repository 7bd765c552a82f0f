import type { Rule } from './rule';

export const dataFileOutside: Rule = {
  id: 'data-file-outside',
  group: 'data',
  severity: 'error',
  summary: 'A data file that lies outside the folder of its dataset.',
  why: 'Who trains a model of somebody else should not read their own files without noticing.',
  check({ declaration }, report) {
    if (declaration?.kind !== 'dataset') return;
    for (const { path } of declaration.files) {
      if (!leadsOut(path.value)) continue;
      report({
        range: path.range,
        message: `\`${path.value}\` leads out of the folder of this file; a dataset reads files below it only`,
      });
    }
  },
};

/** Whether a path, as written, ends above where it starts. Home folders and drives are outside too. */
function leadsOut(path: string): boolean {
  if (/^([\\/~]|[A-Za-z]:[\\/])/.test(path)) return true;
  let depth = 0;
  for (const piece of path.replace(/^npm:(@[^/]+\/)?[^/]+\/?/, '').split(/[\\/]/)) {
    if (piece === '..') depth -= 1;
    else if (piece !== '.' && piece !== '') depth += 1;
    if (depth < 0) return true;
  }
  return false;
}
