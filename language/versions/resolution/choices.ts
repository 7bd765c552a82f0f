import type { Names } from '../../names/catalogue';
import type { PublishedVersion } from '../../names/published';
import { brickIn } from '../../names/reference';
import type { PlacedRequest } from './requests';
import type { Resolution } from './resolve';

/** A published version that was chosen. */
export interface Choice {
  slot: string;
  published: PublishedVersion;
  /** Where the file asks for it: for itself, or else for what it is part of. */
  request: PlacedRequest | undefined;
}

/** Several rules ask. */
const known = new WeakMap<Resolution, Choice[]>();

/** What was taken from registries, by slot. */
export function choicesOf(resolution: Resolution, names: Names): readonly Choice[] {
  let choices = known.get(resolution);
  if (!choices) {
    choices = findChoices(resolution, names);
    known.set(resolution, choices);
  }
  return choices;
}

function findChoices(resolution: Resolution, names: Names): Choice[] {
  const { versions, universe, bases } = resolution;
  const leading = leadingTo(resolution);
  const chosen = [...versions].sort().flatMap(([slot, version]): Choice[] => {
    const isLocal = universe.releases(slot)?.some((each) => each.local && each.version === version);
    const published = names.published(brickIn(slot)).versions.find((each) => each.version === version);
    return isLocal || !published ? [] : [{ slot, published, request: leading.get(slot) }];
  });
  return [
    ...bases.map(({ published, request }) => ({ slot: published.name, published, request })),
    ...chosen,
  ];
}

/** Of each slot the first request that leads to it, the nearest first. */
function leadingTo({ requests, universe, versions }: Resolution): Map<string, PlacedRequest> {
  const leading = new Map<string, PlacedRequest>();
  for (const request of requests) if (!leading.has(request.name)) leading.set(request.name, request);
  // Grows while it is gone through.
  for (const [slot, request] of leading) {
    const release = universe.releases(slot)?.find(({ version }) => version === versions.get(slot));
    for (const { name } of release?.requires ?? []) if (!leading.has(name)) leading.set(name, request);
  }
  return leading;
}
