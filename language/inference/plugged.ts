/** A brick at an extension point: the values of its params, and whether the point's type suits it. */
import type { ModuleDeclaration } from '../names/declarations';
import type { Range } from '../syntax/tree';
import { Dim } from '../types/dim';
import { Solver } from '../types/solver';
import { printType, type TensorType } from '../types/type';
import type { InferredStep } from './graph';
import { instantiate } from './instance';
import type { Cause } from './problems';
import type { Params } from './values';

type Fitted = { values: Params } | { values?: undefined; message: string; range: Range | undefined };

/** Params that size the plugged brick's input, and are not set, take the size that is there. */
export function pluggedValues(
  { inferred }: { inferred: InferredStep },
  module: ModuleDeclaration,
  input: string,
  type: TensorType,
  cause: Cause,
): Fitted {
  const values: Params = new Map(inferred.values);
  const solver = new Solver<Cause>();
  const symbols: Params = new Map(
    [...module.params.values()].map((param) => [
      param.name,
      param.type === 'int' && !inferred.step.settings.has(param.name)
        ? Dim.symbol(`plug:${param.name}`)
        : values.get(param.name),
    ]),
  );
  const wanted = instantiate(module, symbols, 'plug').inputs.get(input);
  if (!wanted) return { message: 'takes a type that cannot be read', range: undefined };
  if (!solver.fit(type, wanted, cause).ok)
    return {
      message: `takes ${shown(wanted)}, but the extension point has ${shown(type)}`,
      range: undefined,
    };
  for (const [param, symbol] of symbols) {
    const found = symbol instanceof Dim ? solver.resolve(symbol) : undefined;
    if (found?.constant !== undefined) values.set(param, found);
  }
  for (const { written, constraint } of instantiate(module, values, 'plug').conditions) {
    if (solver.check(constraint) !== 'no') continue;
    const message = `needs \`${written.text}\`, which the extension point does not meet`;
    return { message, range: written.range };
  }
  return { values };
}

/** A type with the symbols as their author wrote them: `points:batch` is `batch`. */
export function shown(type: TensorType): string {
  return printType(type, (symbol) => symbol.slice(symbol.lastIndexOf(':') + 1));
}
