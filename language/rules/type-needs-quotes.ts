import { givenRules } from '../inference/example';
import type { Range } from '../syntax/tree';
import { dtypes } from '../types/type';
import { type Rule, replace } from './rule';

const bare = new RegExp(
  `([{,]\\s*["']?[\\w-]+["']?\\s*:\\s+)((?:${[...dtypes, ...givenRules].join('|')})\\[[^\\]"'\\n{}]*\\])`,
  'g',
);

/** YAML ends a bare value at a comma or bracket inside `{ … }`, so the type falls apart before anyone can read it. */
export const typeNeedsQuotes: Rule = {
  id: 'type-needs-quotes',
  group: 'syntax',
  severity: 'error',
  aboutText: true,
  summary: 'A type, or a value like `random[2, 3]`, without quotes inside `{ … }`.',
  why: 'Commas and brackets mean something else to YAML there. In block style no quotes are needed.',
  check(analysis, report) {
    for (const range of bareTypes(analysis.source.text)) {
      const written = analysis.source.text.slice(range.start, range.end);
      const what = givenRules.some((rule) => written.startsWith(`${rule}[`)) ? 'value' : 'type';
      report({
        range,
        message: `Inside \`{ … }\` the ${what} \`${written}\` must be in quotes`,
        propose: () => [replace(analysis, range, `"${written}"`, `Put the ${what} in quotes`, true)],
      });
    }
  },
};

export function bareTypes(text: string): Range[] {
  return [...text.matchAll(bare)]
    .filter((match) => insideFlowMap(text, match.index))
    .map((match) => {
      const start = match.index + match[1]!.length;
      return { start, end: start + match[2]!.length };
    });
}

/** Whether the line has an open brace before this place, and no comment has begun. */
function insideFlowMap(text: string, at: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', at - 1) + 1, at + 1);
  return !/(^|\s)#/.test(line) && line.includes('{');
}
