import { locatedText } from '../names/declarations';
import { get } from '../syntax/path';
import { parseType, printType } from '../types/type';
import { type Rule, replace } from './rule';

export const extensionPointMismatch: Rule = {
  id: 'extension-point-mismatch',
  group: 'extension-points',
  severity: 'error',
  summary: 'An extension point that says another type than its node has.',
  why: 'Bricks made for the type that is written would not fit what goes through.',
  check(analysis, report) {
    const { declaration, inference } = analysis;
    if (declaration?.kind !== 'module' || inference?.kind !== 'module') return;
    const points = get(declaration.root, 'extension_points');
    for (const point of declaration.extensionPoints.values()) {
      const written = locatedText(get(get(points, point.name), 'type'));
      const { type, problems } = parseType(written?.value ?? '');
      const [made] = inference.graph.steps.get(point.at?.value ?? '')?.outputs.values() ?? [];
      if (!written) continue;
      if (!type) {
        report({ range: written.range, message: problems[0]?.message ?? 'This is no type' });
        continue;
      }
      const { solver } = inference.graph;
      const cause = { text: `point ${point.name}`, file: declaration.file, range: written.range };
      if (!made || solver.fork().fit(made, type, cause).ok) continue;
      const shown = printType(solver.resolveType(made));
      report({
        range: written.range,
        message: `\`${point.at!.value}\` is \`${shown}\`, not \`${written.value}\``,
        propose: () => [replace(analysis, written.range, shown, `Change to \`${shown}\``)],
      });
    }
  },
};
