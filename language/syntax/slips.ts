/** What a slip in broken text most likely is: each guess comes with how the text would be without it. */
import { balanced } from './brackets';
import { indented } from './indents';
import { lineEnd, lineStart } from './scan';
import type { Mend, Range } from './tree';

export interface Slip {
  range: Range;
  message: string;
  /** How it can be mended, best first; the first is what the guess is tried with. */
  mends: Mend[];
}

export interface Line extends Range {
  text: string;
  /** Blanks in front of it. */
  indent: number;
}

/** How many lines before the place where a parser gives up are looked at. */
const REACH = 4;

/** Guesses for the slip that makes a parser give up at an offset, the most telling first. */
export function slipsAt(text: string, offset: number): Slip[] {
  const lines = linesUpTo(text, offset);
  return [...balanced(text), ...lines.flatMap(inLine), ...indented(text, lines)];
}

/** The line of the offset, the next one, and those before, nearest first; none that says nothing. */
function linesUpTo(text: string, offset: number): Line[] {
  const found: Line[] = [];
  let start = lineStart(text, Math.min(offset, text.length));
  const next = lineEnd(text, start) + 1;
  if (next < text.length) found.push(lineAt(text, next));
  for (let left = REACH; left > 0; start = lineStart(text, start - 1)) {
    const line = lineAt(text, start);
    if (/^\s*[^\s#]/.test(line.text)) {
      found.push(line);
      left--;
    }
    if (start === 0) break;
  }
  const [after, ...others] = found;
  return next < text.length ? [...others, after!] : found;
}

export function lineAt(text: string, start: number): Line {
  const end = lineEnd(text, start);
  const line = text.slice(start, end);
  return { start, end, text: line, indent: /^ */.exec(line)![0].length };
}

/** Of what stands in one line by itself. */
function inLine(line: Line): Slip[] {
  return [...blanks(line), ...comments(line), ...bounds(line), ...colons(line), ...values(line)];
}

function blanks({ text, start }: Line): Slip[] {
  const at = /^ *([\u00a0\u2000-\u200b\u3000]+)/.exec(text);
  if (!at) return [];
  const range = { start: start + at[0].length - at[1]!.length, end: start + at[0].length };
  const mend = { title: 'Indent with spaces', edit: { range, text: ' '.repeat(at[1]!.length) } };
  return [{ range, message: 'This blank is no ordinary space', mends: [mend] }];
}

function comments({ text, start }: Line): Slip[] {
  const found: Slip[] = [];
  const at = /(^|\s)(\/\/|--)(?=\s|\w)/.exec(text);
  if (at) {
    const from = start + at.index + at[1]!.length;
    const range = { start: from, end: from + 2 };
    const mend = { title: 'Write it as a comment', edit: { range, text: '#' } };
    found.push({ range, message: `A comment begins with \`#\`, not with \`${at[2]}\``, mends: [mend] });
  }
  const close = /["'\]}](?=#)/.exec(text);
  if (close) {
    const from = start + close.index + 1;
    const mend = { title: 'Put a space before it', edit: { range: { start: from, end: from }, text: ' ' } };
    const range = { start: from, end: from + 1 };
    found.push({ range, message: 'A space is missing before the `#`', mends: [mend] });
  }
  return found;
}

/** `>= 0.5`, which begins a text of several lines to YAML. */
function bounds({ text, start }: Line): Slip[] {
  const at = /(?<=[:,[] *)(?<= )>=? *-?\d[\w.-]*/.exec(text);
  if (!at) return [];
  const range = { start: start + at.index, end: start + at.index + at[0].length };
  const mend = { title: 'Put it in quotes', edit: { range, text: `"${at[0]}"` } };
  return [{ range, message: 'A value that starts with `>` needs quotes', mends: [mend] }];
}

/** Between a key and its value. */
function colons({ text, start }: Line): Slip[] {
  const at = /^(\s*(?:- +)?)([\w-]+)(\s*(?:=>|=|：|:)\s*|\s+|$)(?=(.*))/.exec(text);
  if (!at) return [];
  const [, before, key, between, rest] = at as unknown as [string, string, string, string, string];
  const from = start + before.length;
  const range = { start: from, end: from + key.length };
  const gap = { start: range.end, end: range.end + between.length };
  const colon = (written: string, title: string): Mend => ({ title, edit: { range: gap, text: written } });
  const sign = between.trim();
  if (sign === ':') {
    if (between !== ':' || rest === '') return [];
    const message = `A space is missing behind the colon of \`${key}\``;
    return [
      { range: { start: range.end, end: range.end + 1 }, message, mends: [colon(': ', 'Add the space')] },
    ];
  }
  const written = rest === '' ? ':' : ': ';
  if (sign === '')
    return [
      { range, message: `A colon is missing after \`${key}\``, mends: [colon(written, 'Add the colon')] },
    ];
  const message = `A colon stands between a key and its value, not \`${sign}\``;
  return [{ range: gap, message, mends: [colon(written, 'Write a colon')] }];
}

const BEGINNINGS: Record<string, string> = { '`': 'a backtick' };

/** What stands behind the colon. */
function values({ text, start, indent }: Line): Slip[] {
  const at = /^(\s*(?:- +)?[\w-]+: +)(\S.*?)\s*$/.exec(text);
  if (!at) return [];
  const value = at[2]!;
  const range = { start: start + at[1]!.length, end: start + at[1]!.length + value.length };
  const quoted: Mend = {
    title: 'Put it in quotes',
    edit: { range, text: value.includes('"') ? `'${value.replaceAll("'", "''")}'` : `"${value}"` },
  };
  const first = value[0]!;
  if (/^([@`%]|[&*!](\s|$))/.test(value)) {
    const message = `A value that starts with ${BEGINNINGS[first] ?? `\`${first}\``} needs quotes`;
    return [{ range, message, mends: [quoted] }];
  }
  const found: Slip[] = [];
  const second = /^(\S+)( +)([\w-]+: )/.exec(value);
  if (/[}\]]$/.test(value) && /^[\w-]+: /.test(value)) {
    const open = value.endsWith('}') ? '{' : '[';
    const edit = { range: { start: range.start, end: range.start }, text: `${open} ` };
    found.push({
      range: { start: range.end - 1, end: range.end },
      message: `The opening ${open} is missing`,
      mends: [{ title: `Add the ${open}`, edit }],
    });
  }
  if (/^[^"'[{|>&*!].*: /.test(value) || (/^[^"'[{|>&*!]/.test(value) && value.endsWith(':'))) {
    const own: Mend[] = second
      ? [
          {
            title: 'Put it on its own line',
            edit: {
              range: {
                start: range.start + second[1]!.length,
                end: range.start + second[1]!.length + second[2]!.length,
              },
              text: `\n${' '.repeat(indent)}`,
            },
          },
        ]
      : [];
    found.push({
      range,
      message: second
        ? `A value cannot hold a second key, \`${second[3]!.trim()}\`, on the same line; put it on its own line, or in quotes`
        : 'A value with `: ` in it needs quotes',
      mends: [...own, quoted],
    });
  }
  return found;
}
