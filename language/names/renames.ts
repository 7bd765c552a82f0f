import { asText, entriesOf, get, keyOf } from '../syntax/path';
import type { ModuleDeclaration } from './declarations';

/** As the brick says that it renamed things. */
export function renamesOf({ root }: ModuleDeclaration): { from: string; to: string }[] {
  return entriesOf(get(root, 'renames')).flatMap((entry) => {
    const to = asText(entry.value);
    return to === undefined ? [] : [{ from: keyOf(entry), to }];
  });
}
