/** A brick of so many lines: one long chain of nodes. */
export function longBrick(lines: number): string {
  const count = Math.floor(lines / 3);
  const nodes = Array.from(
    { length: count },
    (_, i) => `  node_${i}:\n    op: relu\n    in: ${i === 0 ? 'states' : `node_${i - 1}`}\n`,
  );
  return `kind: module
name: large
version: 1.0.0
summary: One very long chain.
inputs:
  states: float32[batch, seq, 64]
outputs:
  mixed: float32[batch, seq, 64]
graph:
${nodes.join('')}  mixed: { op: relu, in: node_${count - 1} }
`;
}
