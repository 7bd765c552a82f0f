import type { Declaration } from '../names/declarations';
import type { BrickReference } from '../names/reference';
import type { Requirement } from './resolver/universe';

/** The bricks, datasets and models that a file names, each with its range once, sorted; `*` where it names none. */
export function requirementsOf(declaration: Declaration): Requirement[] {
  const found = new Map<string, Requirement>();
  for (const { name, versionRange: range = '*' } of referencesOf(declaration)) {
    found.set(`${name}@${range}`, { name, range });
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, requirement]) => requirement);
}

/** Every name of a brick, dataset or model in a file. */
export function referencesOf(declaration: Declaration): BrickReference[] {
  switch (declaration.kind) {
    case 'module':
      return [...declaration.graph.values()].flatMap(({ module }) => module?.reference ?? []);
    case 'dataset':
      return [];
    case 'model':
      return [
        ...(declaration.base ? [declaration.base.reference] : []),
        ...[...declaration.data.values()].map(({ dataset }) => dataset.reference),
        ...[...declaration.parts.values(), ...declaration.plugs.values()].flatMap(
          ({ module }) => module?.reference ?? [],
        ),
      ];
  }
}
