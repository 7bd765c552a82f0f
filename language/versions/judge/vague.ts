/**
 * What an output leaves open: an axis, a number of axes or an element type that nothing of the brick settles. A user
 * who rests on it is not proved wrong, so no check fails; it is a weaker promise all the same.
 */
import { conditionsOn, fixedSizes } from '../../inference/instance';
import type { ModuleDeclaration } from '../../names/declarations';
import type { TensorType } from '../../types/type';
import { namesOf } from './trial';

/** Whether the new version leaves something of the output open that the old one says. */
export function saysLess(old: ModuleDeclaration, next: ModuleDeclaration, output: string): boolean {
  const [before, after] = [openIn(old, output), openIn(next, output)];
  if (!before || !after) return false;
  if (after.element && !before.element) return true;
  if (after.lead && !before.lead) return true;
  return (
    before.dims.length === after.dims.length &&
    after.dims.some((isOpen, axis) => isOpen && !before.dims[axis])
  );
}

function openIn(module: ModuleDeclaration, output: string) {
  const type = module.outputs.get(output)?.parsed.type;
  if (!type) return undefined;
  const { sizes, leads } = namesOf(module);
  const conditions = conditionsOn(module).flatMap(({ constraint: { left, right } }) => [
    ...left.symbols(),
    ...right.symbols(),
  ]);
  const settled = new Set([...sizes, ...module.params.keys(), ...fixedSizes(module).keys(), ...conditions]);
  return {
    element: type.oneOf !== undefined && !isGiven(module, type),
    lead: type.lead !== undefined && !leads.includes(type.lead),
    dims: type.dims.map((dim) => [...dim.symbols()].some((name) => !settled.has(name))),
  };
}

/** An element type that an input has too is that input's. */
function isGiven(module: ModuleDeclaration, { oneOf }: TensorType): boolean {
  return [...module.inputs.values()].some(({ parsed }) => parsed.type?.oneOf?.name === oneOf?.name);
}
