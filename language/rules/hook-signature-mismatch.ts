import { listed, type Rule } from './rule';
import { isWrongAnyway } from './wrong-anyway';

export const hookSignatureMismatch: Rule = {
  id: 'hook-signature-mismatch',
  group: 'extension-points',
  severity: 'error',
  summary: 'A plugged brick takes or gives another type than the extension point has.',
  why: 'What is behind the extension point expects the type that was there before.',
  check(analysis, report) {
    const { inference } = analysis;
    if (inference?.kind !== 'model') return;
    const fedTooFew = new Set<string>();
    for (const [part, { step, target }] of inference.plugs) {
      if (target.kind !== 'module' || target.module.inputs.size === 1) continue;
      const ports = [...target.module.inputs.values()];
      const inputs = ports.map(({ name }) => name);
      fedTooFew.add(part);
      report({
        range: step.module?.range ?? step.key,
        message: `\`${step.module?.reference.name}\` takes ${inputs.length === 0 ? 'nothing' : listed(inputs)}, but an extension point feeds one input`,
        related: [{ file: target.file, range: ports[1]?.key ?? target.module.root.range, message: 'here' }],
      });
    }
    for (const { part, path, message, file, range, code } of analysis.flat()?.problems ?? []) {
      const plug = inference.model.plugs.get(part);
      if (!plug || code || fedTooFew.has(part)) continue;
      if (isWrongAnyway(path, inference.plugs.get(part)?.target, analysis)) continue;
      const where = path === part ? '' : ` (at \`${path}\`)`;
      report({
        range: plug.module?.range ?? plug.key,
        message: `\`${plug.module?.reference.name}\` ${message}${where}`,
        related: [{ file, range, message: 'here' }],
      });
    }
  },
};
