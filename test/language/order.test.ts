import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { orderOf } from '../../language/inference/order';
import type { ModuleDeclaration } from '../../language/names/declarations';
import { SourceFile } from '../../language/names/source-file';

/** A brick whose nodes read from the nodes that are named by their places. */
function brickOf(graph: number[][]): ModuleDeclaration {
  const nodes = graph.map(
    (sources, i) => `  n${i}: { op: add, in: [${sources.map((k) => `n${k}`).join(', ')}] }\n`,
  );
  const { declaration } = new SourceFile(
    '',
    `kind: module\nname: any\ngraph:\n${nodes.join('')}`,
    'workspace',
  );
  assert.equal(declaration?.kind, 'module');
  return declaration as ModuleDeclaration;
}

/** All that a node reads from, directly or through others. */
function behind(graph: number[][], node: number): Set<number> {
  const seen = new Set<number>();
  const open = [node];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const source of graph[at]!) {
      if (seen.has(source)) continue;
      seen.add(source);
      open.push(source);
    }
  }
  return seen;
}

describe('the order of steps', () => {
  it('follows the data wave by wave, and names what leads back to itself', () => {
    const graphs = fc
      .integer({ min: 1, max: 14 })
      .chain((size) =>
        fc.array(fc.uniqueArray(fc.nat(size - 1), { maxLength: 3 }), { minLength: size, maxLength: size }),
      );
    fc.assert(
      fc.property(graphs, (graph) => {
        const places = [...graph.keys()];
        const isCyclic = (node: number) => behind(graph, node).has(node);
        const wave = (node: number): number =>
          isCyclic(node) || [...behind(graph, node)].some(isCyclic)
            ? graph.length
            : 1 + Math.max(-1, ...graph[node]!.map(wave));
        const { order, cycle } = orderOf(brickOf(graph).graph);
        const waves = places.map(wave);
        const expected = [...places].sort((a, b) => waves[a]! - waves[b]! || a - b);
        assert.deepEqual(
          order,
          expected.map((node) => `n${node}`),
        );
        assert.deepEqual(
          cycle,
          places.filter(isCyclic).map((node) => `n${node}`),
        );
      }),
      { numRuns: 1000 },
    );
  });
});
