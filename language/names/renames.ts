import { asText, entriesOf, get, keyOf } from '../syntax/path';
import type { ModuleDeclaration } from './declarations';

/** As the brick says that it renamed things. */
export function renamesOf({ root }: ModuleDeclaration): { from: string; to: string }[] {
  return entriesOf(get(root, 'renames')).flatMap((entry) => {
    const to = asText(entry.value);
    return to === undefined ? [] : [{ from: keyOf(entry), to }];
  });
}

type Members = 'inputs' | 'outputs' | 'params';

/** What a port or a param is called now that a user may still call by its former name. */
export function currentName(module: ModuleDeclaration, members: Members, name: string): string {
  if (module[members].has(name)) return name;
  const to = renamesOf(module).find(({ from }) => from === name)?.to;
  return to !== undefined && module[members].has(to) ? to : name;
}

/** What a user may have called a port or a param before; undefined for what has always had its name. */
export function formerName(module: ModuleDeclaration, members: Members, name: string): string | undefined {
  return renamesOf(module).find(({ from, to }) => to === name && !module[members].has(from))?.from;
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
