/** Under which names a file of weights may hold what a brick calls `windows.kernel`. */
import type { ModuleDeclaration } from '../names/declarations';
import { formerNames } from '../names/renames';

export type Shapes = Record<string, readonly number[]>;

/** Its shape, under the name of now or under that before `renames`, as bricks ship it or as runs keep it. */
export function shapesIn(
  shapes: Shapes,
  module: ModuleDeclaration,
): (key: string) => readonly number[] | undefined {
  const former = formerNames(module);
  return (key) => {
    const names = [key, former(key)];
    const found = names.flatMap((name) => [name, inRun(name)]).find((name) => Object.hasOwn(shapes, name));
    return found === undefined ? undefined : shapes[found];
  };
}

/** Runs keep `windows.kernel` as `windows/kernel`. */
function inRun(key: string): string {
  return key.replace(/\.([^.]*)$/, '/$1');
}
