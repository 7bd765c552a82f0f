/** Where a file names a brick, its params and its ports, as far as what it declares tells by itself: no inference. */
import type { Names } from '../names/catalogue';
import type { Declaration, Step } from '../names/declarations';
import type { WireReference } from '../names/reference';
import { formerName } from '../names/renames';
import { partMembers } from '../names/settings-names';
import type { SourceFile } from '../names/source-file';
import type { Range } from '../syntax/tree';
import type { Meaning } from './meaning';
import { userOf } from './uses';

/** In a file other than that of the brick; undefined where more has to be known. */
export function inPlainSight(source: SourceFile, meaning: Meaning, names: Names): Range[] | undefined {
  if (meaning.kind !== 'module' && meaning.kind !== 'param' && meaning.kind !== 'port') return undefined;
  const user = userOf(meaning.module, source, names);
  if (meaning.kind === 'module') return user?.places ?? [];
  const steps = stepsOf(source.declaration);
  if (!steps) return undefined;
  const places = new Set(user?.places);
  const own = steps.filter(({ module }) => module && places.has(module.reference.nameRange));
  const owners = new Set(own.map((step) => step.name));
  if (meaning.kind === 'param') {
    const members = source.declaration?.kind === 'model' ? partMembers(source.declaration) : [];
    return [
      ...own.flatMap(({ settings }) => settings.get(meaning.name)?.key.range ?? []),
      ...members.flatMap(({ owner, port, portRange }) =>
        port === meaning.name && portRange && owners.has(owner) ? portRange : [],
      ),
    ];
  }
  const { name } = meaning.port;
  const former = formerName(meaning.module, `${meaning.direction}s`, name);
  const isMeant = (port: string | undefined) => port === name || (port !== undefined && port === former);
  if (meaning.direction === 'input')
    return own.flatMap(({ wires }) => {
      const ports = wires.flatMap(({ port }) => (port && isMeant(port.value) ? port.range : []));
      return [...new Set(ports)];
    });
  return wiresOf(source.declaration, steps).flatMap(({ owner, port, portRange }) =>
    isMeant(port) && portRange && owners.has(owner) ? portRange : [],
  );
}

/** Undefined where steps have to do with bricks that are named elsewhere. */
function stepsOf(declaration: Declaration | undefined): Step[] | undefined {
  if (declaration?.kind === 'module') return [...declaration.graph.values()];
  if (declaration?.kind !== 'model') return [];
  const parts = [...declaration.parts.values()];
  const isPlain = !declaration.base && declaration.plugs.size === 0 && parts.every(({ share }) => !share);
  return isPlain ? parts : undefined;
}

function wiresOf(declaration: Declaration | undefined, steps: Step[]): WireReference[] {
  const wires = steps.flatMap((step) => step.wires.map(({ reference }) => reference));
  const tasks = declaration?.kind === 'model' ? [...declaration.tasks.values()] : [];
  const ends = tasks.flatMap(({ output, target }) => [output, target]);
  return [...wires, ...ends.flatMap((end) => end?.reference ?? [])];
}
