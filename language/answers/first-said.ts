/** Which of the places that say something is its declaration. */
import type { ModuleDeclaration } from '../names/declarations';
import type { Analysis } from '../rules/rule';
import type { Location } from './answers';

/** What a composition lays over something inherited is declared where it is first said; undefined where that is here. */
export function firstSaid(
  { declaration, catalogue }: Analysis,
  section: 'data' | 'parts' | 'tasks',
  name: string,
): Location | undefined {
  let found: Location | undefined;
  const seen = new Set<string>();
  let model = declaration?.kind === 'model' ? declaration : undefined;
  while (model?.base && !seen.has(model.file)) {
    seen.add(model.file);
    const lookup = catalogue.find('model', model.base.reference);
    model = lookup.status === 'found' ? lookup.declaration : undefined;
    const said = model?.[section].get(name);
    if (model && said) found = { file: model.file, range: said.key };
  }
  return found;
}

/** A size is declared where it first stands. */
export function firstUse({ file, inputs, outputs }: ModuleDeclaration, name: string): Location | undefined {
  for (const { range, parsed } of [...inputs.values(), ...outputs.values()]) {
    const use = parsed.names.find((candidate) => candidate.name === name);
    if (use) return { file, range: { start: range.start + use.start, end: range.start + use.end } };
  }
  return undefined;
}
