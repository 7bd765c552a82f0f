import type { Rule } from './rule';

export const preparedFromGraph: Rule = {
  id: 'prepared-from-graph',
  group: 'data',
  severity: 'error',
  summary: 'An op that prepares data reads what is computed while training.',
  why: 'Data are prepared once, before training; what the graph computes is not there yet.',
  check(analysis, report) {
    const { inference } = analysis;
    const flat = analysis.flat();
    if (inference?.kind !== 'model' || !flat) return;
    const computed = new Map(
      flat.nodes.filter(({ op }) => op.stage === 'graph').map((node) => [node.id, node]),
    );
    for (const node of flat.nodes) {
      if (node.op.stage !== 'prepare') continue;
      const inputs = Object.values(node.inputs).flat();
      const source = inputs
        .map(({ id }) => computed.get(id.slice(0, id.lastIndexOf('.'))))
        .find((found) => found !== undefined);
      if (!source) continue;
      report({
        range: inference.model.parts.get(node.part)?.key ?? inference.model.root.range,
        message: `\`${node.id}\` prepares data (${node.op.name}), but reads \`${source.id}\`, which the model computes (${source.op.name})`,
        related: [{ file: node.file, range: node.range, message: 'this step' }],
        help: 'put steps that prepare data first, straight behind the columns',
      });
    }
  },
};
