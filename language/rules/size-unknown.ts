import { printType } from '../types/type';
import type { Rule } from './rule';

export const sizeUnknown: Rule = {
  id: 'size-unknown',
  severity: 'error',
  summary: 'A size that nothing in the composition fixes.',
  why: 'Only the number of rows may stay open; every other size must be known before training.',
  check(analysis, report) {
    const { inference } = analysis;
    if (inference?.kind !== 'model') return;
    const open = new Set(inference.scope.rigid);
    const reported = new Set<string>();
    for (const node of analysis.flat()?.nodes ?? []) {
      if (reported.has(node.part)) continue;
      for (const type of node.outputs.values()) {
        const unknown = type.dims.find(
          (dim) => dim.constant === undefined && ![...dim.symbols()].every((name) => open.has(name)),
        );
        if (type.lead === undefined && !unknown) continue;
        reported.add(node.part);
        const step = inference.model.parts.get(node.part);
        report({
          range: step?.key ?? inference.model.plugs.get(node.part)?.key ?? inference.model.root.range,
          message: `The size \`${unknown ?? '...'}\` of \`${node.id}\` (${printType(type)}) is not known; wire or set what fixes it`,
          related: [{ file: node.file, range: node.range, message: 'this step' }],
        });
        break;
      }
    }
  },
};
