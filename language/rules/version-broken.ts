import semver from 'semver';
import { isPretrained, shippedBy } from '../inference/pretrained';
import { namedBricks } from './references';
import { type Analysis, hasFile, type Rule } from './rule';

export const versionBroken: Rule = {
  id: 'version-broken',
  group: 'versions',
  severity: 'error',
  summary: 'A published version that cannot be read, or that is not what was published.',
  why: 'What was published never changes. Where a file is missing or has another hash, nobody can tell what it would do.',
  check(analysis, report) {
    const { catalogue } = analysis;
    for (const { reference, lookup } of namedBricks(analysis)) {
      if (lookup.status === 'found' && lookup.published) {
        const { version } = lookup.published;
        const better = catalogue
          .published(reference.name)
          .broken.find(
            (each) =>
              semver.gt(each.version, version) &&
              semver.satisfies(each.version, reference.versionRange ?? '*'),
          );
        if (!better) continue;
        report({
          range: reference.nameRange,
          message: `\`${reference.name} ${better.version}\` cannot be taken from the registry, so that ${version} is: ${better.why}`,
          severity: 'warning',
        });
      }
      if (lookup.status !== 'broken') continue;
      const what = lookup.version === '' ? reference.name : `${reference.name} ${lookup.version}`;
      report({
        range: reference.nameRange,
        message: `\`${what}\` cannot be taken from the registry: ${lookup.why}`,
        help: 'put the published files back, or name a version that can be read',
      });
    }
    for (const { range, what, file } of weightsGone(analysis))
      report({
        range,
        message: `${what} ships weights that are gone: there is no ${file}`,
        help: 'put the published file back; `brique registry verify` says what else is missing',
      });
  },
};

/** Files of weights that parts take from registries and that are not there. */
function weightsGone({ inference, catalogue, host }: Analysis) {
  if (inference?.kind !== 'model') return [];
  const has = hasFile(host);
  return [...inference.graph.steps.values(), ...inference.plugs.values()].flatMap((inferred) => {
    const range = inferred.step.module?.reference.nameRange;
    if (inferred.target.kind !== 'module' || !range || !isPretrained(inferred)) return [];
    const shipped = shippedBy(inferred.target.module, { names: catalogue, has });
    if (shipped?.from !== 'file' || !shipped.published || has(shipped.file, shipped.file)) return [];
    const { name, version } = shipped.published;
    return [{ range, what: `\`${name} ${version}\``, file: shipped.file }];
  });
}
