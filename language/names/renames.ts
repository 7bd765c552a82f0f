import { asText, entriesOf, get, keyOf } from '../syntax/path';
import type { ModuleDeclaration } from './declarations';

/** As the brick says that it renamed things. */
export function renamesOf({ root }: ModuleDeclaration): { from: string; to: string }[] {
  return entriesOf(get(root, 'renames')).flatMap((entry) => {
    const to = asText(entry.value);
    return to === undefined ? [] : [{ from: keyOf(entry), to }];
  });
}

/** What nodes that have another name now were called before, by that name. */
export function formerlyIn(module: ModuleDeclaration): Record<string, string> {
  const nodes = renamesOf(module).filter(({ to }) => module.graph.has(to));
  return Object.fromEntries(nodes.map(({ from, to }) => [to, from]));
}

/** What a weight or a node was called before, by the node that its name starts with: `words.kernel`. */
export function formerNames(module: ModuleDeclaration): (name: string) => string {
  const before = new Map(renamesOf(module).map(({ from, to }) => [to, from]));
  return (name) => {
    const [first] = /^[^./]+/.exec(name) ?? [''];
    const old = before.get(first);
    return old === undefined ? name : old + name.slice(first.length);
  };
}
