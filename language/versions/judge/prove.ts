/** Whether a user of a brick really breaks: asked of the checker itself, with each version in its place. */
import type { Finding } from '../../answers/answers';
import type { Consumer, Witness } from './consumer';
import type { Pair, Side } from './pair';

/** Undefined where the user has errors with the old version already, or none where they should be with the new one. */
export function prove(pair: Pair, consumer: Consumer): Witness | undefined {
  if (errorsWith(pair, pair.old, consumer).length > 0) return undefined;
  const found = errorsWith(pair, pair.next, consumer).filter((finding) => isThere(finding, consumer));
  if (found.length === 0) return undefined;
  const { files, file, version } = consumer;
  const text = (side: Side) => version?.(side) ?? side.source.text;
  const isOther = version !== undefined || pair.migrated !== undefined;
  const versions = isOther && { old: text(pair.old), next: text(pair.next) };
  return { files, file, findings: found, ...(versions ? { versions } : {}) };
}

/** The errors in the user's files when it uses that version; what an engine can run is not about versions. */
export function errorsWith(pair: Pair, side: Side, { files, version }: Consumer): Finding[] {
  const workspace = pair.workspace();
  workspace.setFile(side.source.file, version?.(side) ?? side.source.text);
  for (const { file, text } of files) workspace.setFile(file, text);
  return files
    .flatMap(({ file }) => workspace.check(file))
    .filter(({ severity, rule }) => severity === 'error' && rule !== 'engine-unsupported');
}

function isThere({ file, range }: Finding, { files, file: wanted, lines }: Consumer): boolean {
  if (file !== wanted) return false;
  if (!lines) return true;
  const text = files.find((each) => each.file === file)!.text;
  const line = (offset: number) => text.slice(0, offset).split('\n').length - 1;
  return line(range.start) <= lines[1] && line(range.end) >= lines[0];
}
