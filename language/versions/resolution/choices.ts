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

/** What was taken from registries, by slot. */
export function choicesOf({ versions, requests, universe }: Resolution, names: Names): Choice[] {
  return [...versions].sort().flatMap(([slot, version]): Choice[] => {
    const isLocal = universe.releases(slot)?.some((each) => each.local && each.version === version);
    const published = names.published(brickIn(slot)).versions.find((each) => each.version === version);
    if (isLocal || !published) return [];
    const request =
      requests.find(({ name }) => name === slot) ?? requests.find((each) => leadsTo(each, slot));
    return [{ slot, published, request }];
  });

  function leadsTo({ name }: PlacedRequest, slot: string): boolean {
    const seen = new Set<string>();
    const open = [name];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (next === slot) return true;
      if (seen.has(next)) continue;
      seen.add(next);
      const release = universe.releases(next)?.find(({ version }) => version === versions.get(next));
      for (const required of release?.requires ?? []) open.push(required.name);
    }
    return false;
  }
}
