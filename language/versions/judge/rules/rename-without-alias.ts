import { renamesOf } from '../../../names/renames';
import type { Candidate, ChangeRule } from '../change';
import { inserted, placeOf } from '../places';

export const renameWithoutAlias: ChangeRule = {
  id: 'rename-without-alias',
  summary: 'Something seems to have got another name, and `renames` does not say so.',
  why: 'With `renames` users may keep to the old name, and are told of the new one.',
  find({ old, next }) {
    const said = new Set(renamesOf(next.module).map(({ from }) => from));
    return (['inputs', 'outputs', 'params'] as const).flatMap((section): Candidate[] => {
      const [before, after] = [old.module[section], next.module[section]];
      const typeOf = (item: { text?: string; type?: string }) => item.text ?? item.type;
      const gone = [...before.values()].filter(({ name }) => !after.has(name) && !said.has(name));
      return gone.flatMap((item): Candidate[] => {
        const heirs = [...after.values()].filter(
          (one) => !before.has(one.name) && typeOf(one) === typeOf(item),
        );
        const rivals = gone.filter((one) => typeOf(one) === typeOf(item));
        if (heirs.length !== 1 || rivals.length !== 1) return [];
        const heir = heirs[0]!.name;
        return [
          {
            subject: {
              kind: section === 'params' ? 'param' : section === 'inputs' ? 'input' : 'output',
              name: item.name,
            },
            surface: 'call',
            bump: 'patch',
            message: `\`${item.name}\` seems to be called \`${heir}\` now`,
            old: placeOf(old, [section, item.name]),
            next: placeOf(next, [section, heir]),
            fixes: () => [
              {
                title: `Say that \`${item.name}\` is now \`${heir}\``,
                edits: inserted(next, ['renames', item.name], heir),
              },
            ],
          },
        ];
      });
    });
  },
};
