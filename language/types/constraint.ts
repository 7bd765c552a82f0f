/** Conditions on sizes, as in `where: [seq <= 512, hidden % heads == 0]`. */
import { type NameUse, parseSide, type TypeProblem } from './parse-dim';
import type { Dim } from './polynomial';

export type Relation = '==' | '!=' | '<=';

/** `left relation right`; `<`, `>` and `>=` are written with `<=`. */
export interface Constraint {
  left: Dim;
  relation: Relation;
  right: Dim;
}

export interface ParsedConstraint {
  constraint?: Constraint;
  problems: TypeProblem[];
  names: NameUse[];
}

const comparison = /==|!=|<=|>=|=<|=>|<|>|=/g;

/** As people write them elsewhere. */
const meant: Record<string, string> = { '=': '==', '=<': '<=', '=>': '>=' };

/** One condition. Problems and names carry offsets into `text`. */
export function parseConstraint(text: string): ParsedConstraint {
  const signs = [...text.matchAll(comparison)];
  const [sign, second] = signs;
  if (!sign || second) {
    const message = sign
      ? 'a condition compares two sizes; write a second one for a third'
      : 'a condition compares two sizes, as in `seq <= 512` or `hidden % heads == 0`';
    const start = second?.index ?? 0;
    return {
      problems: [{ start, end: second ? start + second[0].length : text.length, message }],
      names: [],
    };
  }
  const start = sign.index;
  const end = start + sign[0].length;
  const suggestion = meant[sign[0]];
  if (suggestion !== undefined) {
    const message = `sizes are compared with \`${suggestion}\``;
    return { problems: [{ start, end, message, suggestion }], names: [] };
  }
  const [left, right] = [parseSide(text.slice(0, start)), parseSide(text.slice(end), end)];
  const constraint = left.dim && right.dim && normalised(left.dim, sign[0], right.dim);
  return {
    ...(constraint ? { constraint } : {}),
    problems: [...left.problems, ...right.problems],
    names: [...left.names, ...right.names],
  };
}

function normalised(left: Dim, sign: string, right: Dim): Constraint {
  switch (sign) {
    case '<':
      return { left: left.plus(1), relation: '<=', right };
    case '>':
      return { left: right.plus(1), relation: '<=', right: left };
    case '>=':
      return { left: right, relation: '<=', right: left };
    default:
      return { left, relation: sign as Relation, right };
  }
}

/** What must hold instead when the condition does not: one of these. */
export function negated({ left, relation, right }: Constraint): Constraint[] {
  switch (relation) {
    case '==':
      return [
        { left: left.plus(1), relation: '<=', right },
        { left: right.plus(1), relation: '<=', right: left },
      ];
    case '!=':
      return [{ left, relation: '==', right }];
    case '<=':
      return [{ left: right.plus(1), relation: '<=', right: left }];
  }
}
