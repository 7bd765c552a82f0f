/** Ports, params and extension points that are used although their brick advises against them. */
import type { InferredStep } from '../inference/graph';
import type { Located, ModuleDeclaration } from '../names/declarations';
import { currentName } from '../names/renames';
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
    for (const name of step.step.settings.keys())
      if (paramOf(step, name)?.deprecated) add('param', step, name, rangeOf(step, name));
  }
  if (inference?.kind === 'model')
    for (const { point } of inference.model.plugs.values())
      add('extension point', inference.graph.steps.get(point.owner), point.port, point.portRange);
  return found;
}

/** A port or param that has another name now, and is still found by the one that it had. */
export interface FormerUse {
  what: 'input' | 'output' | 'param';
  former: string;
  current: string;
  module: ModuleDeclaration;
  range: Range;
}

export function formerUses(analysis: Analysis): FormerUse[] {
  const found: FormerUse[] = [];
  const add = (
    what: FormerUse['what'],
    of: InferredStep | undefined,
    former: string | undefined,
    range: Range | undefined,
  ) => {
    if (of?.target.kind !== 'module' || former === undefined || !range) return;
    const { module } = of.target;
    const current = currentName(module, `${what}s`, former);
    if (current !== former) found.push({ what, former, current, module, range });
  };
  for (const { reference, target } of drawnWires(analysis))
    if (target.status === 'found')
      add('output', analysis.inference?.graph.steps.get(target.owner), reference.port, reference.portRange);
  for (const step of settledSteps(analysis)) {
    for (const { wire, input } of step.wires)
      if (input !== undefined) add('input', step, wire.port?.value, wire.port?.range);
    for (const name of step.step.settings.keys()) {
      if (!isFormerParam(step, name)) continue;
      const entry = step.step.settings.get(name)!;
      if (!step.unknownSettings.includes(entry)) add('param', step, name, entry.key.range);
    }
  }
  return found;
}

function paramOf({ target }: InferredStep, name: string): Member | undefined {
  return target.kind === 'module' ? target.module.params.get(name) : undefined;
}

function isFormerParam({ target }: InferredStep, name: string): boolean {
  return target.kind === 'module' && currentName(target.module, 'params', name) !== name;
}

function rangeOf({ step }: InferredStep, setting: string): Range | undefined {
  return step.settings.get(setting)?.key.range;
}

function membersOf(module: ModuleDeclaration, what: DeprecatedUse['what']): ReadonlyMap<string, Member> {
  if (what === 'input') return module.inputs;
  if (what === 'output') return module.outputs;
  return what === 'param' ? module.params : module.extensionPoints;
}
