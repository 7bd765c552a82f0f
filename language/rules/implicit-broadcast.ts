import type { InferredGraph, InferredWire } from '../inference/graph';
import type { Port } from '../names/declarations';
import { type Analysis, type FixProposal, type Rule, replace } from './rule';

export const implicitBroadcast: Rule = {
  id: 'implicit-broadcast',
  group: 'shapes',
  severity: 'warning',
  summary: 'An axis that happens to have the size 1 is repeated.',
  why: 'An op repeats such an axis without a word, so a wrong wire goes unnoticed. A port says with `1|size` that it is meant.',
  check(analysis, report) {
    const { inference, declaration } = analysis;
    if (!inference) return;
    for (const { step, wire, fromEnd, size } of inference.graph.repeated) {
      const origin = originOf(wire, fromEnd, inference.graph);
      if (origin === undefined) continue;
      const { owner } = wire.wire.reference;
      const port = declaration?.kind === 'module' ? declaration.inputs.get(origin) : undefined;
      report({
        range: wire.wire.range,
        message: `\`${step.step.name}\` repeats \`${owner}\` along an axis of size 1 to the size \`${size}\`, which \`${origin}\` does not say`,
        related: port
          ? [
              {
                file: analysis.source.file,
                range: port.range,
                message: `\`${origin}\` is \`${port.text}\` here`,
              },
            ]
          : [],
        propose: () => (port && size.name !== undefined ? declare(port, fromEnd, size.name, analysis) : []),
      });
    }
  },
};

/** The port, or step of a brick, where the size 1 comes from; undefined where an op or a declaration made it on purpose. */
function originOf(from: InferredWire, fromEnd: number, graph: InferredGraph): string | undefined {
  const seen = new Set<InferredWire>();
  for (let wire = from; !seen.has(wire); ) {
    seen.add(wire);
    const { target } = wire;
    if (target.status !== 'found') return undefined;
    const step = graph.steps.get(target.owner);
    if (!step) return target.owner;
    if (step.target.kind === 'module') {
      const declared = step.target.module.outputs.get(target.port ?? '')?.parsed.type?.dims.at(-1 - fromEnd);
      return declared && declared.constant === undefined ? target.owner : undefined;
    }
    const same = step.wires.find(({ target: source }) => {
      const type =
        source.status === 'found' && source.type ? graph.solver.resolveType(source.type) : undefined;
      return type?.dims.at(-1 - fromEnd)?.constant === 1;
    });
    if (!same) return undefined;
    wire = same;
  }
  return undefined;
}

function declare(port: Port, fromEnd: number, size: string, analysis: Analysis): FixProposal[] {
  const open = port.text.indexOf('[');
  const pieces = port.text.slice(open + 1, port.text.lastIndexOf(']')).split(',');
  const index = pieces.length - 1 - fromEnd;
  if (open < 0 || pieces[index]?.trim() !== '1') return [];
  const start = port.range.start + open + 1 + pieces.slice(0, index).join(',').length + (index > 0 ? 1 : 0);
  const at = start + pieces[index]!.indexOf('1');
  return [replace(analysis, { start: at, end: at + 1 }, `1|${size}`, `Declare it as \`1|${size}\``)];
}
