import { nearest } from '../names/nearest';
import { type Analysis, type Rule, replace } from './rule';
import { settledSteps } from './wires';

export const unresolvedParam: Rule = {
  id: 'unresolved-param',
  group: 'names',
  severity: 'error',
  summary: 'A `$name` that is no parameter.',
  why: 'Only parameters declared under `params` can be used in a graph.',
  check(analysis, report) {
    const { declaration } = analysis;
    const params = declaration?.kind === 'module' ? [...declaration.params.keys()] : [];
    for (const { valueProblems } of settledSteps(analysis)) {
      for (const problem of valueProblems) {
        if (problem.kind !== 'unresolved-param' || problem.name === undefined) continue;
        const near = nearest(problem.name, params);
        const written = analysis.source.text.slice(problem.range.start, problem.range.end);
        report({
          range: problem.range,
          names: [problem.name, ...(near ? [near] : [])],
          message: `${problem.message}${near ? `; did you mean \`$${near}\`?` : advice(problem.name, analysis)}`,
          propose: () =>
            near
              ? [
                  replace(
                    analysis,
                    problem.range,
                    written.replace(new RegExp(`(?<!\\w)\\$?${problem.name}\\b`), () => `$${near}`),
                    `Change to \`$${near}\``,
                  ),
                ]
              : [],
        });
      }
    }
  },
};

/** What helps where no parameter is called nearly so. */
function advice(name: string, { declaration, inference }: Analysis): string {
  if (declaration?.kind === 'model') return ': a composition has none, write the value';
  const isSize = [...(inference?.scope.outer.values() ?? [])].some(
    (outer) => 'type' in outer && outer.type?.dims.some((dim) => dim.symbols().has(name)),
  );
  return isSize ? '; it is a size of an input: declare it under `params`, too, to use it here' : '';
}
