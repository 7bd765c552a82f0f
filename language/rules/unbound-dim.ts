import { nearest } from '../names/nearest';
import { listed, type Rule, replace } from './rule';

export const unboundDim: Rule = {
  id: 'unbound-dim',
  group: 'names',
  severity: 'error',
  after: ['unresolved-port', 'unknown-key', 'missing-field', 'wrong-value'],
  summary: 'An output size that neither an input nor a parameter fixes.',
  why: 'Nobody who uses the brick could know how large its output is.',
  check(analysis, report) {
    const { declaration } = analysis;
    if (declaration?.kind !== 'module') return;
    const bound = new Set(declaration.params.keys());
    const inputs = [...declaration.inputs.values()];
    // What an unreadable input would have fixed is not known.
    if (inputs.some(({ parsed }) => !parsed.type)) return;
    for (const { parsed } of inputs) for (const { name } of parsed.names) bound.add(name);
    for (const port of declaration.outputs.values()) {
      for (const { name, start, end } of port.parsed.names) {
        if (bound.has(name)) continue;
        const range = { start: port.range.start + start, end: port.range.start + end };
        const near = nearest(name, bound);
        report({
          range,
          names: [name],
          message: `The size \`${name}\` of output \`${port.name}\` is fixed by no input or parameter; known are ${listed(bound) || 'none'}`,
          propose: () => (near ? [replace(analysis, range, near, `Change to \`${near}\``)] : []),
        });
      }
    }
  },
};
