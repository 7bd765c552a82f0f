import { MAX_LENGTH } from '../syntax/builder';
import { parse } from '../syntax/parse';
import { asText, entriesOf, get } from '../syntax/path';
import { piecesOf } from '../syntax/pieces';
import type { MapNode, TreeNode } from '../syntax/tree';
import { type Declaration, declarationOf } from './declarations';
import { locatedText } from './located';

/** What others find a file by. */
export interface Header {
  kind: string | undefined;
  name: string | undefined;
  version: string | undefined;
  /** Where the name stands. */
  nameAt: number | undefined;
}

/** A line of the head: a key, and a value that means itself without quotes. What goes on below is told by its indent. */
const LINE = /^([a-z_]+): +([A-Za-z@][\w./@-]*|\d+\.\d+\.\d+[\w.+-]*)[ \t]*(?: #.*)?\r?$/;
const WORDS = new Set(['true', 'false', 'null', 'yes', 'no']);

/**
 * Reads `kind`, `name` and `version` off the first lines without a parser, for files where they stand in plain sight;
 * undefined for others. Whatever follows in the file cannot change what it says: a line that is not indented ends the
 * value before it, and of a key that is given twice the first one counts.
 */
export function readHeader(text: string): Header | undefined {
  if (text.length > MAX_LENGTH || text.includes('\n---') || text.includes('\n...')) return undefined;
  const found: Record<string, string> = {};
  let nameAt: number | undefined;
  let at = 0;
  while (at < text.length) {
    const start = at;
    const end = text.indexOf('\n', at);
    const line = text.slice(at, end < 0 ? text.length : end);
    at = end < 0 ? text.length : end + 1;
    if (line === '' || line === '\r' || line.startsWith('#')) continue;
    const match = LINE.exec(line);
    if (!match || WORDS.has(match[2]!.toLowerCase()) || !continuesAtTheMargin(text, at)) return undefined;
    if (match[1] === 'name') nameAt ??= start + line.indexOf(match[2]!, 'name:'.length);
    found[match[1]!] ??= match[2]!;
    const { kind, name, version } = found;
    if (kind !== undefined && name !== undefined && version !== undefined)
      return { kind, name, version, nameAt };
  }
  return undefined;
}

/** As `readHeader` of a text of which only the first lines are known: a value at their end may go on below. */
export function readHeadOfMore(lines: string): Header | undefined {
  return readHeader(`${lines} `);
}

/** Whether the next line that is not empty starts a key of its own. */
function continuesAtTheMargin(text: string, offset: number): boolean {
  let at = offset;
  while (text[at] === '\n' || text[at] === '\r') at++;
  return at >= text.length || /[A-Za-z#]/.test(text[at]!);
}

/** Reads the header of a long text off the pieces that hold it, where they do not stand in plain sight. */
export function readLongHeader(text: string): Header | undefined {
  const pieces = piecesOf(text)?.filter(({ start }) => HEAD.test(text.slice(start, start + MOST_KEY)));
  if (!pieces) return undefined;
  const entries = pieces.flatMap(({ start, end }) => entriesOf(parse(text.slice(start, end)).root));
  const root: MapNode = { kind: 'map', range: { start: 0, end: text.length }, flow: false, entries };
  return headerOf(declarationOf('', { text, root, problems: [] }), root);
}

const HEAD = /^(['"]?)(kind|name|version)\1[ \t]*:/;
const MOST_KEY = 32;

/** Of a file of no kind that is known, too. */
export function headerOf(declaration: Declaration | undefined, root: TreeNode | undefined): Header {
  const [name, version] = declaration
    ? [declaration.name, declaration.version]
    : [locatedText(get(root, 'name')), locatedText(get(root, 'version'))];
  return {
    kind: declaration?.kind ?? asText(get(root, 'kind')),
    name: name?.value,
    version: version?.value,
    nameAt: name?.range.start,
  };
}
