/** Scalars of the YAML 1.2 core schema: `yes` and `no` are text, `1e-3` is a number. */

const INT = /^[-+]?\d+$/;
const OCTAL = /^0o[0-7]+$/;
const HEX = /^0x[\da-fA-F]+$/;
const FLOAT = /^[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?$/;

const WORDS = new Map<string, boolean | null>([
  ['', null],
  ['~', null],
  ...['null', 'Null', 'NULL'].map((word): [string, null] => [word, null]),
  ...['true', 'True', 'TRUE'].map((word): [string, boolean] => [word, true]),
  ...['false', 'False', 'FALSE'].map((word): [string, boolean] => [word, false]),
]);

/** The value of a plain (unquoted) scalar. */
export function plainValue(text: string): string | number | boolean | null {
  if (text.length <= 5) {
    const word = WORDS.get(text);
    if (word !== undefined) return word;
  }
  return looksNumeric(text) ? (numericValue(text) ?? text) : text;
}

/** How `value` is written so that reading gives it back, plain where that is possible. */
export function writeScalar(value: string | number | boolean | null, inFlow: boolean): string {
  if (typeof value === 'number') return writeNumber(value);
  if (typeof value !== 'string') return String(value);
  return isPlain(value, inFlow) ? value : quote(value);
}

function writeNumber(value: number): string {
  if (Number.isNaN(value)) return '.nan';
  if (!Number.isFinite(value)) return value > 0 ? '.inf' : '-.inf';
  return String(value);
}

/** Whether the text can stand without quotes and still mean itself. */
export function isPlain(text: string, inFlow: boolean): boolean {
  if (plainValue(text) !== text || text.trim() !== text) return false;
  if (text.search(UNPRINTABLE) >= 0 || /: |:$| #/.test(text)) return false;
  if (/^[,[\]{}#&*!|>'"%@`]/.test(text) || /^[-?:](\s|$)/.test(text)) return false;
  if (/^(---|\.\.\.)(\s|$)/.test(text) || text === '<<') return false;
  return !(inFlow && /[,[\]{}]/.test(text));
}

/** What cannot stand in a YAML text as itself, or would be a line break. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that need an escape
const UNPRINTABLE = /[\0-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g;

function quote(text: string): string {
  if (text.search(UNPRINTABLE) >= 0) {
    return `"${text.replace(/["\\]/g, '\\$&').replace(UNPRINTABLE, escapeCode)}"`;
  }
  return text.includes('"') || text.includes('\\') ? `'${text.replaceAll("'", "''")}'` : `"${text}"`;
}

function escapeCode(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function looksNumeric(text: string): boolean {
  const first = text.charCodeAt(0);
  return (first >= 48 && first <= 57) || first === 43 || first === 45 || first === 46;
}

function numericValue(text: string): number | undefined {
  if (INT.test(text) || FLOAT.test(text)) return Number(text);
  if (OCTAL.test(text) || HEX.test(text)) return Number(text);
  if (/^[-+]?\.(inf|Inf|INF)$/.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  return /^\.(nan|NaN|NAN)$/.test(text) ? Number.NaN : undefined;
}
