import type { ModelInference } from '../inference/model';
import type { ModuleInference } from '../inference/module';
import { removeEntry } from '../syntax/edits';
import { asMap, get } from '../syntax/path';
import { type Analysis, edit, type Rule } from './rule';
import { drawnWires } from './wires';

export const unusedStep: Rule = {
  id: 'unused-step',
  group: 'names',
  severity: 'hint',
  summary: 'A node or part whose result nothing uses.',
  why: 'It costs time and memory and changes nothing.',
  check(analysis, report) {
    const { inference, source } = analysis;
    if (!inference || mayBeMeant(inference, analysis)) return;
    const used = new Set<string>();
    for (const { step } of inference.graph.steps.values())
      for (const owner of [...step.wires.map(({ reference }) => reference.owner), step.share?.value ?? ''])
        used.add(owner);
    if (inference.kind === 'model') {
      for (const { task } of inference.tasks)
        for (const wire of [task.output, task.target]) if (wire) used.add(wire.reference.owner);
    } else {
      for (const name of inference.module.outputs.keys()) used.add(name);
      for (const point of inference.module.extensionPoints.values()) if (point.at) used.add(point.at.value);
    }
    for (const { step } of inference.graph.steps.values()) {
      if (used.has(step.name)) continue;
      const map = asMap(get(source.tree.root, inference.kind === 'module' ? 'graph' : 'parts'));
      report({
        range: step.key,
        message: `Nothing uses \`${step.name}\``,
        tags: ['unnecessary'],
        propose: () =>
          map ? [edit(analysis, removeEntry(source.tree, map, step.entry), `Remove \`${step.name}\``)] : [],
      });
    }
  },
};

/** Where a wire leads nowhere or is missing, it was perhaps meant for what looks unused. */
function mayBeMeant(inference: ModuleInference | ModelInference, analysis: Analysis): boolean {
  if (drawnWires(analysis).some(({ target }) => target.status === 'no-owner')) return true;
  if ([...inference.graph.steps.values()].some((step) => step.missingInputs.length > 0)) return true;
  if (inference.kind === 'module') return inference.unmade.length > 0;
  return inference.tasks.length === 0 || inference.tasks.some(({ task }) => !task.output);
}
