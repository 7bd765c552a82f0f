import { entryFor, type Lock } from '../versions/lock/lock';
import { type Taken, takenBy } from '../versions/lock/taken';
import { type Analysis, listed, type Rule } from './rule';

export const lockStale: Rule = {
  id: 'lock-stale',
  group: 'versions',
  severity: 'warning',
  summary: '`brique.lock` does not say which published versions are taken here.',
  why: 'Whoever builds this elsewhere should get the same versions. What is not locked, or no longer fits what is locked, is chosen anew wherever it is built.',
  check(analysis, report) {
    const { resolution, source, declaration } = analysis;
    if (source.origin !== 'workspace' || resolution?.conflict) return;
    const taken = takenBy(analysis);
    const first = taken.find(({ request }) => request)?.request;
    const read = first && analysis.lock();
    if (!read) return;
    if ('problem' in read) {
      const { line, message, isLater } = read.problem;
      report({
        range: first.reference.nameRange,
        message: `\`brique.lock\` cannot be read: at line ${line}, ${message}`,
        help: isLater
          ? 'update Brique, or delete the file and run `brique lock`'
          : 'run `brique lock`, which puts together what can still be read',
      });
      return;
    }
    const missing = taken.filter((each) => !isLocked(each, read.lock));
    if (declaration?.name === undefined || missing.length === 0) return;
    const { reference } = missing[0]!.request ?? first;
    const names = missing.map(({ published: { name, version } }) => `${name} ${version}`);
    report({
      range: reference.versionRangeAt ?? reference.nameRange,
      message: `\`brique.lock\` does not have ${listed(names)} for this ${declaration.kind === 'model' ? 'composition' : 'brick'}${insteadOf(analysis, missing[0]!)}`,
      help: 'run `brique lock`',
    });
  },
};

function isLocked({ published: { name, version }, askers }: Taken, lock: Lock): boolean {
  const locked = [...(entryFor(lock, name, version)?.asked.keys() ?? [])].map(fileOf);
  return askers.some(([asker]) => locked.includes(fileOf(asker)));
}

/** The file that asks, whatever of it asks. */
function fileOf(asker: string): string {
  return asker.split(' > ', 1)[0]!;
}

/** What was locked for it, and why it is not taken. */
function insteadOf({ resolution, catalogue }: Analysis, { slot, published }: Taken): string {
  const locked = resolution?.preferences.locked?.get(slot);
  if (locked === undefined || locked === published.version) return '';
  const isThere = catalogue.published(published.name).versions.some(({ version }) => version === locked);
  return `; it has ${locked}, which ${isThere ? 'no longer fits' : 'is in no registry any more'}`;
}
