import type { Range } from './tree';

/** From each ` #` that begins a comment between brackets of one line to the end of the line: YAML reads none of it. */
export function commentsInFlow(text: string): Range[] {
  const found: Range[] = [];
  let start = 0;
  for (const line of text.split('\n')) {
    const at = commentInFlow(line);
    if (at !== undefined) found.push({ start: start + at, end: start + line.trimEnd().length });
    start += line.length + 1;
  }
  return found;
}

/** Only where the bracket is closed behind the `#`, so that the author meant the rest to be read. */
function commentInFlow(line: string): number | undefined {
  let depth = 0;
  let quote = '';
  for (let at = 0; at < line.length; at++) {
    const c = line[at]!;
    if (quote !== '') {
      if (c === quote) quote = '';
    } else if ((c === '"' || c === "'") && /[\s[{,:]/.test(line[at - 1] ?? ' ')) quote = c;
    else if (c === '[' || c === '{') depth += 1;
    else if (c === ']' || c === '}') depth -= 1;
    else if (c === '#' && /\s/.test(line[at - 1] ?? ' '))
      return depth > 0 && /[\]}]/.test(line.slice(at)) ? at : undefined;
  }
  return undefined;
}
