import type { ModuleDeclaration } from '../names/declarations';
import { insertAt, insertEntry } from '../syntax/edits';
import { asMap, entryOf, get } from '../syntax/path';
import { writeScalar } from '../syntax/scalar';
import { type Analysis, edit, type FixProposal, listed, type Rule } from './rule';

/** What nobody who reuses a brick should have to guess. */
const sections = ['intended_use', 'limitations'];

export const cardMissing: Rule = {
  id: 'card-missing',
  group: 'governance',
  severity: 'hint',
  summary: 'A brick without a card, or a card without what matters most.',
  why: 'Whoever reuses it should know what it is for, what it was trained on and where it fails.',
  check(analysis, report) {
    const { declaration } = analysis;
    if (declaration?.kind !== 'module' || !declaration.name) return;
    const card = entryOf(declaration.root, 'card');
    const missing = sections.filter((section) => !get(card?.value, section));
    if (missing.length === 0) return;
    report({
      range: declaration.hasCard && card ? card.key.range : declaration.name.range,
      message: declaration.hasCard
        ? `The card does not say ${listed(missing)}`
        : `\`${declaration.name.value}\` has no card; say its intended use and limitations under \`card:\``,
      propose: () => scaffold(declaration, missing, analysis),
    });
  },
};

/** Text to be made better by the author. */
function scaffold(module: ModuleDeclaration, missing: string[], analysis: Analysis): FixProposal[] {
  const { tree } = analysis.source;
  const texts: Record<string, string> = {
    intended_use: module.summary ?? `What ${module.name?.value} is for.`,
    limitations: 'Not known yet.',
  };
  const card = asMap(get(module.root, 'card'));
  const lines = missing.map((section) => `${section}: ${writeScalar(texts[section]!, false)}`);
  if (!card || card.entries.length === 0) {
    const inserted = insertAt(tree, [], 'card', `\n${lines.join('\n')}`);
    return inserted && !entryOf(module.root, 'card')
      ? [edit(analysis, inserted, 'Add a card to fill in')]
      : [];
  }
  const [first] = missing;
  const value = writeScalar(texts[first!]!, card.flow);
  return missing.length === 1
    ? [edit(analysis, insertEntry(tree, card, first!, value), `Add \`${first}\` to fill in`)]
    : [];
}
