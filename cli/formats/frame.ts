import type { LineMap } from '../../language/syntax/lines';
import type { Range } from '../../language/syntax/tree';
import type { Paint } from '../output';

/** The lines around a range, numbered, with what is meant underlined on its first line. */
export function codeFrame(text: string, lines: LineMap, range: Range, paint: Paint, around = 1): string {
  const start = lines.place(range.start);
  const end = lines.place(range.end);
  const last = Math.min(lines.lineCount - 1, start.line + around);
  const width = String(last + 1).length;
  const frame: string[] = [];
  for (let line = Math.max(0, start.line - around); line <= last; line++) {
    const content = lineText(text, lines, line);
    const isMeant = line === start.line;
    frame.push(
      `${isMeant ? paint('red', '>') : ' '} ${paint('dim', String(line + 1).padStart(width))} ${paint('dim', '│')} ${content}`.trimEnd(),
    );
    if (!isMeant) continue;
    const to = end.line === start.line ? end.character : content.length;
    const length = Math.max(1, to - start.character);
    // Tabs stay tabs, so that the mark stands where the text does.
    const indent = content.slice(0, start.character).replace(/[^\t]/g, ' ');
    frame.push(`  ${' '.repeat(width)} ${paint('dim', '│')} ${indent}${paint('red', '^'.repeat(length))}`);
  }
  return frame.join('\n');
}

function lineText(text: string, lines: LineMap, line: number): string {
  const from = lines.offset({ line, character: 0 });
  return text.slice(from, lines.offset({ line, character: Number.MAX_SAFE_INTEGER }));
}
