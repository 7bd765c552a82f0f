import { swaps } from './bridges';
import { contradictedSizes } from './common-sizes';
import { factsAsRelated, wiresAmong } from './facts';
import { projections } from './insertions';
import { claim, declaredAt, setParams, typesOf } from './misfits';
import type { Report, Rule } from './rule';

/** A wire that alone proves the sizes different; where several wires are needed, `dim-conflict` tells them all. */
export const dimMismatch: Rule = {
  id: 'dim-mismatch',
  group: 'shapes',
  severity: 'error',
  summary: 'A wire whose ends have different sizes.',
  why: 'The step would fail at run time, often after data was loaded.',
  check(analysis, report) {
    const told = new Map<string, Report & Required<Pick<Report, 'related'>>>();
    for (const { misfit, axis } of contradictedSizes(analysis).others) {
      if (wiresAmong(axis.facts) > 1) continue;
      // What fits nowhere it is wired to is most likely wrong itself.
      const same = `${misfit.source} ${axis.axis} ${axis.from} ${axis.to}`;
      const first = told.get(same);
      const place = { file: analysis.source.file, range: misfit.range, message: `${claim(misfit)}, too` };
      if (first) {
        first.related.push(place);
        continue;
      }
      const params = axis.facts.filter(({ cause }) => cause.kind === 'param' || cause.kind === 'condition');
      const found = {
        range: misfit.range,
        message: `${claim(misfit)}: axis ${axis.axis} is ${axis.from}, not ${axis.to}\n${typesOf(misfit)}`,
        related: [...declaredAt(misfit), ...factsAsRelated(params)],
        propose: () => [
          ...setParams(misfit, axis, analysis),
          ...swaps(misfit, analysis),
          ...projections(misfit, axis, analysis),
        ],
      };
      told.set(same, found);
    }
    for (const found of told.values()) report(found);
  },
};
