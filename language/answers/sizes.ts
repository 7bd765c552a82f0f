/** How the sizes of a type got their values: a smallest set of facts, each with its place. */
import type { Cause } from '../inference/graph';
import type { Dim } from '../types/dim';
import { equationOf } from '../types/explain';
import type { Solver } from '../types/solver';
import type { TensorType } from '../types/type';
import type { Location } from './answers';

/** One reason, and where it is written. */
export interface SizeFact extends Location {
  text: string;
}

const mostFacts = 8;

/** `type` is not resolved: what stands in it is what there are facts about. */
export function sizeFacts(type: TensorType | undefined, solver: Solver<Cause>): SizeFact[] {
  const facts = (type?.dims ?? []).flatMap((dim) => chain(dim, solver));
  return [...new Map(facts.map((fact) => [fact.text, fact])).values()].slice(0, mostFacts);
}

/** Without these facts the size could have been another. */
function chain(dim: Dim, solver: Solver<Cause>): SizeFact[] {
  const value = solver.resolve(dim);
  if (value.equals(dim) || dim.constant !== undefined) return [];
  // A name that is handed on, such as the rows of a batch, is no news.
  if (value.name !== undefined && solver.isRigid(value.name)) return [];
  const tried = solver.fork();
  const cause: Cause = { kind: 'wire', text: '', file: '', range: { start: 0, end: 0 } };
  if (tried.equate(dim, value.plus(1), cause) !== 'no') return [];
  return tried
    .explain()
    .slice(0, -1)
    .map((fact) => {
      const { text, file, range } = fact.cause;
      return { text: `\`${equationOf(fact)}\`: ${text}`, file, range };
    });
}
