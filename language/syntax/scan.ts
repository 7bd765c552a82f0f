/** Small readers of raw text. All take and return offsets. */
import type { Range } from './tree';

const isBlank = (c: number) => c === 32 || c === 9;
const isBreak = (c: number) => c === 10 || c === 13;

/** Past spaces and tabs. */
export function skipBlanks(text: string, offset: number): number {
  let at = offset;
  while (isBlank(text.charCodeAt(at))) at++;
  return at;
}

/** Past blanks, line breaks and comments. */
export function skipSpace(text: string, offset: number): number {
  let at = offset;
  for (;;) {
    const c = text.charCodeAt(at);
    if (isBlank(c) || isBreak(c) || c === 0xfeff) at++;
    else if (c === 35 && (at === 0 || !isSolid(text.charCodeAt(at - 1)))) at = lineEnd(text, at);
    else return at;
  }
}

const isSolid = (c: number) => !isBlank(c) && !isBreak(c) && c !== 0xfeff;

/** Back over blanks and line breaks. */
export function trimEnd(text: string, from: number, end: number): number {
  let at = end;
  while (at > from && !isSolid(text.charCodeAt(at - 1))) at--;
  return at;
}

/** The range, with the other half of characters that UTF-16 writes in two units. */
export function wholeCharacters(text: string, { start, end }: Range): Range {
  return {
    start: isSecondHalf(text, start) ? start - 1 : start,
    end: isSecondHalf(text, end) ? end + 1 : end,
  };
}

function isSecondHalf(text: string, offset: number): boolean {
  const [before, here] = [text.charCodeAt(offset - 1), text.charCodeAt(offset)];
  return before >= 0xd800 && before < 0xdc00 && here >= 0xdc00 && here < 0xe000;
}

/** Start of the line that holds the offset. */
export function lineStart(text: string, offset: number): number {
  let at = offset;
  while (at > 0 && !isBreak(text.charCodeAt(at - 1))) at--;
  return at === 0 && text.charCodeAt(0) === 0xfeff && offset > 0 ? 1 : at;
}

/** End of the line that holds the offset, before its line break. */
export function lineEnd(text: string, offset: number): number {
  let at = offset;
  while (at < text.length && !isBreak(text.charCodeAt(at))) at++;
  return at;
}

/** Start of the next line, or the end of the text. */
export function nextLine(text: string, offset: number): number {
  const end = lineEnd(text, offset);
  return text.startsWith('\r\n', end) ? end + 2 : Math.min(end + 1, text.length);
}

/** How far the offset is from the start of its line. */
export function columnOf(text: string, offset: number): number {
  return offset - lineStart(text, offset);
}

/** What ends a line in this text. */
export function lineBreak(text: string): string {
  return /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
}
