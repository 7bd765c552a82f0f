import { dtypes } from '../types/type';
import { type Rule, replace } from './rule';

const bare = new RegExp(
  `([{,]\\s*["']?[\\w-]+["']?\\s*:\\s+)((?:${dtypes.join('|')})\\[[^\\]"'\\n{}]*\\])`,
  'g',
);

/** YAML ends a bare value at a comma or bracket inside `{ … }`, so the type falls apart before anyone can read it. */
export const typeNeedsQuotes: Rule = {
  id: 'type-needs-quotes',
  severity: 'error',
  aboutText: true,
  summary: 'A type without quotes inside `{ … }`.',
  why: 'Commas and brackets mean something else to YAML there. In block style a type needs no quotes.',
  check(analysis, report) {
    const { text } = analysis.source;
    for (const match of text.matchAll(bare)) {
      const start = match.index + match[1]!.length;
      if (!insideFlowMap(text, match.index)) continue;
      const type = match[2]!;
      const range = { start, end: start + type.length };
      report({
        range,
        message: `Inside \`{ … }\` the type \`${type}\` must be in quotes`,
        propose: () => [replace(analysis, range, `"${type}"`, 'Put the type in quotes', true)],
      });
    }
  },
};

/** Whether the line has an open brace before this place, and no comment has begun. */
function insideFlowMap(text: string, at: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', at - 1) + 1, at + 1);
  return !/(^|\s)#/.test(line) && line.includes('{');
}
