/** Types of ports, and sizes inside their brackets. */
import type { ModuleDeclaration } from '../../names/declarations';
import { lineStart } from '../../syntax/scan';
import { dtypes } from '../../types/type';
import type { Candidate } from '../answers';
import type { Context } from './context';

export function types(context: Context): Candidate[] {
  const { analysis, cursor, offset } = context;
  const { text } = analysis.source;
  const from = Math.max(lineStart(text, offset), cursor.entry?.key.range.end ?? 0);
  const shape = /^.*[A-Za-z]\w*\[([^[\]]*)$/.exec(text.slice(from, offset));
  const { declaration } = analysis;
  if (shape) return declaration?.kind === 'module' ? sizes(context, declaration, shape[1]!) : [];
  // In `{ }` a bracket must stand in quotes.
  const quoted = cursor.flow && !/["']/.test(text.charAt(cursor.replace.start));
  return dtypes.map((dtype) => {
    const type = `${dtype}[\${1:batch}]`;
    return {
      label: `${dtype}[…]`,
      kind: 'type',
      insert: quoted ? `'${type}'` : keepQuote(context, type),
      replace: cursor.replace,
      rank: dtype === 'float32' || dtype === 'int32' ? 0 : 1,
    };
  });
}

/** A scalar that is quoted already is replaced with its quotes. */
function keepQuote({ analysis, cursor }: Context, type: string): string {
  const quote = /["']/.exec(analysis.source.text.charAt(cursor.replace.start))?.[0] ?? '';
  return cursor.replace.end > cursor.replace.start ? `${quote}${type}${quote}` : type;
}

/** Names of sizes that this brick knows, and its whole-number params. */
function sizes({ analysis, offset }: Context, module: ModuleDeclaration, before: string): Candidate[] {
  const word = /[A-Za-z_.]*\w*$/.exec(before)![0];
  const after = /^\w*/.exec(analysis.source.text.slice(offset))![0];
  const replace = { start: offset - word.length, end: offset + after.length };
  const given = new Set(before.split(',').map((piece) => piece.trim()));
  given.delete(word);
  const names = new Map<string, { detail: string; documentation?: string | undefined; rank: number }>();
  for (const param of module.params.values())
    if (param.type === 'int') names.set(param.name, { detail: 'param', documentation: param.doc, rank: 0 });
  for (const port of [...module.inputs.values(), ...module.outputs.values()]) {
    for (const { name } of port.parsed.names) {
      if (name !== `${word}${after}` && !names.has(name))
        names.set(name, { detail: `size of \`${port.name}\``, rank: 0 });
    }
  }
  if (!names.has('batch')) names.set('batch', { detail: 'the rows of a batch', rank: 1 });
  const special: [string, string][] = [['_', 'any size']];
  if (before.slice(0, before.length - word.length).trim() === '')
    special.push(['...lead', 'any number of axes']);
  return [
    ...[...names].filter(([name]) => !given.has(name)).map(([label, rest]) => ({ label, ...rest })),
    ...special.map(([label, detail]) => ({ label, detail, rank: 2 })),
  ].map((candidate) => ({ ...candidate, kind: 'type', insert: candidate.label, replace }));
}
