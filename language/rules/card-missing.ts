import type { Rule } from './rule';

export const cardMissing: Rule = {
  id: 'card-missing',
  group: 'governance',
  severity: 'hint',
  summary: 'A brick without a card.',
  why: 'Whoever reuses it should know what it is for, what it was trained on and where it fails.',
  check({ declaration }, report) {
    if (declaration?.kind !== 'module' || declaration.hasCard || !declaration.name) return;
    report({
      range: declaration.name.range,
      message: `\`${declaration.name.value}\` has no card; say its intended use and limitations under \`card:\``,
    });
  },
};
