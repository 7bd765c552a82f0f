/** The bricks and datasets that a file names, with what each name led to. */
import type { ModelInference } from '../inference/model';
import type { Lookup, Names } from '../names/catalogue';
import type { ModelDeclaration, Step } from '../names/declarations';
import type { BrickReference } from '../names/reference';
import type { Analysis } from './rule';

export interface NamedBrick {
  kind: 'module' | 'dataset' | 'model';
  reference: BrickReference;
  lookup: Lookup<'module'> | Lookup<'dataset'> | Lookup<'model'>;
}

/** Several rules ask. Every analysis has its own catalogue, and is made anew when one of the names leads elsewhere. */
const known = new WeakMap<Names, readonly NamedBrick[]>();

export function namedBricks({ inference, declaration, catalogue }: Analysis): readonly NamedBrick[] {
  // Looked at each time: it is what each rule that asks rests on.
  const naming = {
    base: declaration?.kind === 'model' ? declaration.base : undefined,
    modules: Array.from(inference?.graph.steps.values() ?? [], ({ step }) => step.module),
    data: inference?.kind === 'model' ? inference.data : undefined,
    plugs: inference?.kind === 'model' ? inference.model.plugs : undefined,
  };
  let named = known.get(catalogue);
  if (!named) {
    named = findNamed(naming, catalogue);
    known.set(catalogue, named);
  }
  return named;
}

interface Naming {
  base: ModelDeclaration['base'];
  modules: readonly Step['module'][];
  data: ModelInference['data'] | undefined;
  plugs: ModelDeclaration['plugs'] | undefined;
}

/** Files behind this one, however deep, of which nobody can tell what they offer. */
export function unreadableBehind(file: string, analyse: (file: string) => Analysis | undefined): string[] {
  const seen = new Set<string>();
  const unreadable = new Set<string>();
  const visit = (each: string) => {
    if (seen.has(each)) return;
    seen.add(each);
    const analysis = analyse(each);
    for (const { lookup } of analysis ? namedBricks(analysis) : []) {
      if (lookup.status === 'unreadable') unreadable.add(lookup.source.file);
      else if (lookup.status === 'found') visit(lookup.source.file);
    }
  };
  visit(file);
  return [...unreadable];
}

function findNamed({ base, modules, data, plugs }: Naming, catalogue: Names): NamedBrick[] {
  const found: NamedBrick[] = [];
  if (base) {
    const { reference } = base;
    found.push({ kind: 'model', reference, lookup: catalogue.find('model', reference) });
  }
  for (const module of modules) if (module) found.push(moduleNamed(module.reference));
  for (const { data: item, lookup } of data?.values() ?? []) {
    found.push({ kind: 'dataset', reference: item.dataset.reference, lookup });
  }
  for (const plug of plugs?.values() ?? []) if (plug.module) found.push(moduleNamed(plug.module.reference));
  return found;

  function moduleNamed(reference: BrickReference): NamedBrick {
    return { kind: 'module', reference, lookup: catalogue.find('module', reference) };
  }
}
