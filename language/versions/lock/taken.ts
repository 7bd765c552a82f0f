/** All that a file takes from registries, with who asks for it. */
import { isPretrained, shippedBy } from '../../inference/pretrained';
import { brickIn, slotOf } from '../../names/reference';
import { type Analysis, hasFile } from '../../rules/rule';
import { type Choice, choicesOf } from '../resolution/choices';
import type { Resolution } from '../resolution/resolve';
import { askerOf } from './lock';

export interface Taken extends Choice {
  /** With their ranges. */
  askers: readonly [string, string][];
}

type Taking = Pick<Analysis, 'declaration' | 'resolution' | 'inference' | 'catalogue' | 'host'>;

/** Versions that were chosen, bases, and versions of which a source of the workspace takes the weights. */
export function takenBy(analysis: Taking): readonly Taken[] {
  const { declaration, resolution, catalogue } = analysis;
  const file = declaration?.name?.value ?? '';
  const chosen = resolution ? choicesOf(resolution, catalogue) : [];
  const all = chosen.map(
    (choice): Taken => ({ ...choice, askers: askersOf(file, resolution!, choice.slot) }),
  );
  for (const taken of weightsTaken(file, analysis)) {
    const isKnown = all.some(({ published }) => published === taken.published);
    if (!isKnown) all.push(taken);
  }
  return all;
}

/** The file itself, and whatever it is made of that asks for the same. */
function askersOf(
  file: string,
  { requests, universe, versions, bases }: Resolution,
  slot: string,
): [string, string][] {
  const base = bases.find(({ published }) => published.name === slot);
  if (base) return [[askerOf(file, undefined, base.through), base.request.range]];
  const own = requests.filter(({ name }) => name === slot);
  const ranges = [...new Set(own.map(({ range }) => range))].sort().join(', ');
  const found: [string, string][] = own.length > 0 ? [[askerOf(file, own[0]!.reference.slot), ranges]] : [];
  for (const [other, version] of versions) {
    const release = universe.releases(other)?.find((each) => each.version === version);
    for (const { name, range } of release?.requires ?? [])
      if (name === slot) found.push([askerOf(file, undefined, `${brickIn(other)}@${version}`), range]);
  }
  return found;
}

/** A source that ships nothing beside itself has the weights of the version that was published of it. */
function weightsTaken(file: string, { inference, catalogue, host }: Taking): Taken[] {
  if (inference?.kind !== 'model') return [];
  const has = hasFile(host);
  const taken = new Map<string, Taken>();
  for (const inferred of [...inference.graph.steps.values(), ...inference.plugs.values()]) {
    const { step, target } = inferred;
    const reference = step.module?.reference;
    if (target.kind !== 'module' || !reference || !isPretrained(inferred)) continue;
    const shipped = shippedBy(target.module, { names: catalogue, has });
    if (shipped?.from !== 'file' || !shipped.published) continue;
    const { name, version } = shipped.published;
    const release = catalogue.release('module', name, version);
    if (!release) continue;
    const slot = slotOf(reference);
    const range = reference.versionRange ?? '*';
    const id = `${name}@${version}`;
    const known = taken.get(id);
    taken.set(id, {
      ...{ slot, published: release.published },
      request: known?.request ?? { name: slot, range, asker: '', reference },
      askers: [...(known?.askers ?? []), [askerOf(file, reference.slot), range]],
    });
  }
  return [...taken.values()];
}
