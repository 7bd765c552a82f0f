import type { BrickReference } from '../names/reference';
import type { Range } from '../syntax/tree';
import { deprecatedUses, formerUses } from './deprecated-members';
import { namedBricks } from './references';
import { type Analysis, type FixProposal, type Report, type Rule, replace } from './rule';

export const usesDeprecated: Rule = {
  id: 'uses-deprecated',
  group: 'versions',
  severity: 'warning',
  summary: 'A brick, or a port, param or extension point of one, whose author advises against it.',
  why: 'It may get no more versions, or be gone in the next; its manifest says what to use instead.',
  check(analysis, report) {
    for (const { reference, lookup } of namedBricks(analysis)) {
      if (lookup.status !== 'found') continue;
      const said = lookup.published?.deprecated;
      if (said) {
        const advice = [said.message, said.replacement && `use ${said.replacement}`];
        const text = advice.filter(Boolean).join('; ');
        report({
          range: reference.nameRange,
          message: `\`${reference.name}\` ${lookup.published?.version} is deprecated${text === '' ? '' : `: ${text}`}`,
          tags: ['deprecated'],
          propose: () => replacements(reference, text, analysis),
        });
        continue;
      }
      if (lookup.declaration.kind !== 'module') continue;
      const { deprecated } = lookup.declaration;
      if (!deprecated) continue;
      report({
        range: reference.nameRange,
        message: `\`${reference.name}\` is deprecated: ${deprecated.value}`,
        tags: ['deprecated'],
        propose: () => replacements(reference, deprecated.value, analysis),
        related: [{ file: lookup.source.file, range: deprecated.range, message: 'deprecated here' }],
      });
    }
    reportFormer(analysis, report);
    for (const { what, member, module, range, others } of deprecatedUses(analysis)) {
      const { name, deprecated } = member;
      const words = new Set(deprecated.value.match(/\w+/g));
      report({
        range,
        severity: 'hint',
        message: `The ${what} \`${name}\` of \`${module.name?.value}\` is deprecated: ${deprecated.value}`,
        tags: ['deprecated'],
        propose: () =>
          [...others]
            .filter((other) => other !== name && words.has(other) && textAt(analysis, range) === name)
            .map((other) => replace(analysis, range, other, `Use \`${other}\``)),
        related: [{ file: module.file, range: deprecated.range, message: 'deprecated here' }],
      });
    }
  },
};

function reportFormer(analysis: Analysis, report: (found: Report) => void): void {
  for (const { what, former, current, module, range } of formerUses(analysis))
    report({
      range,
      severity: 'hint',
      message: `The ${what} \`${former}\` of \`${module.name?.value}\` is called \`${current}\` now`,
      tags: ['deprecated'],
      propose: () =>
        textAt(analysis, range) === former
          ? [replace(analysis, range, current, `Change to \`${current}\``, true)]
          : [],
    });
}

function textAt({ source: { text } }: Analysis, { start, end }: Range): string {
  return text.slice(start, end);
}

/** The bricks that the advice names. Tried like every fix, so their ports fit. */
function replacements(
  { name, nameRange, versionRangeAt }: BrickReference,
  advice: string,
  analysis: Analysis,
): FixProposal[] {
  const words = new Set(advice.match(/[a-z0-9]+(?:[-/][a-z0-9]+)*/g));
  return [...words].flatMap((word) => {
    const found = word === name ? undefined : analysis.catalogue.find('module', { name: word, nameRange });
    if (found?.status !== 'found' || !found.declaration.version) return [];
    const text = `${word}@^${found.declaration.version.value}`;
    const range = { start: nameRange.start, end: versionRangeAt?.end ?? nameRange.end };
    return [replace(analysis, range, text, `Use \`${text}\``, true)];
  });
}
