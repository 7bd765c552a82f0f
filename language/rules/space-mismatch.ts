import type { ModuleDeclaration } from '../names/declarations';
import { asText, get } from '../syntax/path';
import type { Rule } from './rule';

export const spaceMismatch: Rule = {
  id: 'space-mismatch',
  group: 'transfer',
  severity: 'error',
  summary: 'A part is fed from another representation than the one it was made for.',
  why: 'Two encoders may give the same sizes and mean something else by every number. A part that was trained on one of them makes no sense of the other.',
  check({ inference }, report) {
    if (!inference) return;
    for (const { target, wires, step } of inference.graph.steps.values()) {
      if (target.kind !== 'module') continue;
      for (const { wire, input, target: source } of wires) {
        const expected = input === undefined ? undefined : said(target.module, 'inputs', input, 'expects');
        if (expected === undefined || source.status !== 'found' || source.port === undefined) continue;
        const from = inference.graph.steps.get(source.owner)?.target;
        const space =
          from?.kind === 'module' ? said(from.module, 'outputs', source.port, 'space') : undefined;
        if (space === undefined || space === expected) continue;
        report({
          range: wire.range,
          message: `\`${source.owner}.${source.port}\` is \`${space}\`, but \`${step.name}.${input}\` was made for \`${expected}\``,
          // What still learns may get used to it.
          severity: asText(step.extras.get('train')?.value) === 'frozen' ? 'error' : 'warning',
          related: [
            { file: target.file, range: target.module.inputs.get(input!)!.key, message: 'expected here' },
          ],
        });
      }
    }
  },
};

function said(
  module: ModuleDeclaration,
  side: 'inputs' | 'outputs',
  port: string,
  key: 'space' | 'expects',
): string | undefined {
  return asText(get(get(get(module.root, side), port), key));
}
