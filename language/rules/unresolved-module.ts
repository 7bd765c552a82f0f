import { nearest } from '../names/nearest';
import { lockedOnce } from './locked-once';
import { namedBricks } from './references';
import { type Rule, replace } from './rule';
import { unsolved } from './version-conflict';

export const unresolvedModule: Rule = {
  id: 'unresolved-module',
  group: 'names',
  severity: 'error',
  summary: 'No brick, dataset or composition of this name is known.',
  why: 'Names are looked up among the files of the workspace, the standard library and the registries that the workspace names.',
  check(analysis, report) {
    const behind = unsolved(analysis, 'unknown');
    if (behind) report(behind);
    for (const { kind, reference, lookup } of namedBricks(analysis)) {
      if (lookup.status !== 'unknown') continue;
      const was = lockedOnce(analysis, reference);
      if (was) {
        report({
          range: reference.nameRange,
          message: `\`${reference.name}\` is in no registry: \`brique.lock\` has ${was.version}${was.from === undefined ? '' : `, which was in \`${was.from}\``}`,
          help: 'put that registry back, or name one that has it under `registries` in the workspace file',
        });
        continue;
      }
      const names = analysis.catalogue.allNames(kind);
      const near = scoped(reference.name, names) ?? nearest(reference.name, names);
      // A name that cannot be one is told where it is given.
      if (near !== undefined && !isName(near)) continue;
      const what = { module: 'brick', dataset: 'dataset', model: 'composition' }[kind];
      report({
        range: reference.nameRange,
        message: `There is no ${what} \`${reference.name}\`${near ? `; did you mean \`${near}\`?` : ' in the workspace, the standard library or its registries'}`,
        propose: () => (near ? [replace(analysis, reference.nameRange, near, `Change to \`${near}\``)] : []),
      });
    }
  },
};

function isName(name: string): boolean {
  return /^([a-z0-9]+(-[a-z0-9]+)*\/)?[a-z0-9]+(-[a-z0-9]+)*$/.test(name);
}

/** `classifier` is `std/classifier` where nobody else has one. */
function scoped(name: string, names: readonly string[]): string | undefined {
  const [only, ...others] = names.filter((each) => each.endsWith(`/${name}`));
  return others.length === 0 ? only : undefined;
}
