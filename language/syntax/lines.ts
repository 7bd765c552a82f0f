export interface Place {
  /** From 0. */
  line: number;
  /** UTF-16 code units from the start of the line, from 0. */
  character: number;
}

export interface LineMap {
  /** The offset is clamped to the text. */
  place(offset: number): Place;
  /** The place is clamped to its line, and the line to the text. */
  offset(place: Place): number;
  lineCount: number;
}

/** Where lines start. Lines end with LF, CRLF or a lone CR; a byte order mark is in no line, as editors count. */
export function lineMap(text: string): LineMap {
  const starts = [text.startsWith('\ufeff') ? 1 : 0];
  for (let at = 0; at < text.length; at++) {
    const c = text.charCodeAt(at);
    if (c === 10 || (c === 13 && text.charCodeAt(at + 1) !== 10)) starts.push(at + 1);
  }
  return {
    lineCount: starts.length,
    place(offset) {
      const clamped = Math.max(0, Math.min(offset, text.length));
      let low = 0;
      let high = starts.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (starts[middle]! <= clamped) low = middle;
        else high = middle - 1;
      }
      return { line: low, character: Math.max(0, clamped - starts[low]!) };
    },
    offset({ line, character }) {
      if (line < 0) return starts[0]!;
      if (line >= starts.length) return text.length;
      const start = starts[line]!;
      let end = line + 1 < starts.length ? starts[line + 1]! : text.length;
      while (end > start && (text[end - 1] === '\n' || text[end - 1] === '\r')) end--;
      return Math.max(start, Math.min(start + character, end));
    },
  };
}
