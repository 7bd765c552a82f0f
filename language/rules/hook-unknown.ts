import { nearest } from '../names/nearest';
import { listed, type Rule, respell } from './rule';

export const hookUnknown: Rule = {
  id: 'hook-unknown',
  group: 'extension-points',
  severity: 'error',
  summary: 'A brick is plugged where there is no extension point.',
  why: 'A brick says under `extension_points` where others may be plugged in.',
  check(analysis, report) {
    const { inference } = analysis;
    if (inference?.kind !== 'model') return;
    for (const { point } of inference.model.plugs.values()) {
      const target = inference.graph.steps.get(point.owner)?.target;
      if (!inference.graph.steps.has(point.owner)) {
        const near = nearest(point.owner, inference.graph.steps.keys());
        report({
          range: point.ownerRange,
          names: [point.owner, ...(near ? [near] : [])],
          message: `There is no part \`${point.owner}\` to plug into${near ? `; did you mean \`${near}\`?` : ''}`,
          propose: () => (near ? [respell(analysis, point.ownerRange, near)] : []),
        });
        continue;
      }
      if (target?.kind !== 'module') continue;
      const names = [...target.module.extensionPoints.keys()];
      if (point.port !== undefined && names.includes(point.port)) continue;
      const range = point.portRange ?? point.ownerRange;
      const near = point.port === undefined ? undefined : nearest(point.port, names);
      report({
        range,
        message: `\`${point.owner}\` has no extension point \`${point.port ?? ''}\`; ${names.length > 0 ? `it has ${listed(names)}` : 'it has none'}`,
        propose: () => (near ? [respell(analysis, range, near)] : []),
      });
    }
  },
};
