import { FORMAT, unknownFormat } from '../names/file-format';
import { get } from '../syntax/path';
import { type Rule, replace } from './rule';

export const formatUnsupported: Rule = {
  id: 'format-unsupported',
  group: 'syntax',
  severity: 'error',
  aboutText: true,
  summary: 'The file is written in a format that this version of Brique does not know.',
  why: 'Keys may mean something else there, so nothing else is said of the file, and it cannot run.',
  check(analysis, report) {
    const { tree } = analysis.source;
    const format = unknownFormat(tree);
    const node = get(tree.root, 'format');
    if (format === undefined || !node) return;
    report({
      range: node.range,
      message: `This file is in format ${format}; this version of Brique knows format ${FORMAT}`,
      ...(format > FORMAT ? { help: 'install a newer version of Brique' } : {}),
      propose: () => [replace(analysis, node.range, String(FORMAT), `Change to \`${FORMAT}\``)],
    });
  },
};
