import type { Step } from '../names/declarations';
import type { Range } from '../syntax/tree';
import { type Analysis, type FixProposal, type Rule, replace } from './rule';

export const duplicateName: Rule = {
  id: 'duplicate-name',
  group: 'names',
  structural: true,
  severity: 'error',
  summary: 'Two things that wires could name are called the same.',
  why: 'A wire to that name would be ambiguous.',
  check(analysis, report) {
    const { declaration, source, catalogue } = analysis;
    // A section that stands at the wrong level makes others of its entries.
    if (!declaration || source.structure.some(({ shift }) => shift)) return;
    const pairs: [string, ReadonlyMap<string, { key: Range }>, ReadonlyMap<string, Step>][] =
      declaration.kind === 'module'
        ? [['input', declaration.inputs, declaration.graph]]
        : declaration.kind === 'model'
          ? [['dataset', declaration.data, declaration.parts]]
          : [];
    for (const [what, firsts, seconds] of pairs) {
      for (const item of seconds.values()) {
        const first = firsts.get(item.name);
        if (!first) continue;
        report({
          range: item.key,
          message: `\`${item.name}\` is also the name of a${what === 'input' ? 'n' : ''} ${what}; choose another`,
          related: [{ file: source.file, range: first.key, message: `the ${what} \`${item.name}\`` }],
          propose: () => [rename(item, [firsts, seconds], analysis)],
        });
      }
    }
    const { name, version } = declaration;
    if (!name || source.origin !== 'workspace') return;
    for (const other of catalogue.named(declaration.kind, name.value)) {
      if (other.source.file === source.file || other.source.origin !== 'workspace') continue;
      if (other.declaration.version?.value !== version?.value || !other.declaration.name) continue;
      report({
        range: name.range,
        message: `Another ${declaration.kind} is called \`${name.value}\` too, with the same version`,
        related: [{ file: other.source.file, range: other.declaration.name.range, message: 'the other one' }],
      });
    }
  },
};

/** With the first number behind it that makes a name nobody has. */
function rename(
  { name, key }: Step,
  taken: readonly ReadonlyMap<string, unknown>[],
  analysis: Analysis,
): FixProposal {
  let number = 2;
  while (taken.some((names) => names.has(`${name}_${number}`))) number++;
  const free = `${name}_${number}`;
  return replace(analysis, key, free, `Rename it to \`${free}\``);
}
