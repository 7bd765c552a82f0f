import type { Candidate, ChangeRule } from '../change';
import { compositionUsing, PART } from '../composition';
import type { Consumer } from '../consumer';
import type { Pair } from '../pair';
import { place, placeOf, restored } from '../places';

export const extensionRemoved: ChangeRule = {
  id: 'extension-removed',
  summary: 'An extension point, or a layer that training can name, is gone.',
  why: 'What was plugged in there, and adapters for that layer, have no place any more.',
  find(pair) {
    return [...points(pair), ...layers(pair)];
  },
};

function points(pair: Pair): Candidate[] {
  const { old, next } = pair;
  return [...old.module.extensionPoints.values()]
    .filter(({ name }) => !next.module.extensionPoints.has(name))
    .map(({ name, at }) => ({
      subject: { kind: 'point', name },
      surface: 'train',
      bump: 'major',
      message: `The extension point \`${name}\` is gone`,
      old: placeOf(old, ['extension_points', name]),
      next: placeOf(next, ['extension_points']),
      consumers: () => plugging(pair, name, 'any[...all]'),
      fixes: () =>
        at && next.module.graph.has(at.value)
          ? [{ title: `Put \`${name}\` back`, edits: restored(old, next, ['extension_points', name]) }]
          : [],
    }));
}

/** A composition that plugs a brick into the point, which takes and gives that type. */
export function plugging(pair: Pair, point: string, type: string): Consumer[] {
  const text = [
    ...['kind: module', 'name: witness/adapter', 'version: 1.0.0'],
    ...['inputs:', `  value: ${type}`, 'outputs:', `  adapted: ${type}`],
    ...['graph:', '  adapted: { op: identity, in: value }', ''],
  ].join('\n');
  const consumer = compositionUsing(pair, {
    sections: ['plug:', `  ${PART}.${point}: witness/adapter@^1`],
    files: [{ file: 'witness-adapter.brique.yaml', text }],
  });
  return consumer ? [consumer] : [];
}

/** Nodes with weights, by which `lora` may name them. */
function layers(pair: Pair): Candidate[] {
  const { old, next, formerly } = pair;
  const [before, after] = [old.state, next.state];
  if (!before || !after) return [];
  const left = new Set(
    [...after.values()].filter(({ trainable }) => trainable).flatMap(({ path }) => [path, formerly(path)]),
  );
  const gone = new Map(
    [...before.values()].filter((entry) => entry.trainable && !left.has(entry.path)).map((e) => [e.path, e]),
  );
  return [...gone.values()].map(({ path, range }) => {
    const name = path.replaceAll('.each', '');
    return {
      subject: { kind: 'node', name },
      surface: 'train',
      bump: 'major',
      message: `The layer \`${name}\` is gone, which adapters can name`,
      old: place(old, range),
      next: placeOf(next, ['graph']),
      consumers: () => {
        const consumer = compositionUsing(pair, {
          settings: [`train: { lora: { rank: 1, targets: [${JSON.stringify(name)}] } }`],
        });
        return consumer ? [consumer] : [];
      },
    };
  });
}
