import type { OpTest } from '../inference/ops-in';
import type { Rule } from './rule';

const isPrepared: OpTest = ({ op }) => op.stage === 'prepare';

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
    for (const node of flat.where(isPrepared)) {
      const inputs = Object.values(node.inputs).flat();
      const source = inputs.map((value) => flat.maker(value)).find((maker) => maker?.op.stage === 'graph');
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
