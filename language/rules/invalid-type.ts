import type { Rule } from './rule';

export const invalidType: Rule = {
  id: 'invalid-type',
  group: 'shapes',
  severity: 'error',
  summary: 'A port type that cannot be read.',
  why: 'A type is written `float32[batch, hidden]`: an element type, then the sizes.',
  check({ declaration }, report) {
    if (declaration?.kind !== 'module') return;
    for (const port of [...declaration.inputs.values(), ...declaration.outputs.values()]) {
      for (const { start, end, message } of port.parsed.problems) {
        report({ range: { start: port.range.start + start, end: port.range.start + end }, message });
      }
    }
  },
};
