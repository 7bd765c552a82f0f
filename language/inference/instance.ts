import type { ModuleDeclaration, Port } from '../names/declarations';
import { within } from '../syntax/ranges';
import type { Constraint } from '../types/constraint';
import { Dim } from '../types/dim';
import { substituteType, type TensorType } from '../types/type';
import type { PlacedCondition } from './problems';
import type { Params } from './values';

export interface Instance {
  inputs: Map<string, TensorType | undefined>;
  outputs: Map<string, TensorType | undefined>;
  conditions: { written: PlacedCondition; constraint: Constraint }[];
}

/**
 * A brick's ports as one use of it sees them: parameters replaced by their values, every other symbol made the
 * instance's own (`encoder:seq`), classes of element types too.
 */
export function instantiate(module: ModuleDeclaration, values: Params, scope: string): Instance {
  const fixed = fixedSizes(module);
  const own = (name: string): Dim => {
    const value = values.get(name);
    return value instanceof Dim ? value : (fixed.get(name) ?? Dim.symbol(`${scope}:${name}`));
  };
  const ports = (declared: Map<string, Port>) =>
    new Map(
      [...declared].map(([name, { parsed }]): [string, TensorType | undefined] => {
        if (!parsed.type) return [name, undefined];
        const type = substituteType(parsed.type, own, (lead) => `${scope}:${lead}`);
        const { oneOf } = type;
        return [name, oneOf ? { ...type, oneOf: { ...oneOf, name: `${scope}:${oneOf.name}` } } : type];
      }),
    );
  const put = (dim: Dim) => dim.substitute(new Map([...dim.symbols()].map((name) => [name, own(name)])));
  const conditions = conditionsOn(module).map(({ written, constraint }) => ({
    written,
    constraint: { ...constraint, left: put(constraint.left), right: put(constraint.right) },
  }));
  return { inputs: ports(module.inputs), outputs: ports(module.outputs), conditions };
}

/** Sizes that ports fix, as in `width=64`. */
export function fixedSizes(module: ModuleDeclaration): Map<string, Dim> {
  const sizes = new Map<string, Dim>();
  for (const { parsed } of [...module.inputs.values(), ...module.outputs.values()]) {
    for (const { name, value } of parsed.fixed) if (!module.params.has(name)) sizes.set(name, Dim.of(value));
  }
  return sizes;
}

/** What must hold between a brick's sizes: its `where`, and parameters that a port fixes. */
export function conditionsOn(module: ModuleDeclaration): Instance['conditions'] {
  const { file } = module;
  const declared = module.where.flatMap((condition) => {
    const { constraint } = condition.parsed;
    return constraint ? [{ written: { ...condition, file }, constraint }] : [];
  });
  const ports = [...module.inputs.values(), ...module.outputs.values()];
  const fixed = ports.flatMap(({ parsed, range }) =>
    parsed.fixed
      .filter(({ name }) => module.params.has(name))
      .map(({ name, value, start, end }) => {
        const constraint: Constraint = { left: Dim.symbol(name), relation: '==', right: Dim.of(value) };
        return {
          written: {
            text: `${name} == ${value}`,
            range: within(range, range.start + start, range.start + end),
            parsed: { constraint, problems: [], names: [] },
            file,
          },
          constraint,
        };
      }),
  );
  return [...declared, ...fixed];
}
