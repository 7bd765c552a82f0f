import type { Candidate, ChangeRule } from '../change';
import { membersOf } from '../members';
import { placeOf } from '../places';

export const newlyDeprecated: ChangeRule = {
  id: 'newly-deprecated',
  summary: 'The brick, or something of it, is advised against.',
  why: 'Everything works as before, and its users are told that it may go.',
  find({ old, next }) {
    const before = new Map(membersOf(old).map((member) => [`${member.section} ${member.name}`, member]));
    const members = membersOf(next).flatMap(
      ({ section, name, kind, surface, said, deprecated }): Candidate[] => {
        const was = before.get(`${section} ${name}`);
        if (!was || was.deprecated || !deprecated) return [];
        return [
          {
            subject: { kind, name },
            surface,
            bump: 'minor',
            message: `${said} \`${name}\` is deprecated: ${deprecated.value}`,
            old: placeOf(old, [section, name]),
            next: placeOf(next, [section, name, 'deprecated']),
          },
        ];
      },
    );
    const { deprecated } = next.module;
    if (!deprecated || old.module.deprecated) return members;
    return [
      {
        subject: { kind: 'brick', name: 'deprecated' },
        surface: 'call',
        bump: 'minor',
        message: `The brick is deprecated: ${deprecated.value}`,
        old: placeOf(old, ['version']),
        next: placeOf(next, ['deprecated']),
      },
      ...members,
    ];
  },
};
