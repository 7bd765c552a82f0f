import { readingsOf } from '../../../inference/readings';
import type { ExtensionPoint } from '../../../names/declarations';
import { Dim } from '../../../types/dim';
import { Solver } from '../../../types/solver';
import { printType, substituteType, type TensorType } from '../../../types/type';
import type { ChangeRule } from '../change';
import { composedSizes } from '../composition';
import type { Pair, Side } from '../pair';
import { placeOf } from '../places';
import { integersOf, namesOf } from '../trial';
import { plugging } from './extension-removed';

export const extensionRetyped: ChangeRule = {
  id: 'extension-retyped',
  summary: 'Another type goes through an extension point.',
  why: 'A brick that was made to be plugged in there no longer fits.',
  find(pair) {
    const { old, next } = pair;
    return [...old.module.extensionPoints.values()].flatMap((point) => {
      const now = next.module.extensionPoints.get(point.name);
      const [before, after] = [typeAt(old, point), now && typeAt(next, now)];
      if (!before || !after || isSame(pair, before, after)) return [];
      return [
        {
          subject: { kind: 'point', name: point.name },
          surface: 'train',
          bump: 'major',
          message: `At the extension point \`${point.name}\` was ${printType(before)} and is ${printType(after)}`,
          old: placeOf(old, ['extension_points', point.name]),
          next: placeOf(next, ['extension_points', point.name]),
          consumers: () => plugging(pair, point.name, sized(pair, before)),
        },
      ];
    });
  },
};

/** What the graph has at the point; undefined where the brick is read in several ways. */
function typeAt(side: Side, { at }: ExtensionPoint): TensorType | undefined {
  if (!at || side.module.code || readingsOf(side.module).length > 1) return undefined;
  const { graph } = side.analysed.inference;
  const type = [...(graph.steps.get(at.value)?.outputs.values() ?? [])][0];
  return type && graph.solver.resolveType(type);
}

/** By another name of a size it is still the same; params are the same only by their own. */
function isSame({ old, next }: Pair, before: TensorType, after: TensorType): boolean {
  const params = integersOf(old.module).filter((name) => next.module.params.has(name));
  const { sizes, leads } = namesOf(old.module);
  const solver = new Solver<string>([...sizes, ...leads]);
  const other = (name: string) => (params.includes(name) ? name : `other:${name}`);
  const fit = solver.fit(
    before,
    substituteType(
      after,
      (name) => Dim.symbol(other(name)),
      (lead) => `other:${lead}`,
    ),
    'point',
  );
  return fit.ok && !fit.cast;
}

function sized(pair: Pair, type: TensorType): string {
  const sizes = composedSizes(pair)?.sizes ?? new Map<string, number>();
  const first = pair.old.module.params;
  return printType(
    substituteType(type, (name) => {
      const size = first.has(name) ? sizes.get(name) : undefined;
      return size === undefined ? Dim.symbol(name) : Dim.of(size);
    }),
  );
}
