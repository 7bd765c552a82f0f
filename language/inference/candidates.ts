import type { TensorType } from '../types/type';
import { type GraphScope, type InferredGraph, type InferredStep, sourceText } from './graph';
import { instantiate } from './instance';

export interface Source {
  /** As a wire names it. */
  text: string;
  owner: string;
  port: string | undefined;
  /** Resolved; undefined when it is not known. */
  type: TensorType | undefined;
  kind: 'input' | 'column' | 'step';
}

/** Everything a wire into this step may start from. `short`: a node with one output is named alone. */
export function sourcesFor(
  step: InferredStep | undefined,
  scope: GraphScope,
  graph: InferredGraph,
  short: boolean,
): Source[] {
  const found: Source[] = [];
  const add = (
    kind: Source['kind'],
    owner: string,
    port: string | undefined,
    type: TensorType | undefined,
  ) => {
    const text = sourceText({ owner, port });
    found.push({
      ...{ kind, owner, port, text },
      // Of thousands, few are looked at.
      get type() {
        return type && graph.solver.resolveType(type);
      },
    });
  };
  for (const [name, outer] of scope.outer) {
    if (outer.kind === 'input') add('input', name, undefined, outer.type);
    else for (const [column, type] of outer.columns ?? []) add('column', name, column, type);
  }
  for (const [name, other] of graph.steps) {
    if (other === step) continue;
    for (const [port, type] of other.outputs)
      add('step', name, short && other.outputs.size === 1 ? undefined : port, type);
  }
  return found;
}

/** What an input of a brick takes, or its first. Ops say so only once they are wired. */
export function wantedType(
  { target, values, step }: InferredStep,
  input: string | undefined,
): TensorType | undefined {
  if (target.kind !== 'module') return undefined;
  const { inputs } = instantiate(target.module, values, `${step.name}:wanted`);
  return input === undefined ? [...inputs.values()][0] : inputs.get(input);
}

/** Whether the source could feed an input of that type; undefined when one of the types is not known. */
export function couldFeed(
  source: Source,
  wanted: TensorType | undefined,
  graph: InferredGraph,
): boolean | undefined {
  if (!wanted || !source.type) return undefined;
  const cause = { text: source.text, file: '', range: { start: 0, end: 0 } };
  return graph.solver.fork().fit(source.type, wanted, cause).ok;
}
