import { isInitials } from '../names/nearest';
import type { Schema } from './compiled';

const DEEPEST = 3;

/** Where below a map a key belongs that it does not have itself: `lr` of `train` is one of `optimizer.adam`. */
export function elsewhere(key: string, schema: Schema): { path: string[]; name: string } | undefined {
  let level: { path: string[]; schema: Schema }[] = [{ path: [], schema }];
  for (let depth = 0; depth < DEEPEST; depth++) {
    level = level.flatMap(({ path, schema: map }) =>
      propertiesOf(map).map(([name, inner]) => ({ path: [...path, name], schema: inner })),
    );
    const found = level.find(({ path }) => path.length > 1 && isMeant(key, path.at(-1)!));
    if (found) return { path: found.path.slice(0, -1), name: found.path.at(-1)! };
  }
  return undefined;
}

function isMeant(key: string, name: string): boolean {
  return key === name || isInitials(key, name);
}

function propertiesOf({ properties, union }: Schema): [string, Schema][] {
  return [...properties, ...union.flatMap(propertiesOf)];
}
