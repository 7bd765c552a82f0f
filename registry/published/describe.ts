import { posix } from 'node:path';
import type { Declaration } from '../../language/names/declarations';
import { SourceFile } from '../../language/names/source-file';
import { type BrickInterface, interfaceOf, interfaceText } from '../../language/versions/interface';
import { requirementsOf } from '../../language/versions/requires';
import type { Requirement } from '../../language/versions/resolver/universe';
import type { Integrity } from '../generated/integrity';
import { sha256 } from '../sha256';
import { refuse } from './failure';
import { problemOfPath, quoted, requireVersion } from './names';
import { readText } from './regular-files';
import { readWeightsHeader } from './weights-header';

/** What a version's manifest and the header of its weights say. */
export interface Described {
  kind: Declaration['kind'];
  name: string;
  version: string;
  deprecated: string | undefined;
  requires: Requirement[];
  /** Path of its weights, as the registry writes paths. */
  weights: string | undefined;
  interface: BrickInterface;
  interfaceHash: string;
}

const MOST_BYTES = 16 * 2 ** 20;

/** Reads a manifest and, if it names weights, their header. Throws `manifest-broken` or `weights-broken`. */
export function describeVersion(folder: string, manifest: string): Described {
  const text = readText(folder, manifest, MOST_BYTES);
  const head = describeManifest(text, manifest);
  const parameters =
    head.weights === undefined ? undefined : readWeightsHeader(folder, head.weights).parameters;
  const brick = interfaceOf(head.declaration, parameters);
  const { declaration, ...rest } = head;
  return { ...rest, interface: brick, interfaceHash: sha256(interfaceText(brick)) };
}

/** As `describeVersion`; throws `manifest-broken` too where that is not what `integrity` says. */
export function describePublished(folder: string, integrity: Integrity): Described {
  const { manifest, name, version, kind, files, weights } = integrity;
  const described = describeVersion(folder, manifest);
  if (described.name !== name || described.version !== version || described.kind !== kind) {
    refuse(
      'manifest-broken',
      `${manifest} is of the ${described.kind} ${described.name} ${described.version}`,
    );
  }
  const named = described.weights === undefined ? undefined : files[described.weights];
  if (named?.sha256 !== weights)
    refuse('manifest-broken', `${manifest} names other weights than were published`);
  return described;
}

/**
 * What a manifest says by itself. Keys that this version of Brique does not know are only refused where `strict`:
 * what is published may be older or newer. Throws `manifest-broken`.
 */
export function describeManifest(text: string, where: string, strict = false) {
  const source = new SourceFile(where, text, 'registry');
  const broken = (why: string): never => refuse('manifest-broken', `${where}: ${why}`);
  const problem = source.tree.problems[0] ?? (strict ? source.structure[0] : undefined);
  if (problem) broken(problem.message);
  const { declaration } = source;
  const name = declaration?.name?.value;
  const version = declaration?.version?.value;
  if (!declaration || name === undefined || version === undefined) {
    return broken('it is no module, dataset or model with a name and a version');
  }
  requireVersion(name, version);
  return {
    declaration,
    kind: declaration.kind,
    name,
    version,
    deprecated: declaration.kind === 'module' ? declaration.deprecated?.value : undefined,
    requires: requirementsOf(declaration),
    weights: declaration.kind === 'module' ? weightsPath(declaration.weights?.value) : undefined,
  };
}

function weightsPath(written: string | undefined): string | undefined {
  if (written === undefined) return undefined;
  const path = posix.normalize(written);
  const problem = problemOfPath(path);
  if (problem)
    refuse('manifest-broken', `The weights ${quoted(written)} cannot be published: the path ${problem}`);
  return path;
}
