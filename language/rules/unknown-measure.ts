import { locatedText } from '../names/declarations';
import { nearest } from '../names/nearest';
import { entriesOf, get } from '../syntax/path';
import type { Range } from '../syntax/tree';
import { inFull, measuresOf, watched } from './measures';
import { listed, type Rule, respell } from './rule';

export const unknownMeasure: Rule = {
  id: 'unknown-measure',
  group: 'tasks',
  severity: 'error',
  after: [
    'task-missing',
    'missing-field',
    'unknown-key',
    'wrong-value',
    'unknown-metric',
    'metric-task-mismatch',
  ],
  summary: 'A measure that no task reports.',
  why: 'The rule that waits for it would never fire.',
  check(analysis, report) {
    const { inference } = analysis;
    if (inference?.kind !== 'model') return;
    const measures = measuresOf(inference);
    const named: { range: Range; value: string; known: string[] }[] = [];
    const when = locatedText(get(get(inference.model.train, 'stop'), 'when'));
    if (when) named.push({ ...when, known: watched(inference) });
    for (const entry of entriesOf(get(inference.model.evaluate, 'require'))) {
      // Under the name of a slice there are measures of it; the loss of a slice is not known.
      const ofSlice = entry.value?.kind === 'map' ? entry.value.entries : undefined;
      const known = ofSlice
        ? measures.filter((measure) => !measure.endsWith('.loss'))
        : ['loss', ...measures];
      for (const { key } of ofSlice ?? [entry])
        named.push({ range: key.range, value: String(key.value), known });
    }
    for (const { range, value, known } of named) {
      if (known.includes(value) || value.startsWith('x-')) continue;
      const near = inFull(value, known) ?? nearest(value, known);
      report({
        range,
        names: [`measures of ${taskOf(value)}`],
        message: `No task reports \`${value}\`; ${near ? `did you mean \`${near}\`?` : `there are ${listed(known)}`}`,
        propose: () => (near ? [respell(analysis, range, near)] : []),
      });
    }
  },
};

/** `validation.sentiment.loss` and `sentiment.loss` are of the task `sentiment`. */
function taskOf(measure: string): string {
  return measure.split('.').at(-2) ?? measure;
}
