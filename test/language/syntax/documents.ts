import * as fc from 'fast-check';

/** Generated YAML texts, valid by construction: nested maps, lists, scalars in all styles, comments, blank lines. */

const word = fc.stringMatching(/^[a-z][a-z_]{0,8}$/);

const plain = fc.oneof(
  word,
  fc.integer().map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.constantFrom(
    'true',
    'no',
    'yes',
    'null',
    '~',
    '1e-3',
    '.5',
    '0x1f',
    '0o17',
    '.inf',
    '1.10',
    '1.2.0',
    'std/head@^1',
    'a.b',
  ),
  fc.constantFrom('a b c', "it's", 'x: y'.replace(': ', ':'), 'héllo', '日本', '𝒳y'),
);

const quoted = fc.oneof(
  fc.stringMatching(/^[ -~]{0,12}$/).map((text) => `'${text.replaceAll("'", "''")}'`),
  fc.string({ unit: 'grapheme', maxLength: 8 }).map((text) => JSON.stringify(text)),
);

const flowScalar = fc.oneof({ weight: 3, arbitrary: plain }, { weight: 1, arbitrary: quoted });
const comment = fc.option(
  word.map((text) => ` # ${text}`),
  { nil: '', freq: 4 },
);

const { flow } = fc.letrec<{ flow: string }>((tie) => ({
  flow: fc.oneof(
    { depthSize: 'small' },
    flowScalar,
    fc.array(tie('flow'), { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
    fc
      .uniqueArray(fc.tuple(word, fc.option(tie('flow'), { nil: '', freq: 5 })), {
        maxLength: 3,
        selector: ([key]) => key,
      })
      .map((entries) => `{ ${entries.map(([key, value]) => `${key}: ${value}`).join(', ')} }`),
  ),
}));

/** Lines of a block node, without indentation. */
type Block = { kind: 'inline'; text: string } | { kind: 'lines'; lines: string[] };

const { block } = fc.letrec<{ block: Block }>((tie) => ({
  block: fc.oneof(
    { depthSize: 'small' },
    fc.tuple(flow, comment).map(([text, note]): Block => ({ kind: 'inline', text: text + note })),
    fc
      .array(fc.stringMatching(/^[a-z]{1,6}( [a-z:#]{1,4}){0,2}$/), { minLength: 1, maxLength: 3 })
      .map(
        (lines): Block => ({ kind: 'inline', text: `|\n${lines.map((line) => `    ${line}`).join('\n')}` }),
      ),
    fc.constant<Block>({ kind: 'inline', text: '' }),
    fc
      .uniqueArray(fc.tuple(word, tie('block'), fc.nat(6)), {
        minLength: 1,
        maxLength: 4,
        selector: ([key]) => key,
      })
      .map((entries): Block => ({ kind: 'lines', lines: entries.flatMap(entryLines) })),
    fc
      .array(tie('block'), { minLength: 1, maxLength: 3 })
      .map((items): Block => ({ kind: 'lines', lines: items.flatMap(itemLines) })),
  ),
}));

function entryLines([key, value, extra]: [string, Block, number]): string[] {
  const before = extra === 0 ? [''] : extra === 1 ? ['# note'] : [];
  const lines =
    value.kind === 'inline' ? spread(`${key}: ${value.text}`) : [`${key}:`, ...indent(value.lines)];
  return [...before, ...lines];
}

function itemLines(item: Block): string[] {
  if (item.kind === 'inline') return spread(`- ${item.text}`);
  const lines = item.lines.filter((line) => line !== '' && !line.startsWith('#'));
  return [`- ${lines[0]}`, ...indent(lines.slice(1))];
}

const spread = (text: string) => text.split('\n');
const indent = (lines: string[]) => lines.map((line) => (line === '' ? line : `  ${line}`));

export const documents: fc.Arbitrary<string> = fc
  .tuple(block, fc.constantFrom('\n', '\r\n'), fc.constantFrom('', '\uFEFF'))
  .map(
    ([root, end, mark]) => mark + (root.kind === 'inline' ? spread(root.text) : root.lines).join(end) + end,
  );
