/** Brackets that do not match, and what is missing between them. */
import { columnsOf } from './indents';
import { lineEnd, lineStart } from './scan';
import type { Slip } from './slips';
import type { Mend, Range } from './tree';

interface Open {
  at: number;
  character: string;
}

const CLOSING: Record<string, string> = { '{': '}', '[': ']' };

/** Guesses about the first bracket that is wrong; where all match, about a comma missing between them. */
export function balanced(text: string): Slip[] {
  const stack: Open[] = [];
  const commas: Slip[] = [];
  for (const { at, character } of brackets(text, stack)) {
    if (character in CLOSING) {
      stack.push({ at, character });
      continue;
    }
    if (character !== '}' && character !== ']') {
      commas.push(missingComma(text, at));
      continue;
    }
    const open = stack.at(-1)!;
    if (CLOSING[open.character] === character) {
      stack.pop();
      continue;
    }
    const others = stack.slice(0, -1).findLastIndex((other) => CLOSING[other.character] === character);
    if (others < 0 || lineStart(text, stack[others]!.at) !== lineStart(text, at)) {
      const line = lineEnd(text, open.at);
      // Brackets that were left open on an earlier line are another matter.
      if (line < at) return [...unclosed(text, stack), wrongClosing(text, open, at, character)];
      return [wrongClosing(text, open, at, character)];
    }
    const missing = stack.slice(others + 1).map((each) => CLOSING[each.character]!);
    return [
      ...beforeKey(text, stack, others, at),
      missingClosing(text, missing.reverse().join(''), at),
      wrongClosing(text, open, at, character),
    ];
  }
  return stack.length > 0 ? unclosed(text, stack) : commas;
}

/** Brackets that mean something, and where an entry begins that no comma goes before. */
function* brackets(text: string, stack: readonly Open[]): Generator<Open> {
  let before = '';
  for (let at = 0; at < text.length; at++) {
    const c = text[at]!;
    if (c === '#' && (at === 0 || /\s/.test(text[at - 1]!))) {
      at = lineEnd(text, at);
      continue;
    }
    if (/\s/.test(c)) {
      if (c === '\n' && stack.length === 0) before = '';
      continue;
    }
    const isStart = before === '' || /[:,[{-]/.test(before);
    if ((c === '"' || c === "'") && (isStart || stack.length > 0)) {
      const close = text.indexOf(c, at + 1);
      if (close < 0 || close > lineEnd(text, at)) return;
      if (stack.length > 0 && !isStart) yield { at, character: c };
      at = close;
      before = c;
      continue;
    }
    if (/[[{]/.test(c) && (stack.length > 0 || (isStart && /[\s[{]/.test(text[at - 1] ?? ' '))))
      yield { at, character: c };
    else if (/[\]}]/.test(c) && stack.length > 0) yield { at, character: c };
    else if (
      stack.length > 0 &&
      !isStart &&
      /\s/.test(text[at - 1]!) &&
      /^[\w-]+:(\s|$)/.test(text.slice(at, at + 80))
    )
      yield { at, character: c };
    before = c;
  }
}

function missingComma(text: string, at: number): Slip {
  const end = text.slice(0, at).trimEnd().length;
  const name = /^["']?([\w-]+)/.exec(text.slice(at))?.[1] ?? text[at]!;
  const mends: Mend[] = /[;.]/.test(text[end - 1]!)
    ? [{ title: 'Write a comma', edit: { range: { start: end - 1, end }, text: ',' } }]
    : [{ title: 'Add the comma', edit: { range: { start: end, end }, text: ',' } }];
  return {
    range: { start: at, end: at + name.length + (/["']/.test(text[at]!) ? 2 : 0) },
    message: `A comma is missing before \`${name}\``,
    mends,
  };
}

/** A list that is left open takes in the next key of the map that it stands in. */
function beforeKey(text: string, stack: readonly Open[], map: number, at: number): Slip[] {
  const list = stack[map + 1]!;
  if (map + 2 !== stack.length || stack[map]!.character !== '{' || list.character !== '[') return [];
  const key = /,\s*[\w-]+:\s/.exec(text.slice(list.at, at));
  return key ? [missingClosing(text, ']', list.at + key.index)] : [];
}

function missingClosing(text: string, missing: string, before: number): Slip {
  const end = text.slice(0, before).trimEnd().replace(/,$/, '').length;
  return {
    range: lastOf(end),
    message: `The closing ${missing} is missing`,
    mends: [{ title: `Add the ${missing}`, edit: { range: { start: end, end }, text: missing } }],
  };
}

function wrongClosing(text: string, open: Open, at: number, character: string): Slip {
  const closer: Mend = {
    title: `Change to \`${CLOSING[open.character]}\``,
    edit: { range: { start: at, end: at + 1 }, text: CLOSING[open.character]! },
  };
  const opener: Mend = {
    title: `Change \`${open.character}\` to \`${character === '}' ? '{' : '['}\``,
    edit: { range: { start: open.at, end: open.at + 1 }, text: character === '}' ? '{' : '[' },
  };
  const isMap = /^\s*["']?[\w-]+["']?\s*:\s/.test(text.slice(open.at + 1, at));
  return {
    range: { start: at, end: at + 1 },
    message: `\`${open.character}\` is closed with \`${character}\``,
    mends: (open.character === '{') === isMap ? [closer] : [opener, closer],
  };
}

/** Left open to the end: it was to be closed on its own line, or before the first line that is indented no more. */
function unclosed(text: string, stack: readonly Open[]): Slip[] {
  const { at } = stack[0]!;
  const own = lineEnd(text, at);
  const inLine = stack.filter((open) => open.at < own).map((open) => CLOSING[open.character]!);
  const indent = columnsOf(text, at);
  let end = own;
  for (let next = own + 1; next < text.length; next = lineEnd(text, next) + 1) {
    if (columnsOf(text, next) <= indent && /\S/.test(text.slice(next, lineEnd(text, next)))) break;
    if (/\S/.test(text.slice(next, lineEnd(text, next)))) end = lineEnd(text, next);
  }
  const all = stack.filter((open) => open.at < end).map((open) => CLOSING[open.character]!);
  const paren = /\)\s*$/.exec(text.slice(at, own));
  const guesses = [closedAt(text, own, inLine), closedAt(text, end, all)];
  if (!paren) return guesses;
  const range = { start: at + paren.index, end: at + paren.index + 1 };
  const [open, close] = [stack[0]!.character, inLine[0]!];
  const mend: Mend = { title: `Change to \`${close}\``, edit: { range, text: close } };
  return [{ range, message: `\`${open}\` is closed with \`)\``, mends: [mend] }, ...guesses];
}

function closedAt(text: string, lineEnding: number, missing: readonly string[]): Slip {
  const start = lineStart(text, lineEnding);
  const comment = /\s#.*$/.exec(text.slice(start, lineEnding))?.index;
  const end = text.slice(0, comment === undefined ? lineEnding : start + comment).trimEnd().length;
  const closing = missing.toReversed().join('');
  const written = closing.startsWith('}') ? ` ${closing}` : closing;
  return {
    range: lastOf(end),
    message: `The closing ${closing} is missing`,
    mends: [{ title: `Add the ${closing}`, edit: { range: { start: end, end }, text: written } }],
  };
}

function lastOf(end: number): Range {
  return { start: Math.max(0, end - 1), end };
}
