/** Published versions, which the host looks up by name. Nothing of them is read before it is asked for. */
import type { DeclaredKind } from './catalogue';
import type { SourceFile } from './source-file';

/** Where a root looks for published versions. */
export interface RegistryScope {
  /** The folder that relative registries count from; with a slash at the end. */
  root: string;
  /** Registries in order, as the workspace file names them. */
  folders: readonly string[];
}

/** Where published versions are, unless the workspace file says otherwise. */
export const DEFAULT_REGISTRIES: readonly string[] = ['.brique/registry'];

/** One published version, as the index of its registry knows it. */
export interface PublishedVersion {
  name: string;
  version: string;
  kind: DeclaredKind;
  /** The registry's folder. */
  registry: string;
  requires: readonly { name: string; range: string }[];
  /** sha256 of the whole version, of its interface and of its weights, hex. */
  hash: string;
  interface: string;
  weights?: string;
  /** Withdrawn: taken only where it is locked. */
  yanked?: { reason: string };
  deprecated?: { message: string; replacement?: string };
}

/** A published version that the weights of another were trained on top of, or started from. */
export interface PublishedParent {
  name: string;
  version: string;
  /** Of the whole version. */
  hash: string;
  /** Its weights went on learning meanwhile, so they are not those that the other was trained on. */
  tuned?: true;
}

/** What the weights of a version come from. */
export interface Trained {
  run: string;
  /** The composition, as `name@version`. */
  model?: string;
  data: readonly { name: string; version: string; hash: string }[];
  parents: readonly PublishedParent[];
  /** How the composition did with them, at the end of the run. */
  measured?: { split: string; values: readonly { metric: string; value: number; rows: number }[] };
}

export interface PublishedBrick {
  /** Those that can be used, highest first; the same array as long as nothing changed. */
  versions: readonly PublishedVersion[];
  /** Versions that are there and cannot be used, and why. */
  broken: readonly { version: string; why: string }[];
  /** Why a registry could not be asked about the name. */
  failure?: string;
}

/** How the host answers questions about registries. It answers from memory until it is told to look again. */
export interface Published {
  brick(scope: RegistryScope, name: string): PublishedBrick;
  /** Of all bricks, sorted. */
  names(scope: RegistryScope): readonly string[];
  /** The manifest, whose hash was checked; or why it cannot be read. */
  manifest(scope: RegistryScope, version: PublishedVersion): { file: string; text: string } | { why: string };
  /** Undefined where no run has made its weights. */
  trained(scope: RegistryScope, version: PublishedVersion): Trained | undefined;
  /** The text of `brique.lock` in the root; undefined where there is none. */
  lock(scope: RegistryScope): string | undefined;
  /** Looks again from now on. */
  refresh(): void;
}

/** The published versions in sight of one root. */
export interface PublishedNames {
  brick(name: string): PublishedBrick;
  names(): readonly string[];
  /** The manifest of a version; or why it cannot be read. */
  read(version: PublishedVersion): SourceFile | { why: string };
  trained(version: PublishedVersion): Trained | undefined;
}
