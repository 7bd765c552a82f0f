/** What happens to a text: slips of people, of other programs, and of those who mean harm. */
import fc from 'fast-check';
import { files } from './corpus';

/** Places are shares of the text, so that a damage means something for every text. */
export type Damage =
  | { do: 'put'; at: number; text: string }
  | { do: 'cut'; at: number; length: number }
  | { do: 'truncate'; at: number }
  | { do: 'delete lines' | 'double lines' | 'swap lines' | 'indent' | 'outdent'; at: number; count: number }
  | { do: 'delete word' | 'double word' | 'swap words'; at: number; count: number }
  | { do: 'replace word'; at: number; text: string }
  | { do: 'line breaks'; text: string }
  | { do: 'tabs' | 'mark' };

const pieces = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '__proto__: { polluted: true }',
  '1e308',
  '-1e308',
  '9007199254740993',
  '123456789012345678901234567890',
  '-1',
  '0',
  '-0',
  '.nan',
  '.inf',
  '0x10',
  'null',
  '~',
  'true',
  '[',
  ']',
  '{',
  '}',
  '"',
  "'",
  ': ',
  ':',
  '? ',
  '- ',
  ', ',
  '#',
  ' # ',
  '&a ',
  '*a',
  '<<: *a',
  '!!binary ',
  '!!set ',
  '!x ',
  '|\n',
  '>-\n',
  '%YAML 1.2\n---\n',
  '\n---\n',
  '\n...\n',
  '\t',
  '\n',
  '\n\n',
  '\r',
  '\r\n',
  '\u0000',
  '\u0007',
  '\u0085',
  '\u00a0',
  '\u2028',
  '\ufeff',
  '\u200f',
  'e\u0301',
  '🧱',
  '🧱🧱: 🧱',
  '\ud83d',
  '\udeff',
  '(a + b + c)*(a + b + c)*(a + b + c)',
  'a//b//c',
  '(a//b)*b - a',
  'a//0',
  '$hidden',
  '$',
  '...rest',
  'x?',
  '1|x',
  '_',
  'float32[',
  'float32[batch, _, ...x]',
  'module',
  'model',
  'dataset',
  'workspace',
  'repeat: 1000000',
  'repeat: -3',
  "where: ['a % b == 0', 'a < a', 'batch != batch']",
  'extends: demo@^1',
  'engine: none',
  '# brique-ignore unknown-key: why',
  '# brique-ignore',
  'a'.repeat(3000),
  '['.repeat(200),
  '- '.repeat(200),
];

const share = fc.double({ min: 0, max: 1, noNaN: true, noDefaultInfinity: true });
const few = fc.integer({ min: 1, max: 4 });
const wordPattern = /[\w.$@^/-]+|[^\s\w]/g;
const wordsOf = (text: string) => [...text.matchAll(wordPattern)];
const words = [...new Set(files.flatMap(({ text }) => wordsOf(text).map(([word]) => word)))].sort();
const lines = [...new Set(files.flatMap(({ text }) => text.split('\n')))].sort();

const piece = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...pieces) },
  { weight: 3, arbitrary: fc.constantFrom(...words) },
  { weight: 2, arbitrary: fc.constantFrom(...lines).map((line) => `\n${line}\n`) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
);

const damage: fc.Arbitrary<Damage> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('put' as const), at: share, text: piece }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('cut' as const),
      at: share,
      length: fc.integer({ min: 1, max: 40 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('truncate' as const), at: share }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom('delete lines', 'double lines', 'swap lines', 'indent', 'outdent'),
      at: share,
      count: few,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom('delete word', 'double word', 'swap words'),
      at: share,
      count: few,
    }),
  },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('replace word' as const), at: share, text: piece }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('line breaks' as const),
      text: fc.constantFrom('\r\n', '\r', '\n\n', '\n\r'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('tabs', 'mark') }) },
);

export const damages = fc.array(damage, { minLength: 1, maxLength: 4 });

export function damaged(text: string, all: Damage[]): string {
  return all.reduce(inflict, text);
}

function inflict(text: string, damage: Damage): string {
  switch (damage.do) {
    case 'line breaks':
      return text.replace(/\r\n|\r|\n/g, damage.text);
    case 'tabs':
      return text.replace(/^( {2})+/gm, (blanks) => '\t'.repeat(blanks.length / 2));
    case 'mark':
      return `\ufeff${text}`;
    case 'put':
      return splice(text, place(text, damage.at), 0, damage.text);
    case 'cut':
      return splice(text, place(text, damage.at), damage.length, '');
    case 'truncate':
      return text.slice(0, place(text, damage.at));
    case 'replace word': {
      const word = pick(wordsOf(text), damage.at);
      return word ? splice(text, word.index, word[0].length, damage.text) : damage.text;
    }
    case 'delete word':
    case 'double word':
    case 'swap words':
      return inWords(text, damage);
    default:
      return inLines(text.split('\n'), damage).join('\n');
  }
}

function inWords(text: string, { do: what, at, count }: { do: string; at: number; count: number }): string {
  const found = wordsOf(text);
  const one = pick(found, at);
  if (!one) return text;
  const other = found[(found.indexOf(one) + count) % found.length]!;
  if (what === 'delete word') return splice(text, one.index, one[0].length, '');
  if (what === 'double word') return splice(text, one.index, 0, `${one[0]} `.repeat(count));
  const [first, second] = one.index < other.index ? [one, other] : [other, one];
  const after = splice(text, second.index, second[0].length, first[0]);
  return splice(after, first.index, first[0].length, second[0]);
}

function inLines(
  all: string[],
  { do: what, at, count }: { do: string; at: number; count: number },
): string[] {
  const from = Math.min(Math.floor(at * all.length), all.length - 1);
  const some = all.slice(from, from + count);
  const [before, after] = [all.slice(0, from), all.slice(from + count)];
  if (what === 'delete lines') return [...before, ...after];
  if (what === 'double lines') return [...before, ...some, ...some, ...after];
  if (what === 'swap lines') return [...before, ...after.slice(0, 1), ...some, ...after.slice(1)];
  const moved = some.map((line) => (what === 'indent' ? `  ${line}` : line.replace(/^ {1,2}/, '')));
  return [...before, ...moved, ...after];
}

function place(text: string, at: number): number {
  return Math.floor(at * text.length);
}

function pick<T>(list: T[], at: number): T | undefined {
  return list[Math.min(Math.floor(at * list.length), list.length - 1)];
}

function splice(text: string, at: number, length: number, by: string): string {
  return text.slice(0, at) + by + text.slice(at + length);
}

/** A real file, what happened to it, and what stands beside it. */
export interface Wounded {
  file: string;
  text: string;
  others: Map<string, string>;
  damages: Damage[];
}

export const wounded: fc.Arbitrary<Wounded> = fc
  .record({ base: fc.constantFrom(...files), damages })
  .map(({ base, damages: all }) => ({
    file: base.file,
    text: damaged(base.text, all),
    others: base.others,
    damages: all,
  }));

export function shown({ file, text, damages: all }: Wounded): string {
  return `${file} after ${JSON.stringify(all)}\n${JSON.stringify(text)}`;
}
