/** Ports, params and extension points that are used although their brick advises against them. */
import type { InferredStep } from '../inference/graph';
import type { Located, ModuleDeclaration } from '../names/declarations';
import type { Range } from '../syntax/tree';
import type { Analysis } from './rule';
import { drawnWires, settledSteps } from './wires';

interface Member {
  name: string;
  deprecated?: Located<string> | undefined;
}

export interface DeprecatedUse {
  what: 'input' | 'output' | 'param' | 'extension point';
  member: Member & { deprecated: Located<string> };
  module: ModuleDeclaration;
  range: Range;
  /** Those that could stand in its place. */
  others: Iterable<string>;
}

export function deprecatedUses(analysis: Analysis): DeprecatedUse[] {
  const { inference } = analysis;
  const found: DeprecatedUse[] = [];
  const add = (
    what: DeprecatedUse['what'],
    of: InferredStep | undefined,
    name: string | undefined,
    range: Range | undefined,
  ) => {
    if (of?.target.kind !== 'module' || name === undefined || !range) return;
    const { module } = of.target;
    const members: ReadonlyMap<string, Member> = membersOf(module, what);
    const member = members.get(name);
    const deprecated = member?.deprecated;
    if (member && deprecated)
      found.push({ what, member: { ...member, deprecated }, module, range, others: members.keys() });
  };
  for (const { reference, range, target } of drawnWires(analysis)) {
    if (target.status !== 'found') continue;
    add('output', inference?.graph.steps.get(target.owner), target.port, reference.portRange ?? range);
  }
  for (const step of settledSteps(analysis)) {
    for (const { wire, input } of step.wires) add('input', step, input, wire.port?.range ?? wire.range);
    for (const [name, entry] of step.step.settings) add('param', step, name, entry.key.range);
  }
  if (inference?.kind === 'model')
    for (const { point } of inference.model.plugs.values())
      add('extension point', inference.graph.steps.get(point.owner), point.port, point.portRange);
  return found;
}

function membersOf(module: ModuleDeclaration, what: DeprecatedUse['what']): ReadonlyMap<string, Member> {
  if (what === 'input') return module.inputs;
  if (what === 'output') return module.outputs;
  return what === 'param' ? module.params : module.extensionPoints;
}
