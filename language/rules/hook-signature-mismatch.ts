import type { Rule } from './rule';

export const hookSignatureMismatch: Rule = {
  id: 'hook-signature-mismatch',
  group: 'extension-points',
  severity: 'error',
  summary: 'A plugged brick takes or gives another type than the extension point has.',
  why: 'What is behind the extension point expects the type that was there before.',
  check(analysis, report) {
    const { inference } = analysis;
    if (inference?.kind !== 'model') return;
    for (const { part, path, message, file, range, code } of analysis.flat()?.problems ?? []) {
      const plug = inference.model.plugs.get(part);
      if (!plug || code) continue;
      const where = path === part ? '' : ` (at \`${path}\`)`;
      report({
        range: plug.module?.range ?? plug.key,
        message: `\`${plug.module?.reference.name}\` ${message}${where}`,
        related: [{ file, range, message: 'here' }],
      });
    }
  },
};
