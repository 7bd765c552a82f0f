import { lineEnd, trimEnd } from './scan';
import type { Range, TreeNode } from './tree';

/** A slip made good by changing characters, not their number, so that everything else keeps its place. */
export interface Repair {
  text: string;
  range: Range;
  message: string;
  /** Where a quote that is never closed became an ordinary character. */
  quote?: number;
}

/** Of the slip that makes a parser give up at an offset; undefined when it is none of those we know. */
export function repair(text: string, offset: number): Repair | undefined {
  return strayBracket(text, offset) ?? openQuote(text, offset);
}

function strayBracket(text: string, offset: number): Repair | undefined {
  const found = text[offset];
  if (found !== ']' && found !== '}') return undefined;
  const range = { start: offset, end: offset + 1 };
  return { text: put(text, offset, ' '), range, message: `Unexpected \`${found}\`` };
}

/** The first quote, up to the offset, that its own line does not close: quoted text over several lines is rare. */
function openQuote(text: string, offset: number): Repair | undefined {
  for (let start = 0; start <= Math.min(offset, text.length - 1); start = lineEnd(text, start) + 1) {
    const end = lineEnd(text, start);
    const quote = openQuoteIn(text, start, end);
    if (quote !== undefined) {
      const range = { start: quote, end: trimEnd(text, quote, end) };
      return { text: put(text, quote, '_'), range, message: `The closing ${text[quote]} is missing`, quote };
    }
  }
  return undefined;
}

function openQuoteIn(text: string, start: number, end: number): number | undefined {
  let at = start;
  while (at < end) {
    const character = text[at]!;
    const before = at === start ? ' ' : text[at - 1]!;
    if (character === '#' && /\s/.test(before)) return undefined;
    if ((character === '"' || character === "'") && /[\s[{,]/.test(before)) {
      const close = closing(text, at, end);
      if (close === undefined) return at;
      at = close;
    }
    at++;
  }
  return undefined;
}

function closing(text: string, open: number, end: number): number | undefined {
  const quote = text[open]!;
  for (let at = open + 1; at < end; at++) {
    if (quote === '"' && text[at] === '\\') at++;
    else if (text[at] === quote && quote === "'" && text[at + 1] === quote) at++;
    else if (text[at] === quote) return at;
  }
  return undefined;
}

function put(text: string, offset: number, character: string): string {
  return text.slice(0, offset) + character + text.slice(offset + 1);
}

/** Gives scalars that began with an open quote what they say: all up to where they end. */
export function restoreQuotes(node: TreeNode | undefined, text: string, quotes: ReadonlySet<number>): void {
  if (!node) return;
  if (node.kind === 'sequence') for (const item of node.items) restoreQuotes(item, text, quotes);
  if (node.kind === 'map') {
    for (const { key, value } of node.entries) {
      restoreQuotes(key, text, quotes);
      restoreQuotes(value, text, quotes);
    }
  }
  if (node.kind !== 'scalar' || !quotes.has(node.range.start)) return;
  node.raw = text.slice(node.range.start, node.range.end);
  node.value = node.raw.slice(1);
  node.style = node.raw.startsWith("'") ? 'single' : 'double';
}
