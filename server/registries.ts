import { join } from 'node:path';
import type { RegistryScope } from '../language/names/published';
import type { BrickKind, RegistryBrick, RegistryVersion, VersionId } from '../protocol/registry';
import { codeOf, RegistryFailure } from '../registry/published/failure';
import { placeOf } from '../registry/published/folders';
import { Registries } from '../registry/published/registries';
import type { Registry, Release } from '../registry/published/registry';
import { isPath } from './paths';
import type { Session } from './session';

/** Of every root of the workspace, with what is there now. */
export function openedRegistries({
  workspace,
  files,
}: Session): { scope: RegistryScope; registries: Registries }[] {
  const scopes = new Map<string, RegistryScope>();
  for (const file of [...files.folders().map((folder) => join(folder, '-')), ...workspace.files()]) {
    if (!isPath(file)) continue;
    const scope = workspace.registriesOf(file);
    scopes.set(scope.root, scope);
  }
  return [...scopes.values()].map((scope) => ({
    scope,
    registries: new Registries(scope.root, scope.folders),
  }));
}

/** The registry that a version is in; only those that the workspace names are touched. */
export function registryOf(session: Session, { registry }: VersionId): Registry | undefined {
  return openedRegistries(session)
    .flatMap(({ registries }) => registries.all)
    .find(({ folder }) => folder === registry);
}

/** Everything published under a name in one registry, highest first. What cannot be read is listed with the reason. */
export function brickIn(registry: Registry, name: string): RegistryBrick {
  try {
    const releases = registry.releases(name);
    const kind = releases[0]?.kind ?? 'module';
    const broken = registry.broken(name).map(
      ({ version, why }): RegistryVersion => ({
        ...{ registry: registry.folder, name, version, kind, broken: why },
        uri: placeOf(registry.folder, name, version),
      }),
    );
    return { name, kind, versions: [...releases.map((release) => versionOf(registry, release)), ...broken] };
  } catch (error) {
    return { name, kind: 'module', versions: [], failure: reasonOf(error) };
  }
}

function versionOf(registry: Registry, release: Release): RegistryVersion {
  const { name, version, kind, hash, weights, published, yanked, deprecated } = release;
  const { manifest } = registry.integrityOf(release);
  return {
    ...{ registry: registry.folder, name, version, hash, kind: kind as BrickKind, time: published },
    interface: release.interface,
    uri: join(placeOf(registry.folder, name, version), manifest),
    ...(weights === undefined ? {} : { weights }),
    ...(yanked ? { yanked: { reason: yanked.reason } } : {}),
    ...(deprecated ? { deprecated } : {}),
  };
}

/** What a person can act on; other errors are ours and go on. */
export function reasonOf(error: unknown): string {
  if (error instanceof RegistryFailure || codeOf(error) !== undefined) return (error as Error).message;
  throw error;
}
