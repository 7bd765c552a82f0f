/** A brick's text as it is published: under a number, and naming the weights that come with it. */
import type { ModuleDeclaration } from '../names/declarations';
import { SourceFile } from '../names/source-file';
import { applyEdits, insertAt, replaceValue } from '../syntax/edits';
import { entryOf } from '../syntax/path';

/** What the weights of a run are called in a published version. */
export const WEIGHTS_FILE = 'weights.safetensors';

export function manifestText(source: SourceFile, set: { version?: string; weights?: string }): string {
  return Object.entries(set).reduce((text, [key, value]) => {
    const { tree } = new SourceFile(source.file, text, source.origin);
    const written = entryOf(tree.root, key)?.value;
    const edit = written ? replaceValue(written, value) : insertAt(tree, [], key, value);
    return edit ? applyEdits(text, [edit]) : text;
  }, source.text);
}

/**
 * A brick of the workspace as it would follow a released version. Weights come with publishing: a source that names
 * none is one that nobody has trained yet, not one that ships none any more.
 */
export function asPublished(source: SourceFile, old: ModuleDeclaration | undefined): SourceFile {
  const { declaration } = source;
  const weights = old?.weights?.value;
  if (declaration?.kind !== 'module' || declaration.weights || weights === undefined) return source;
  return new SourceFile(source.file, manifestText(source, { weights }), source.origin);
}
