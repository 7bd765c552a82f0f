import type { Analysis } from '../rules/rule';
import { printType } from '../types/type';
import type { Hint } from './answers';

/** The type that each step makes, and the version that each range came to. */
export function hintsIn(analysis: Analysis): Hint[] {
  const { inference } = analysis;
  if (!inference) return [];
  const { solver } = inference.graph;
  const hints: Hint[] = [];
  for (const { step, target, outputs } of inference.graph.steps.values()) {
    const types = [...outputs].flatMap(([port, type]) => {
      if (!type) return [];
      const shown = printType(solver.resolveType(type));
      return [outputs.size === 1 ? shown : `${port} ${shown}`];
    });
    if (types.length > 0) hints.push({ offset: step.key.end, label: ` ${types.join(', ')}` });
    const version = target.kind === 'module' ? target.module.version?.value : undefined;
    const range = step.module?.reference.versionRangeAt;
    const written = step.module?.reference.versionRange;
    if (version && range && written !== version) hints.push({ offset: range.end, label: ` = ${version}` });
  }
  const end = analysis.source.text.length;
  return hints.filter(({ offset }) => offset <= end).sort((a, b) => a.offset - b.offset);
}
