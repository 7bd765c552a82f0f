import { nearest } from '../names/nearest';
import { dtypes } from '../types/type';
import { type Rule, respell } from './rule';

export const invalidType: Rule = {
  id: 'invalid-type',
  group: 'shapes',
  severity: 'error',
  summary: 'A port type that cannot be read.',
  why: 'A type is written `float32[batch, hidden]`: an element type, then the sizes.',
  check(analysis, report) {
    const { declaration } = analysis;
    if (declaration?.kind !== 'module') return;
    for (const port of [...declaration.inputs.values(), ...declaration.outputs.values()]) {
      // What else is odd about it mostly follows from the first.
      for (const { start, end, message, suggestion } of port.parsed.problems.slice(0, 1)) {
        const range = { start: port.range.start + start, end: port.range.start + end };
        const near = suggestion ?? nearest(port.text.slice(start, end), dtypes);
        report({
          range,
          message,
          propose: () => (near ? [respell(analysis, range, near)] : []),
        });
      }
    }
  },
};
