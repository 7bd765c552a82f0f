import { asText, get, itemsOf } from '../../../syntax/path';
import type { ChangeRule } from '../change';
import { place, placeOf } from '../places';

export const reservedNameReused: ChangeRule = {
  id: 'reserved-name-reused',
  summary: 'A name that was not to come back has come back.',
  why: 'Files that were written for an earlier version are understood again, and mean something else.',
  find({ old, next }) {
    return itemsOf(get(old.module.root, 'reserved')).flatMap((item) => {
      const name = asText(item);
      if (name === undefined) return [];
      return (['inputs', 'outputs', 'params'] as const)
        .filter((section) => next.module[section].has(name) && !old.module[section].has(name))
        .map((section) => ({
          subject: { kind: section === 'params' ? 'param' : section === 'inputs' ? 'input' : 'output', name },
          surface: 'call',
          bump: 'major',
          evidence: `\`reserved\` of ${old.module.version?.value ?? 'the version before'} says that it does not come back`,
          message: `\`${name}\` was reserved, and is back among the ${section}`,
          old: place(old, item.range),
          next: placeOf(next, [section, name]),
        }));
    });
  },
};
