import { nearest } from '../names/nearest';
import { type Rule, replace, respell } from './rule';

export const outputNotMade: Rule = {
  id: 'output-not-made',
  group: 'names',
  severity: 'error',
  summary: 'A declared output that no node makes.',
  why: 'A node named like an output is that output.',
  check(analysis, report) {
    const { inference } = analysis;
    if (inference?.kind !== 'module') return;
    const outputs = inference.module.outputs;
    const nodes = [...inference.module.graph.values()].filter((node) => !outputs.has(node.name));
    for (const output of inference.unmade) {
      const near = nearest(
        output.name,
        nodes.map((node) => node.name),
      );
      const node = nodes.find((candidate) => candidate.name === near);
      report({
        range: output.key,
        names: [output.name, ...(near ? [near] : [])],
        message: `No node of the graph is called \`${output.name}\`, so nothing makes this output${near ? `; did you mean \`${near}\`?` : ''}`,
        propose: () =>
          node
            ? [
                replace(analysis, node.key, output.name, `Rename node \`${near}\` to \`${output.name}\``),
                respell(analysis, output.key, node.name),
              ]
            : [],
      });
    }
  },
};
