import type { YAMLParseError } from 'yaml';
import type { TreeBuilder } from './builder';
import { contains } from './ranges';
import { lineEnd, lineStart, trimEnd, wholeCharacters } from './scan';
import type { Range } from './tree';

/** One slip makes a parser complain many times over; more than this helps nobody. */
const MOST = 5;

/** Says what is wrong in our words: one problem a line, the first ones only. */
export function reportErrors(builder: TreeBuilder, errors: YAMLParseError[], shift: number): void {
  const lines = new Set<number>();
  let last: Range = { start: -1, end: -1 };
  for (const error of errors) {
    const [start, end] = [error.pos[0] + shift, error.pos[1] + shift];
    // A long line can hold thousands.
    if (contains(last, { start, end: start })) continue;
    const line = lineStart(builder.text, start);
    if (lines.has(line)) continue;
    if (lines.size === MOST) return;
    lines.add(line);
    last = { start: line, end: lineEnd(builder.text, start) };
    const found = wholeCharacters(builder.text, { start, end: Math.max(end, start + 1) });
    const message = describe(error, builder.text.slice(found.start, found.end));
    const range = message.startsWith('The closing')
      ? lastBefore(builder.text, start)
      : within(builder.text, start, end);
    builder.problem(range.start, range.end, message);
  }
}

/** What is not there is missing after the last thing that is. */
function lastBefore(text: string, offset: number): Range {
  const end = trimEnd(text, 0, offset);
  return { start: Math.max(0, end - 1), end };
}

/** At least one character, at most to the end of the line. */
function within(text: string, start: number, end: number): Range {
  return { start, end: Math.max(start, Math.min(Math.max(end, start + 1), lineEnd(text, start))) };
}

function describe(error: YAMLParseError, text: string): string {
  const found = [...text.split(/[\r\n]/)[0]!].slice(0, 30).join('');
  switch (error.code) {
    case 'MISSING_CHAR':
      return missing(error.message) ?? 'Something is missing here';
    case 'TAB_AS_INDENT':
      return 'Lines are indented with spaces, not tabs';
    case 'BAD_INDENT':
      return missing(error.message) ?? 'This line is not indented like the lines around it';
    case 'BAD_SCALAR_START':
      return `A value that starts with \`${[...found][0] ?? ''}\` needs quotes`;
    case 'BLOCK_AS_IMPLICIT_KEY':
      return 'A value cannot hold a second `key:` on the same line; put it on its own line, or in quotes';
    case 'MULTILINE_IMPLICIT_KEY':
      return 'A colon is missing after this key';
    case 'BLOCK_IN_FLOW':
      return /^[\w-]+ \w+:/.test(found)
        ? `A comma is missing before \`${/^[\w-]+ (\w+):/.exec(found)![1]}\``
        : 'Inside brackets, entries are separated by commas, not by lines and dashes';
    case 'BAD_DQ_ESCAPE':
      return 'This escape means nothing in double quotes; use single quotes, or double the backslash';
    case 'MULTIPLE_DOCS':
      return 'A file holds one document';
    case 'MULTIPLE_ANCHORS':
      return 'A value has at most one anchor';
    case 'MULTIPLE_TAGS':
      return 'A value has at most one tag';
    case 'KEY_OVER_1024_CHARS':
      return 'A key has at most 1024 characters';
    case 'UNEXPECTED_TOKEN':
      return `Unexpected \`${found}\``;
    case 'ALIAS_PROPS':
      return 'An alias has neither anchor nor tag';
    default:
      return 'This cannot be read as YAML';
  }
}

const MISSING: [RegExp, string][] = [
  [/closing 'quote/, "The closing ' is missing"],
  [/closing "quote/, 'The closing " is missing'],
  [/end with a \}/, 'The closing } is missing'],
  [/end with a \]/, 'The closing ] is missing'],
  [/Implicit map keys/, 'A colon is missing after this key'],
  [/Missing , or :/, 'A comma or a colon is missing here'],
  [/Missing ,/, 'A comma is missing here'],
  [/space after :/, 'A space is missing after the colon'],
  [/Comments must be/, 'A space is missing before the #'],
  [/without - indicator/, 'A list item starts with a dash'],
];

function missing(message: string): string | undefined {
  return MISSING.find(([pattern]) => pattern.test(message))?.[1];
}
