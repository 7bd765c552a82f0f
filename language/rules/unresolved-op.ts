import { nearest } from '../names/nearest';
import { allOps } from '../ops/catalogue';
import { nameOfOther } from '../ops/other-names';
import { type Rule, respell } from './rule';

export const unresolvedOp: Rule = {
  id: 'unresolved-op',
  group: 'names',
  severity: 'error',
  summary: 'No op has this name.',
  why: 'A node is an op of the catalogue or another brick.',
  check(analysis, report) {
    for (const { target } of analysis.inference?.graph.steps.values() ?? []) {
      if (target.kind !== 'unknown-op') continue;
      const { value, range } = target.name;
      const near =
        nameOfOther(value) ??
        nearest(
          value,
          allOps().map((op) => op.name),
        );
      report({
        range,
        message: `There is no op \`${value}\`${near ? `; did you mean \`${near}\`?` : ''}`,
        propose: () => (near ? [respell(analysis, range, near)] : []),
      });
    }
  },
};
