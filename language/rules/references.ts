/** The bricks and datasets that a file names, with what each name led to. */
import type { Lookup } from '../names/catalogue';
import type { BrickReference } from '../names/reference';
import type { Analysis } from './rule';

export interface NamedBrick {
  kind: 'module' | 'dataset' | 'model';
  reference: BrickReference;
  lookup: Lookup<'module'> | Lookup<'dataset'> | Lookup<'model'>;
}

/** Several rules ask; an analysis is made anew when one of the names leads elsewhere. */
const known = new WeakMap<Analysis, readonly NamedBrick[]>();

export function namedBricks(analysis: Analysis): readonly NamedBrick[] {
  let named = known.get(analysis);
  if (!named) {
    named = findNamed(analysis);
    known.set(analysis, named);
  }
  return named;
}

function findNamed({ inference, declaration, catalogue }: Analysis): NamedBrick[] {
  const found: NamedBrick[] = [];
  if (declaration?.kind === 'model' && declaration.base) {
    const { reference } = declaration.base;
    found.push({ kind: 'model', reference, lookup: catalogue.find('model', reference) });
  }
  for (const { step } of inference?.graph.steps.values() ?? []) {
    if (step.module) found.push(moduleNamed(step.module.reference));
  }
  if (inference?.kind === 'model') {
    for (const { data, lookup } of inference.data.values()) {
      found.push({ kind: 'dataset', reference: data.dataset.reference, lookup });
    }
    for (const plug of inference.model.plugs.values())
      if (plug.module) found.push(moduleNamed(plug.module.reference));
  }
  return found;

  function moduleNamed(reference: BrickReference): NamedBrick {
    return { kind: 'module', reference, lookup: catalogue.find('module', reference) };
  }
}
