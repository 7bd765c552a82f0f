/** Lines that stand further in or out than they are meant to, and list items among keys. */
import { lineEnd, lineStart } from './scan';
import { type Line, lineAt, type Slip } from './slips';
import type { Mend } from './tree';

/** Spaces in front of the line that holds the offset. */
export function columnsOf(text: string, offset: number): number {
  return lineAt(text, lineStart(text, offset)).indent;
}

/** Guesses about each of the lines. */
export function indented(text: string, lines: readonly Line[]): Slip[] {
  return [...lines.flatMap((line) => dashes(text, line)), ...lines.flatMap((line) => moved(text, line))];
}

/** A list item where keys stand. */
function dashes(text: string, line: Line): Slip[] {
  const at = /^( *)- +(?=(.*))/.exec(line.text);
  if (!at) return [];
  const dash = line.start + at[1]!.length;
  const range = { start: dash, end: dash + 1 };
  const owner = ownerOf(text, line);
  if (owner?.isOpen) return [];
  if (owner?.isFull)
    return [
      {
        range: { start: dash, end: line.end },
        message: `\`${owner.key}\` has a value on its own line, so no list item can follow`,
        mends: [
          {
            title: 'Remove the item',
            edit: { range: { start: line.start - 1, end: line.end }, text: '' },
          },
        ],
      },
    ];
  const edit = { range: { start: dash, end: line.start + at[0].length }, text: '' };
  return /^[\w-]+:(\s|$)/.test(at[2]!)
    ? [
        {
          range,
          message: 'This dash begins a list, and keys of a map stand beside it',
          mends: [{ title: 'Remove the dash', edit }],
        },
      ]
    : [];
}

/** The line by itself, with what is below it, or with all that is indented like it, moved to where others stand. */
function moved(text: string, line: Line): Slip[] {
  const own = /^[ \t]*/.exec(line.text)![0];
  if (own.includes('\t')) return tabs(text, line, own);
  const owner = ownerOf(text, line);
  const message =
    owner?.isFull && line.indent > owner.indent
      ? `This line is indented below \`${owner.key}\`, which has a value on its own line`
      : 'This line is not indented like the lines around it';
  const range = { start: line.start, end: line.start + Math.max(1, own.length) };
  return placesFor(text, line, line.indent).flatMap((indent): Slip[] => {
    if (indent === line.indent) return [];
    const title = indent === 0 ? 'Move it to the margin' : `Indent it by ${indent} spaces`;
    return [line.end, blockEnd(text, line, 1), blockEnd(text, line, 0)].map((end) => {
      const block = text.slice(line.start, end).split('\n');
      const edit = {
        range: { start: line.start, end },
        text: block.map((each) => shift(each, indent - line.indent)).join('\n'),
      };
      return { range, message, mends: [{ title, edit }] };
    });
  });
}

/** Tabs in front of the line alone, or of all lines. */
function tabs(text: string, line: Line, own: string): Slip[] {
  const range = { start: line.start, end: line.start + own.length };
  const title = 'Indent with spaces';
  // A tab is mostly meant for one level.
  const meant = line.indent + 2 * (own.split('\t').length - 1);
  const alone = [meant, ...placesFor(text, line, meant)].map((indent): Mend => {
    return { title, edit: { range, text: ' '.repeat(indent) } };
  });
  const all: Mend = {
    title,
    edit: {
      range: { start: 0, end: text.length },
      text: text.replaceAll(/^[ \t]+/gm, (blanks) => blanks.replaceAll('\t', '  ')),
    },
  };
  const message = 'Lines are indented with spaces, not tabs';
  return [...alone, all].map((mend) => ({ range, message, mends: [mend] }));
}

function shift(line: string, by: number): string {
  if (line.trim() === '') return line;
  return by > 0 ? ' '.repeat(by) + line : line.slice(Math.min(-by, /^ */.exec(line)![0].length));
}

/** To the last line that is indented by so much more. */
function blockEnd(text: string, line: Line, more: number): number {
  let { end } = line;
  for (let next = end + 1; next < text.length; next = lineEnd(text, next) + 1) {
    const { indent, text: written, end: last } = lineAt(text, next);
    if (written.trim() !== '' && indent < line.indent + more) break;
    end = last;
  }
  return end;
}

/** Where the lines around it stand, nearest first. */
function placesFor(text: string, line: Line, stands: number): number[] {
  const places = new Set<number>();
  for (let at = line.start, left = 12; at > 0 && left > 0; left--) {
    at = lineStart(text, at - 1);
    const before = lineAt(text, at);
    if (!/^\s*[^\s#]/.test(before.text)) continue;
    places.add(before.indent);
    if (/:\s*$/.test(before.text)) places.add(before.indent + 2);
  }
  if (line.end + 1 < text.length) places.add(lineAt(text, line.end + 1).indent);
  return [...places].sort((a, b) => Math.abs(a - stands) - Math.abs(b - stands)).slice(0, 4);
}

interface Owner {
  key: string;
  indent: number;
  /** Whether it has a value on its own line, and whether a bracket is still open there. */
  isFull: boolean;
  isOpen: boolean;
}

/** The key that the line could belong to, by what stands before it. */
function ownerOf(text: string, line: Line): Owner | undefined {
  for (let at = line.start; at > 0; ) {
    at = lineStart(text, at - 1);
    const before = lineAt(text, at);
    if (before.indent > line.indent || !/^\s*[^\s#]/.test(before.text)) continue;
    const key = /^\s*(?:- +)?([\w-]+):(?:\s+([^\s#].*))?/.exec(before.text);
    if (!key) return undefined;
    const value = key[2] ?? '';
    const isOpen = /^[[{]/.test(value) && !/[\]}]\s*(#.*)?$/.test(value);
    return { key: key[1]!, indent: before.indent, isFull: value !== '', isOpen };
  }
  return undefined;
}
