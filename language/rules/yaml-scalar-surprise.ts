import { entryOf } from '../syntax/path';
import { type Rule, replace, respell } from './rule';

/** Numbers in parentheses. */
const TUPLE = /\(((?: *\d+ *,)+ *(?:\d+ *)?)\)(?=[ ,}\n\r]|$)/g;

/** How long a line is before a value, at most. */
const LONGEST = 200;

function isValue(text: string, index: number): boolean {
  const before = text.slice(Math.max(0, index - LONGEST), index);
  return /^[^#'"]*: +$/.test(before.slice(before.lastIndexOf('\n') + 1));
}

/** Values that YAML reads as something else than they look like. */
export const yamlScalarSurprise: Rule = {
  id: 'yaml-scalar-surprise',
  group: 'syntax',
  structural: true,
  severity: 'error',
  summary: 'YAML reads this value as something else than it looks like.',
  why: '`version: 1.10` is the number 1.1, and ` #` starts a comment in the middle of a type.',
  check(analysis, report) {
    const { declaration, source } = analysis;
    const version = entryOf(source.tree.root, 'version')?.value;
    if (version?.kind === 'scalar' && typeof version.value === 'number') {
      const full = version.raw.split('.').length === 2 ? `${version.raw}.0` : `${version.raw}.0.0`;
      report({
        range: version.range,
        message: `YAML reads \`${version.raw}\` as the number ${version.value}; a version has three parts, such as \`${full}\``,
        propose: () => [replace(analysis, version.range, full, `Change to \`${full}\``, true)],
      });
    }
    for (const { index, 1: numbers = '' } of source.text.matchAll(TUPLE)) {
      if (!isValue(source.text, index)) continue;
      const range = { start: index, end: index + numbers.length + 2 };
      const list = `[${numbers.trim().replace(/,$/, '')}]`;
      const all = new Set(numbers.split(',').flatMap((one) => one.trim() || []));
      report({
        range,
        message: `\`(${numbers})\` is no list in YAML: write \`${list}\``,
        propose: () => [list, ...(all.size === 1 ? all : [])].map((text) => respell(analysis, range, text)),
      });
    }
    if (declaration?.kind !== 'module') return;
    for (const port of [...declaration.inputs.values(), ...declaration.outputs.values()]) {
      const after = source.text.slice(port.range.end).match(/^[ \t]*#[^\n]*\]/);
      if (!after || port.text.includes(']') || !port.text.includes('[')) continue;
      const range = { start: port.range.start, end: port.range.end + after[0].length };
      report({
        range,
        message:
          '` #` starts a comment here and cuts the type off; write `_` for a size that may be anything',
        propose() {
          const meant = source.text.slice(range.start, range.end).replaceAll(/\s*#\s*/g, ' ');
          return [replace(analysis, range, meant, `Change to \`${meant}\``)];
        },
      });
    }
  },
};
