import type { Rule } from './rule';

export const tokenizerMissing: Rule = {
  id: 'tokenizer-missing',
  group: 'data',
  severity: 'error',
  summary: 'A tokenizer file that is not there, or is none.',
  why: 'Text could not be turned into ids. The path starts at the folder of the brick.',
  check({ inference, host, source }, report) {
    for (const { target, step, values } of inference?.graph.steps.values() ?? []) {
      if (target.kind !== 'op' || target.op.name !== 'tokenizer') continue;
      const file = values.get('file');
      const found = typeof file === 'string' ? host.tokenizer?.(source.file, file) : undefined;
      if (found !== 'missing' && found !== 'broken') continue;
      const message =
        found === 'missing'
          ? `There is no tokenizer \`${file}\`; put it beside this file, or name it with \`file\``
          : `\`${file}\` is no tokenizer.json file: it has no \`model\` with a \`vocab\``;
      report({ range: step.settings.get('file')?.value?.range ?? step.op?.range ?? step.key, message });
    }
  },
};
