import type { ModuleDeclaration } from '../names/declarations';
import type { BrickReference } from '../names/reference';
import type { Rule } from './rule';

export const containsItself: Rule = {
  id: 'contains-itself',
  group: 'names',
  severity: 'error',
  summary: 'A brick that is a part of itself, directly or by way of other bricks.',
  why: 'Opening it would never end.',
  check({ inference }, report) {
    if (inference?.kind !== 'module') return;
    const { module, scope } = inference;
    const brickOf = (reference: BrickReference): ModuleDeclaration | undefined => {
      const lookup = scope.module(reference);
      return lookup.status === 'found' ? lookup.declaration : undefined;
    };
    for (const step of module.graph.values()) {
      const used = step.module && brickOf(step.module.reference);
      const way = used && wayBack(used, module, brickOf);
      if (!way) continue;
      const between = way.length > 0 ? `, by way of ${way.map(nameOf).join(', ')}` : '';
      report({
        range: step.module!.range,
        message: `${nameOf(module)} contains itself${between}`,
        related: way.map((brick) => ({
          file: brick.file,
          range: brick.name?.range ?? brick.root.range,
          message: `${nameOf(brick)} is on the way`,
        })),
      });
    }
  },
};

function nameOf({ name, file }: ModuleDeclaration): string {
  return `\`${name?.value ?? file}\``;
}

/** The bricks from one to another that it is made of; undefined when it is not. */
function wayBack(
  from: ModuleDeclaration,
  to: ModuleDeclaration,
  brickOf: (reference: BrickReference) => ModuleDeclaration | undefined,
  seen = new Set<string>(),
): ModuleDeclaration[] | undefined {
  if (from.file === to.file) return [];
  if (seen.has(from.file)) return undefined;
  seen.add(from.file);
  for (const { module } of from.graph.values()) {
    const next = module && brickOf(module.reference);
    const way = next && wayBack(next, to, brickOf, seen);
    if (way) return [from, ...way];
  }
  return undefined;
}
