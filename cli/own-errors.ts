import type { Finding } from '../language/answers/answers';
import { hinders } from '../language/rules/rules';
import { Workspace } from '../language/workspace';
import { PublishedVersions } from '../registry/published/host';
import { sha256 } from '../registry/sha256';
import { dataFile, findSources, type Loaded, libraryFolder } from '../registry/sources';
import { tokenizer } from '../registry/tokenizers';
import type { NamedVersion } from './brick-version';

/** What is wrong with a version in itself, among the bricks of a workspace, where it stands for all of its name. */
export function ownErrors({ source }: NamedVersion, { workspace, folders, files }: Loaded): Finding[] {
  const alone = new Workspace({ hash: sha256, dataFile, tokenizer, published: new PublishedVersions() });
  alone.setFolders(folders);
  for (const file of [...findSources(libraryFolder()), ...files]) {
    const other = workspace.source(file);
    if (other && other.header.name !== source.header.name) alone.setFile(file, other.text, other.origin);
  }
  alone.setFile(source.file, source.text);
  // How far its number has to go is what it is compared for.
  return alone.check(source.file).filter((finding) => hinders(finding) && finding.rule !== 'bump-too-small');
}
