import { askerOf, entryFor } from '../versions/lock/lock';
import { type Choice, choicesOf } from '../versions/resolution/choices';
import { type Analysis, listed, type Rule } from './rule';

export const lockStale: Rule = {
  id: 'lock-stale',
  group: 'versions',
  severity: 'warning',
  summary: '`brique.lock` does not say which published versions are taken here.',
  why: 'Whoever builds this elsewhere should get the same versions. What is not locked, or no longer fits what is locked, is chosen anew wherever it is built.',
  check(analysis, report) {
    const { resolution, source, declaration } = analysis;
    const lock = resolution?.lock;
    const [first] = resolution?.requests ?? [];
    if (!resolution || !lock || !first || source.origin !== 'workspace') return;
    const name = declaration?.name?.value;
    if ('problem' in lock) {
      const { line, message } = lock.problem;
      report({
        range: first.reference.nameRange,
        message: `\`brique.lock\` cannot be read: at line ${line}, ${message}`,
        help: 'run `brique lock`, which puts together what can still be read',
      });
    } else if (name !== undefined && !resolution.conflict) {
      const missing = unlocked(analysis, name);
      const [{ request = first } = {}] = missing;
      if (missing.length === 0) return;
      report({
        range: request.reference.versionRangeAt ?? request.reference.nameRange,
        message: `\`brique.lock\` does not have ${listed(missing.map(({ version }) => version))} for this ${declaration?.kind === 'model' ? 'composition' : 'brick'}${insteadOf(analysis, missing)}`,
        help: 'run `brique lock`',
      });
    }
  },
};

/** What was locked for the first one, and why it is not taken. */
function insteadOf({ resolution, catalogue }: Analysis, [first]: Unlocked[]): string {
  const locked = first && resolution?.preferences.locked?.get(first.slot);
  if (!first || locked === undefined || locked === first.published.version) return '';
  const { name } = first.published;
  const isThere = catalogue.published(name).versions.some(({ version }) => version === locked);
  return `; it has ${locked}, which ${isThere ? 'no longer fits' : 'is in no registry any more'}`;
}

type Unlocked = Choice & { version: string };

function unlocked({ resolution, catalogue }: Analysis, file: string): Unlocked[] {
  const read = resolution!.lock!;
  if (!('lock' in read)) return [];
  return choicesOf(resolution!, catalogue).flatMap((choice) => {
    const { slot, published } = choice;
    const entry = entryFor(read.lock, published.name, published.version);
    const asker = askerOf(file, slot.split(' as ')[1]);
    const isLocked = [...(entry?.asked.keys() ?? [])].some(
      (each) => each === asker || each.startsWith(`${asker} > `),
    );
    return isLocked ? [] : [{ ...choice, version: `${published.name} ${published.version}` }];
  });
}
