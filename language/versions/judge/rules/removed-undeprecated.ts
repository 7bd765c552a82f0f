import type { ChangeRule } from '../change';
import { membersOf } from '../members';
import { placeOf } from '../places';

export const removedUndeprecated: ChangeRule = {
  id: 'removed-undeprecated',
  summary: 'Something is gone that no published version advised against.',
  why: 'Users hear of it when it breaks them. With `deprecated:` in a version before, they hear of it while it still works.',
  find({ old, next }) {
    const left = new Set(membersOf(next).map(({ section, name }) => `${section} ${name}`));
    return membersOf(old)
      .filter(({ section, name, deprecated }) => !deprecated && !left.has(`${section} ${name}`))
      .map(({ section, name, kind, surface, said }) => ({
        subject: { kind, name },
        surface,
        bump: 'major',
        message: `${said} \`${name}\` is gone without having been deprecated`,
        silent: () => ({
          surface,
          bump: 'major',
          evidence: `${old.module.version?.value ?? 'the version before'} says nothing against it`,
        }),
        old: placeOf(old, [section, name]),
        next: placeOf(next, [section]),
      }));
  },
};
