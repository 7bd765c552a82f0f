import type { Rule } from './rule';

export const splitOverlap: Rule = {
  id: 'split-overlap',
  group: 'data',
  severity: 'warning',
  summary: 'One file belongs to two splits.',
  why: 'The test would see what training saw, and results would look better than they are.',
  check({ declaration, source }, report) {
    if (declaration?.kind !== 'dataset') return;
    const first = new Map<string, (typeof declaration.files)[number]>();
    for (const file of declaration.files) {
      const path = file.path.value.replace(/^(\.\/)+/, '');
      const other = first.get(path);
      if (!other) first.set(path, file);
      else if (other.split !== file.split) {
        report({
          range: file.path.range,
          message: `\`${file.path.value}\` is in \`${other.split}\` already, so \`${file.split}\` has the same rows`,
          related: [{ file: source.file, range: other.path.range, message: `in \`${other.split}\`` }],
        });
      }
    }
  },
};
