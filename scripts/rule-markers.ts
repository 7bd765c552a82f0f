/**
 * Fixtures mark what must be found under the line it is found in:
 *
 *     hiden: { op: dense }
 *     # ^^^ unresolved-op: part of the message => title of a fix
 *
 * The carets stand under the finding's range on its first line.
 */
import { lineMap } from '../language/syntax/lines';

export interface Marker {
  line: number;
  start: number;
  end: number;
  rule: string;
  message?: string;
  fix?: string;
}

const marker = /^(\s*#\s*)(\^+)\s+([\w-]+)(?::\s*(.*?))?(?:\s*=>\s*(.*))?$/;

export function markersIn(text: string): Marker[] {
  const markers: Marker[] = [];
  let line = 0;
  text.split(/\r?\n/).forEach((content, index) => {
    const match = marker.exec(content);
    if (!match) {
      line = index;
      return;
    }
    const column = match[1]!.length;
    markers.push({
      line,
      // A caret right behind the `#` in the first column stands for that column too.
      start: column === 1 ? 0 : column,
      end: column + match[2]!.length,
      rule: match[3]!,
      message: match[4] || undefined,
      fix: match[5],
    });
  });
  return markers;
}

/** A finding's range as a marker can say it: on one line, to the end of that line at most. */
export function placeOf(text: string, range: { start: number; end: number }) {
  const lines = lineMap(text);
  const from = lines.place(range.start);
  const to = lines.place(range.end);
  const lineEnd =
    lines.offset({ line: from.line, character: Number.MAX_SAFE_INTEGER }) -
    lines.offset({ line: from.line, character: 0 });
  return { line: from.line, start: from.character, end: to.line === from.line ? to.character : lineEnd };
}

/** A fixture as its reader sees it. */
export function withoutMarkers(text: string): string {
  return text
    .split('\n')
    .filter((line) => !marker.test(line.trimEnd()))
    .join('\n');
}
