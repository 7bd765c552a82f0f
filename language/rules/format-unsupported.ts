import { entryOf } from '../syntax/path';
import { type Rule, replace } from './rule';

/** The only format that there is so far, and that of files which do not say. */
const FORMAT = 1;

export const formatUnsupported: Rule = {
  id: 'format-unsupported',
  group: 'syntax',
  severity: 'error',
  aboutText: true,
  summary: 'The file is written in a format that this version of Brique does not know.',
  why: 'Keys may mean something else there, so nothing else is said of the file, and it cannot run.',
  check(analysis, report) {
    const format = entryOf(analysis.source.tree.root, 'format')?.value;
    // What is no whole number is told by its type.
    if (format?.kind !== 'scalar' || !Number.isInteger(format.value) || format.value === FORMAT) return;
    report({
      range: format.range,
      message: `This file is in format ${format.value}; this version of Brique knows format ${FORMAT}`,
      ...(Number(format.value) > FORMAT ? { help: 'install a newer version of Brique' } : {}),
      propose: () => [replace(analysis, format.range, String(FORMAT), `Change to \`${FORMAT}\``)],
    });
  },
};
