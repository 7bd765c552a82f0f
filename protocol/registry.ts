/** What the editor asks the language server about published versions, and where they came from. */

/** Answered with every brick of the workspace's registries (`RegistryBrick[]`), sorted by name; no parameters. */
export const REGISTRY_REQUEST = 'brique/registry';
/** Takes a `VersionId`, answered with its `Lineage`. */
export const LINEAGE_REQUEST = 'brique/lineage';
/** Takes a `FlagRequest`, answered with a `FlagResult`. */
export const FLAG_REQUEST = 'brique/registry/flag';
/** Told without parameters when a registry, or a source of something published, is no longer what it was. */
export const REGISTRY_CHANGED = 'brique/registryChanged';

export type BrickKind = 'module' | 'dataset' | 'model';

export interface VersionId {
  /** The registry's folder. */
  registry: string;
  name: string;
  version: string;
}

export interface RegistryBrick {
  name: string;
  kind: BrickKind;
  /** Highest first. */
  versions: RegistryVersion[];
  /** The file of the workspace that has this name: it is taken wherever a range admits its version. */
  source?: { uri: string; version?: string };
  /** Why the registry cannot say more. */
  failure?: string;
}

export interface RegistryVersion extends VersionId {
  /** Of the manifest. */
  uri: string;
  kind: BrickKind;
  /** sha256 of the whole version, of its interface, of its weights; hex. Absent where it cannot be read. */
  hash?: string;
  interface?: string;
  weights?: string;
  /** When it was published. */
  time?: string;
  yanked?: { reason: string };
  deprecated?: { message: string; replacement?: string };
  /** Why it cannot be used. */
  broken?: string;
}

/** Where a version came from, and what came from it. */
export interface Lineage {
  /** What its weights were trained by; `folder` where that run is still there. */
  run?: { id: string; model?: string; part?: string; folder?: string };
  data: { name: string; version: string; hash: string; uri?: string }[];
  /** `registry` where that version is at hand. */
  parents: { name: string; version: string; hash: string; registry?: string }[];
  /** Versions whose weights were trained from this one. */
  children: VersionId[];
  runs: { id: string; folder: string; model: string; parts: string[] }[];
  files: { path: string; sha256: string; size: number }[];
  /** Why it cannot be said. */
  failure?: string;
}

export type FlagRequest = VersionId &
  (
    | { flag: 'yank'; reason: string }
    | { flag: 'deprecate'; message: string; replacement?: string }
    | { flag: 'unyank' | 'undeprecate' }
  );

export interface FlagResult {
  /** Why nothing was done, for people. */
  failure?: string;
}
