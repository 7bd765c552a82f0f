import type { Rule } from './rule';

/** Elements of one tensor; more cannot be indexed by the engines, and would be 8 GiB of float32. */
const MOST = 2 ** 31 - 1;

export const sizeTooLarge: Rule = {
  id: 'size-too-large',
  group: 'shapes',
  severity: 'error',
  summary: 'A parameter tensor that no machine could hold.',
  why: 'A slip in a size, such as a zero too many, is found before memory runs out.',
  check(analysis, report) {
    const { inference } = analysis;
    if (inference?.kind !== 'model') return;
    for (const node of analysis.flat()?.nodes ?? []) {
      for (const { role, dims } of node.weights) {
        const elements = dims.reduce((all, dim) => all * (dim.constant ?? 1), 1);
        if (elements <= MOST) continue;
        const part = inference.model.parts.get(node.part);
        const sizes = new Set(dims.flatMap((dim) => dim.constant ?? []));
        const setting = [...(part?.settings.values() ?? [])].find(
          ({ value }) =>
            value?.kind === 'scalar' &&
            typeof value.value === 'number' &&
            sizes.has(value.value) &&
            value.value === Math.max(...sizes),
        );
        report({
          range: setting?.value?.range ?? part?.key ?? inference.model.root.range,
          message: `\`${role}\` of \`${node.id}\` would be ${dims.join(' × ')} numbers; no more than 2^31 fit`,
          related: [{ file: node.file, range: node.range, message: 'this step' }],
        });
        // What is wired behind it has the same size.
        return;
      }
    }
  },
};
