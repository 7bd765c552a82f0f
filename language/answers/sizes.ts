/** How the sizes of a type got their values: a smallest set of facts, each with its place. */
import type { Cause, InferredStep } from '../inference/graph';
import type { ModuleDeclaration } from '../names/declarations';
import { Dim } from '../types/dim';
import { equationOf, qualifiedSymbol } from '../types/explain';
import type { Solver } from '../types/solver';
import type { TensorType } from '../types/type';
import type { Location } from './answers';

/** One reason, and where it is written. */
export interface SizeFact extends Location {
  text: string;
}

const mostFacts = 8;

/** `declared` is the type as its brick writes it, `here` as one use of the brick has it, not resolved. */
export function sizeFacts(
  declared: TensorType | undefined,
  here: TensorType | undefined,
  owner: { module: ModuleDeclaration; step: InferredStep; file: string } | undefined,
  solver: Solver<Cause>,
): SizeFact[] {
  if (!here) return [];
  const aligned = declared?.dims.length === here.dims.length && declared.lead === undefined;
  const seen = new Set<string>();
  const facts = here.dims.flatMap((dim, axis) => {
    const written = aligned ? declared.dims[axis] : undefined;
    const key = `${written?.key}=${dim.key}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return [...(written && owner ? paramFacts(written, owner) : []), ...chain(dim, solver)];
  });
  const unique = new Map(facts.map((fact) => [fact.text, fact]));
  return [...unique.values()].slice(0, mostFacts);
}

/** The params in a size, with the values that this use gives them. */
function paramFacts(
  written: Dim,
  { module, step, file }: { module: ModuleDeclaration; step: InferredStep; file: string },
): SizeFact[] {
  return [...written.symbols()].flatMap((name) => {
    const param = module.params.get(name);
    const value = step.values.get(name);
    if (!param || !(value instanceof Dim)) return [];
    const set = step.step.settings.get(name);
    return set
      ? [{ text: `\`${name} = ${value}\`: set by \`${step.step.name}\``, file, range: set.range }]
      : [{ text: `\`${name} = ${value}\`: its default`, file: module.file, range: param.key }];
  });
}

/** Without these facts the size could have been another. */
function chain(dim: Dim, solver: Solver<Cause>): SizeFact[] {
  const value = solver.resolve(dim);
  if (value.equals(dim) || dim.constant !== undefined) return [];
  // A name that is handed on, such as the rows of a batch, is no news.
  if (value.name !== undefined && solver.isRigid(value.name)) return [];
  const tried = solver.fork();
  const cause = { text: '', file: '', range: { start: 0, end: 0 } };
  if (tried.equate(dim, value.plus(1), cause) !== 'no') return [];
  return tried
    .explain()
    .slice(0, -1)
    .map((fact) => {
      const { text, file, range } = fact.cause;
      const equation = equationOf(fact);
      const [left, right] = [fact.left, fact.right].map((side) => side.toString(qualifiedSymbol));
      // Two names of one size say nothing by themselves.
      return { text: left === right ? text : `\`${equation}\`: ${text}`, file, range };
    });
}
