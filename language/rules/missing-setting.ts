import type { InferredStep } from '../inference/graph';
import { type Setting, settingsOf } from '../inference/settings';
import { nearest } from '../names/nearest';
import { insertEntry } from '../syntax/edits';
import { asMap, keyOf } from '../syntax/path';
import { isMisspelt } from './misspelt';
import { type Analysis, edit, type FixProposal, listed, type Rule } from './rule';
import { settledSteps } from './wires';

export const missingSetting: Rule = {
  id: 'missing-setting',
  group: 'names',
  severity: 'error',
  summary: 'An attribute or parameter without a default is not given.',
  why: 'There is no sensible value to assume.',
  check(analysis, report) {
    const { inference } = analysis;
    const plugged = new Set(inference?.kind === 'model' ? inference.plugs.values() : []);
    for (const inferred of settledSteps(analysis)) {
      const { step, target, unknownSettings } = inferred;
      const missingSettings = plugged.has(inferred) ? notSized(inferred) : inferred.missingSettings;
      const names = [...settingsOf(target).keys()];
      const misspelt = unknownSettings.map((entry) => nearest(keyOf(entry), names));
      const missing = missingSettings.filter((name) => !misspelt.includes(name));
      // A name for it that the op does not know is reported by itself.
      const strange = misspelt.filter((name) => name === undefined).length;
      if (missing.length <= strange || isMisspelt('params', step)) continue;
      const where = step.op ? `: write it beside \`op\`` : ` under \`params\``;
      report({
        range: step.op?.range ?? step.module?.range ?? step.key,
        message: `\`${plugged.has(inferred) ? step.module?.reference.name : step.name}\` needs ${listed(missing)}${where}`,
        propose: () => (missing.length === 1 ? setIt(inferred, missing[0]!, analysis) : []),
      });
    }
  },
};

/** What an extension point does not give: the sizes of the input of what is plugged in are those that are there. */
export function notSized({ target, missingSettings }: InferredStep): string[] {
  const [input] = target.kind === 'module' ? target.module.inputs.values() : [];
  const sizes = new Set(input?.parsed.names.map(({ name }) => name));
  return missingSettings.filter((name) => !sizes.has(name));
}

/** With a parameter of the brick, or with a value that is usual. */
function setIt(inferred: InferredStep, name: string, analysis: Analysis): FixProposal[] {
  const { step, target } = inferred;
  const setting = settingsOf(target).get(name);
  const map = asMap(step.entry.value);
  if (!setting || !map) return [];
  const { tree } = analysis.source;
  return [...labelsLearnt(step.name, analysis), ...valuesFor(setting, analysis)].map((value) => {
    const title = `Add \`${name}: ${value}\``;
    if (step.settingsMap) return edit(analysis, insertEntry(tree, step.settingsMap, name, value), title);
    return edit(analysis, insertEntry(tree, map, 'params', `{ ${name}: ${value} }`), title);
  });
}

/** How many labels a column has that the step is to predict. */
function labelsLearnt(step: string, { inference }: Analysis): string[] {
  if (inference?.kind !== 'model') return [];
  const learnt = inference.tasks.filter(({ task }) => task.output?.reference.owner === step);
  return learnt.flatMap(({ column }) => (column?.labels ? [String(column.labels.length)] : []));
}

function valuesFor({ name, type, min = 1, values }: Setting, { declaration }: Analysis): string[] {
  const params = declaration?.kind === 'module' ? [...declaration.params.values()] : [];
  const alike = params.filter((param) => param.type === type || (type === 'ints' && param.type === 'int'));
  const named = alike.sort((a, b) => Number(b.name === name) - Number(a.name === name));
  const usual =
    values?.[0] ??
    (type === 'int' ? Math.max(min, usualSizes[name] ?? min) : type === 'float' ? min : undefined);
  return [
    ...named.slice(0, 3).map((param) => `$${param.name}`),
    ...(usual === undefined ? [] : [String(usual)]),
  ];
}

/** What people start with. */
const usualSizes: Record<string, number> = {
  units: 64,
  filters: 64,
  dim: 64,
  hidden: 64,
  kernel: 3,
  heads: 4,
  vocab: 4000,
  size: 4000,
  length: 64,
  classes: 2,
};
