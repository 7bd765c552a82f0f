import type { ModelInference } from '../inference/model';
import type { ModelDeclaration } from '../names/declarations';
import { trainOf } from '../plan/training';
import { asScalar, asText, entriesOf, entryOf, get, keyOf } from '../syntax/path';
import type { Entry } from '../syntax/tree';
import type { Rule } from './rule';

export const settingWithoutEffect: Rule = {
  id: 'setting-without-effect',
  group: 'tasks',
  severity: 'warning',
  summary: 'A setting of training that changes nothing here.',
  why: 'It looks as if it did something.',
  check({ inference }, report) {
    if (inference?.kind !== 'model') return;
    for (const entry of unnamedSizes(inference))
      report({
        range: entry.key.range,
        message: `\`${keyOf(entry)}\` has no effect: no part has a size of that name, and no condition speaks of it`,
        tags: ['unnecessary'],
      });
    for (const [entry, why] of idle(inference.model))
      report({
        range: entry.key.range,
        message: `\`${String(entry.key.value)}\` has no effect: ${why}`,
        tags: ['unnecessary'],
      });
  },
};

function idle({ train, tasks }: ModelDeclaration): [Entry, string][] {
  const found: [Entry, string][] = [];
  const add = (entry: Entry | undefined, why: string) => {
    if (entry) found.push([entry, why]);
  };
  const balance = entryOf(train, 'balance');
  if (tasks.size === 1 && asText(balance?.value) !== 'fixed') add(balance, 'there is one task only');
  const schedule = get(train, 'schedule');
  const { optimizer } = trainOf(train);
  if (schedule && (asText(get(schedule, 'decay')) ?? 'constant') === 'constant')
    add(entryOf(schedule, 'end'), 'without `decay` the learning rate stays as it is');
  const sgd = entriesOf(get(train, 'optimizer')).find(({ key }) => key.value === 'sgd')?.value;
  const nesterov = entryOf(sgd, 'nesterov');
  if (optimizer.kind === 'sgd' && asScalar(nesterov?.value)?.value === true && optimizer.momentum === 0)
    add(nesterov, 'it looks ahead along `momentum`, which is 0');
  return found;
}

/** Sizes in `dims` that nothing is called by. Nobody can tell where a part cannot be read. */
function unnamedSizes({ model, graph, plugs }: ModelInference): Entry[] {
  if (model.dims.size === 0) return [];
  const names = new Set<string>();
  for (const { target } of [...graph.steps.values(), ...plugs.values()]) {
    if (target.kind !== 'module') return [];
    const { inputs, outputs, params } = target.module;
    for (const name of params.keys()) names.add(name);
    for (const { parsed } of [...inputs.values(), ...outputs.values()])
      for (const { name } of parsed.names) names.add(name);
  }
  for (const { parsed } of model.where) for (const { name } of parsed.names) names.add(name);
  return entriesOf(get(model.root, 'dims')).filter(
    (entry) => typeof asScalar(entry.value)?.value === 'number' && !names.has(keyOf(entry)),
  );
}
