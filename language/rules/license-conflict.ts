import { namedBricks } from './references';
import type { Rule } from './rule';

/** What using something under a licence asks of what is made with it. Names are not all SPDX, so this is small. */
const terms: Record<string, 'free' | 'share-alike' | 'non-commercial' | 'no-derivatives'> = {
  mit: 'free',
  'mit-0': 'free',
  'apache-2.0': 'free',
  'bsd-2-clause': 'free',
  'bsd-3-clause': 'free',
  isc: 'free',
  unlicense: 'free',
  'cc0-1.0': 'free',
  'cc-by-4.0': 'free',
  'cc-by-3.0': 'free',
  'odc-by-1.0': 'free',
  'pddl-1.0': 'free',
  'cc-by-sa-4.0': 'share-alike',
  'cc-by-sa-3.0': 'share-alike',
  'odbl-1.0': 'share-alike',
  'gpl-2.0': 'share-alike',
  'gpl-3.0': 'share-alike',
  'gpl-3.0-only': 'share-alike',
  'gpl-3.0-or-later': 'share-alike',
  'agpl-3.0': 'share-alike',
  'agpl-3.0-only': 'share-alike',
  'cc-by-nc-4.0': 'non-commercial',
  'cc-by-nc-sa-4.0': 'non-commercial',
  'cc-by-nd-4.0': 'no-derivatives',
  'cc-by-nc-nd-4.0': 'no-derivatives',
};

const asks = {
  'share-alike': 'asks for the same licence',
  'non-commercial': 'allows no commercial use',
  'no-derivatives': 'allows nothing to be made from it',
};

export const licenseConflict: Rule = {
  id: 'license-conflict',
  group: 'governance',
  severity: 'warning',
  summary: 'A licence that does not carry the terms of what it is made of.',
  why: 'Who takes the whole believes its licence, and does not see the terms of a part. This is a reminder, no legal advice.',
  check(analysis, report) {
    const own = analysis.declaration?.license;
    if (!own) return;
    const seen = new Set<string>();
    for (const { reference, lookup } of namedBricks(analysis)) {
      const theirs = lookup.status === 'found' ? lookup.declaration.license : undefined;
      if (lookup.status !== 'found' || !theirs || seen.has(reference.name)) continue;
      if (theirs.value.toLowerCase() === own.value.toLowerCase()) continue;
      const term = terms[theirs.value.toLowerCase()];
      if (term === 'free') continue;
      seen.add(reference.name);
      report({
        range: reference.nameRange,
        severity: term ? 'warning' : 'information',
        message: term
          ? `\`${reference.name}\` is ${theirs.value}, which ${asks[term]}; this is ${own.value}`
          : `Look at the terms of \`${reference.name}\`: ${theirs.value} is not known here, and this is ${own.value}`,
        related: [{ file: lookup.source.file, range: theirs.range, message: 'its licence' }],
      });
    }
  },
};
