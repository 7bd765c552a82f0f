import { nearest } from '../names/nearest';
import { listed, type Rule, respell } from './rule';

export const extensionPointUnresolved: Rule = {
  id: 'extension-point-unresolved',
  group: 'extension-points',
  severity: 'error',
  summary: 'An extension point at a node that does not exist.',
  why: 'Nothing could be plugged in there.',
  check(analysis, report) {
    const { declaration } = analysis;
    if (declaration?.kind !== 'module' || declaration.code) return;
    for (const { name, at } of declaration.extensionPoints.values()) {
      if (!at || declaration.graph.has(at.value)) continue;
      const near = nearest(at.value, declaration.graph.keys());
      report({
        range: at.range,
        names: [at.value],
        message: `The extension point \`${name}\` is at \`${at.value}\`, which is no node; there are ${listed(declaration.graph.keys())}`,
        propose: () => (near ? [respell(analysis, at.range, near)] : []),
      });
    }
  },
};
