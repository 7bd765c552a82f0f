import type { ModuleDeclaration, Port } from '../names/declarations';
import { Dim } from '../types/dim';
import { substituteType, type TensorType } from '../types/type';
import type { Params } from './values';

export interface Instance {
  inputs: Map<string, TensorType | undefined>;
  outputs: Map<string, TensorType | undefined>;
}

/**
 * A brick's ports as one use of it sees them: parameters replaced by their values, every other symbol made the
 * instance's own (`encoder:seq`).
 */
export function instantiate(module: ModuleDeclaration, values: Params, scope: string): Instance {
  const own = (name: string): Dim => {
    const value = values.get(name);
    return value instanceof Dim ? value : Dim.symbol(`${scope}:${name}`);
  };
  const ports = (declared: Map<string, Port>) =>
    new Map(
      [...declared].map(([name, { parsed }]): [string, TensorType | undefined] => {
        if (!parsed.type) return [name, undefined];
        return [name, substituteType(parsed.type, own, (lead) => `${scope}:${lead}`)];
      }),
    );
  return { inputs: ports(module.inputs), outputs: ports(module.outputs) };
}
