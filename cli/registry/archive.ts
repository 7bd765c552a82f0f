/** Versions in one file, to be shared. */
import { EXIT } from '../../protocol/command';
import { exportArchive, withRequired } from '../../registry/published/archive/pack';
import { importArchive } from '../../registry/published/archive/unpack';
import type { Release } from '../../registry/published/registry';
import { CommandFailure } from '../failure';
import { print, printJson } from '../output';
import { shownPath } from '../shown-path';
import { type RegistryOptions, registriesOf, releaseNamed, told } from './open';

const ENDING = '.brick';

export interface ExportOptions extends RegistryOptions {
  only?: boolean;
}

/** The last argument is the file. */
export function exportVersions(args: string[], options: ExportOptions): Promise<number> {
  return told(async () => {
    const to = args.at(-1) ?? '';
    const named = args.slice(0, -1);
    if (!to.endsWith(ENDING) || named.length === 0) {
      throw new CommandFailure(
        `Which versions, into which file that ends in ${ENDING}?`,
        EXIT.misuse,
        `As in: brique registry export text-encoder@1.0.0 text-encoder${ENDING}`,
      );
    }
    const registries = registriesOf(options);
    const releases = new Map<string, Release>();
    for (const each of named.map((text) => releaseNamed(registries, text)))
      for (const release of options.only ? [each] : withRequired(registries, each))
        releases.set(`${release.name}@${release.version}`, release);
    const { file, size, sha256 } = await exportArchive(registries, [...releases.values()], to);
    const versions = [...releases.keys()].sort();
    if (options.json) printJson({ file, size, sha256, versions });
    else print(`${shownPath(file)}: ${versions.join(', ')} (${size.toLocaleString('en')} bytes)`);
    return EXIT.fine;
  });
}

export function importVersions(file: string, options: RegistryOptions): Promise<number> {
  return told(async () => {
    const [target] = registriesOf(options).all;
    if (!target)
      throw new CommandFailure(
        'The workspace file names no registry',
        EXIT.misuse,
        'Name one with --registry.',
      );
    const { added, present } = await importArchive(target.folder, file);
    const names = (releases: Release[]) => releases.map(({ name, version }) => `${name}@${version}`);
    if (options.json) printJson({ registry: target.folder, added: names(added), present: names(present) });
    else {
      for (const each of names(added)) print(`${each} is published in ${shownPath(target.folder)}`);
      for (const each of names(present)) print(`${each} was there before`);
    }
    return EXIT.fine;
  });
}
