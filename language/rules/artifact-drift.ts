import { defaultSizes } from '../inference/values';
import { Dim } from '../types/dim';
import { Solver } from '../types/solver';
import { type StateEntry, stateOfModule } from '../versions/judge/state';
import { type Analysis, listed, type Report, type Rule } from './rule';
import { shapesIn } from './weight-names';

export const artifactDrift: Rule = {
  id: 'artifact-drift',
  group: 'transfer',
  severity: 'error',
  after: 'any',
  summary: 'Weights beside a brick that are not those of its graph.',
  why: 'They cannot be loaded: the graph has changed since they were trained, or the file is another one. Only the header of the file is read.',
  check(analysis, report) {
    const { declaration, inference, source, host } = analysis;
    if (declaration?.kind !== 'module' || inference?.kind !== 'module' || source.origin !== 'workspace')
      return;
    const { weights } = declaration;
    const facts = weights && host.weights?.(source.file, weights.value);
    if (!facts || typeof facts === 'string') return;
    if ('broken' in facts) {
      report({ range: weights.range, message: facts.broken });
      return;
    }
    const state = stateOfModule(analysis, inference);
    if (!state) return;
    const entries = [...state.values()].map(firstCopy);
    const shapeOf = shapesIn(facts.shapes, declaration);
    const missing = entries.filter(({ key }) => shapeOf(key) === undefined);
    const found = missing.length > 0 ? undefined : differing(entries, shapeOf, new Map());
    const help = 'train the brick as it is now and publish it, or put the graph back';
    if (missing.length > 0) {
      const names = listed(missing.map(({ key }) => key));
      report({ range: weights.range, message: `\`${weights.value}\` does not have ${names}`, help });
    } else if (found) {
      report({
        range: weights.range,
        message: said(weights.value, found, shapeOf),
        help,
        related: placeOf(analysis, found),
      });
    } else {
      const other = differing(entries, shapeOf, defaultSizes(declaration));
      if (!other) return;
      const message = `${said(weights.value, other, shapeOf)} with the defaults of the params`;
      report({
        range: weights.range,
        severity: 'warning',
        message,
        help: 'make the sizes that it was trained with the defaults',
        related: placeOf(analysis, other),
      });
    }
  },
};

type ShapeOf = (key: string) => readonly number[] | undefined;

interface Entry extends Pick<StateEntry, 'key' | 'dims' | 'range'> {
  /** With all sizes put in that are known. */
  sizes?: readonly Dim[];
}

/** Of layers that are repeated, the first stands for all. */
function firstCopy({ key, dims, range }: StateEntry): Entry {
  const copies = key.split('.each').length - 1;
  return { key: key.replaceAll('.each', '.0'), dims: dims.slice(copies), range };
}

/** The first weight whose shape is another one whatever the sizes are that are left open. */
function differing(
  entries: readonly Entry[],
  shapeOf: ShapeOf,
  values: ReadonlyMap<string, Dim>,
): Entry | undefined {
  const solver = new Solver<string>();
  for (const [name, value] of values) solver.equate(Dim.symbol(name), value, name);
  return entries.flatMap((entry): Entry[] => {
    const shape = shapeOf(entry.key)!;
    const before = entry.dims.map((dim) => solver.resolve(dim));
    const fits =
      shape.length === entry.dims.length &&
      entry.dims.every((dim, axis) => solver.equate(dim, Dim.of(shape[axis]!), entry.key) !== 'no');
    return fits ? [] : [{ ...entry, sizes: before }];
  })[0];
}

function said(file: string, { key, dims, sizes = dims }: Entry, shapeOf: ShapeOf): string {
  return `\`${key}\` is [${shapeOf(key)!.join(', ')}] in \`${file}\`, and [${sizes.join(', ')}] by the graph`;
}

function placeOf({ source }: Analysis, { range }: Entry): Report['related'] {
  return [{ file: source.file, range, message: 'what has the weight' }];
}
