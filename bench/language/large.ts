import type { GeneratedFile } from './generate';

/** One brick that chains as many nodes as it takes to fill the lines. */
export function largeFile(lines: number): GeneratedFile {
  const head = `kind: module
name: large
version: 1.0.0
summary: One very long chain.
inputs:
  states: float32[batch, seq, 64]
outputs:
  mixed: float32[batch, seq, 64]
graph:
`;
  const nodes: string[] = [];
  for (let i = 0; nodes.length * 3 + 10 < lines; i++) {
    nodes.push(`  node_${i}:\n    op: relu\n    in: ${i === 0 ? 'states' : `node_${i - 1}`}\n`);
  }
  nodes.push(`  mixed: { op: relu, in: node_${nodes.length - 1} }\n`);
  return { path: 'bricks/large.brique.yaml', kind: 'module', text: head + nodes.join('') };
}
