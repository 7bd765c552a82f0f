/** What the command says: results to stdout, all else to stderr. */
import { styleText } from 'node:util';

export type Style = Parameters<typeof styleText>[0];

/** Colours where a person looks and has not said no (no-color.org). */
function hasColours(stream: NodeJS.WriteStream): boolean {
  if (process.env.NO_COLOR) return false;
  if (process.env.FORCE_COLOR) return process.env.FORCE_COLOR !== '0';
  return stream.isTTY === true && process.env.TERM !== 'dumb';
}

export type Paint = (style: Style, text: string) => string;

export function paintFor(stream: NodeJS.WriteStream): Paint {
  return hasColours(stream) ? (style, text) => styleText(style, text) : (_, text) => text;
}

export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

export function printJson(document: unknown): void {
  print(JSON.stringify(document, undefined, 2));
}

export function note(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Columns side by side; numbers to the right. The first row is the heading. */
export function table(rows: string[][], paint: Paint = (_, text) => text): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows
    .map((row, index) => {
      const cells = row.map((cell, column) => {
        const isNumber = index > 0 && /^[-\d.,]+$/.test(cell);
        return isNumber ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!);
      });
      const line = cells.join('   ').trimEnd();
      return index === 0 ? paint('dim', line) : line;
    })
    .join('\n');
}
