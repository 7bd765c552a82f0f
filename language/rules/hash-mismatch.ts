import { entryFor } from '../versions/lock/lock';
import { takenBy } from '../versions/lock/taken';
import type { Rule } from './rule';

export const hashMismatch: Rule = {
  id: 'hash-mismatch',
  group: 'versions',
  severity: 'error',
  summary: 'A published version that is not the one that was locked.',
  why: 'The lock keeps the hash of what was tried. Another content under the same number may do anything; somebody should look before it is used.',
  check(analysis, report) {
    if (analysis.source.origin !== 'workspace') return;
    const taken = takenBy(analysis);
    const read = taken.length > 0 ? analysis.lock() : undefined;
    if (!read || !('lock' in read)) return;
    for (const { published, request } of taken) {
      const { name, version, hash, registry } = published;
      const locked = entryFor(read.lock, name, version);
      if (!request || !locked || locked.hash === hash) continue;
      report({
        range: request.reference.nameRange,
        message: `\`${name} ${version}\` in ${registry} is not what \`brique.lock\` has: ${hash.slice(0, 12)}…, not ${locked.hash.slice(0, 12)}…`,
        help: `put the locked one back, or run \`brique lock --update ${name}\` to take this one`,
      });
    }
  },
};
