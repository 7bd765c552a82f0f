import {
  FLAG_REQUEST,
  type FlagRequest,
  type FlagResult,
  LINEAGE_REQUEST,
  type Lineage,
  REGISTRY_CHANGED,
  REGISTRY_REQUEST,
  type RegistryBrick,
  type VersionId,
} from '../../protocol/registry';
import { RegistryChanges } from '../../registry/published/changes';
import type { Registry } from '../../registry/published/registry';
import { FolderWatch } from '../folder-watch';
import { lineageOf } from '../lineage';
import { brickIn, openedRegistries, reasonOf, registryOf } from '../registries';
import { RunRecords } from '../run-records';
import type { Feature, Session } from '../session';
import { inSlices } from '../slices';

/** What is published, where it came from, and what is said of it; for the editor's views. */
export const registry: Feature = {
  capabilities: () => ({}),
  register(session) {
    const { connection } = session;
    const records = new RunRecords();
    const published = (folders: string[]) => {
      session.workspace.refreshPublished();
      session.changed(folders);
    };
    connection.onRequest(REGISTRY_REQUEST, async (): Promise<RegistryBrick[]> => {
      await session.loaded;
      const bricks: RegistryBrick[] = [];
      for (const { registries } of openedRegistries(session)) {
        for await (const name of inSlices(registries.names()))
          bricks.push(...bricksOf(session, registries.all, name));
      }
      return bricks.map((brick) => withUris(session, brick)).sort((a, b) => a.name.localeCompare(b.name));
    });
    connection.onRequest(LINEAGE_REQUEST, async (id: VersionId): Promise<Lineage> => {
      await session.loaded;
      return lineageOf(session, records, id);
    });
    connection.onRequest(FLAG_REQUEST, async (request: FlagRequest): Promise<FlagResult> => {
      await session.loaded;
      const found = registryOf(session, request);
      if (!found) return { failure: `${request.registry} is no registry of this workspace` };
      try {
        flag(found, request);
      } catch (error) {
        return { failure: reasonOf(error) };
      }
      published([found.folder]);
      return {};
    });
    const watch = new FolderWatch(
      session,
      () => openedRegistries(session).flatMap(({ registries }) => registries.all.map(({ folder }) => folder)),
      (folder) => new RegistryChanges(folder),
      published,
    );
    session.onClose(() => watch.close());
    // What is typed changes nothing here, unless it is a name or a version.
    const headers = new Map<string, string>();
    const isNews = (file: string) => {
      const { name, version } = session.workspace.source(file)?.header ?? {};
      const before = headers.get(file);
      headers.set(file, `${name}@${version}`);
      return session.files.version(file) === null || (before !== undefined && before !== headers.get(file));
    };
    session.onChange((files) => {
      if (files.filter(isNews).length > 0) void connection.sendNotification(REGISTRY_CHANGED);
    });
  },
};

/** Of several registries that have the name, each is listed; of equal versions the first is the one that counts. */
function bricksOf(session: Session, all: readonly Registry[], name: string): RegistryBrick[] {
  const [first, ...others] = all.map((each) => brickIn(each, name)).filter(isSomething);
  if (!first) return [];
  const versions = [first, ...others].flatMap((brick) => brick.versions);
  const source = sourceOf(session, name);
  return [{ ...first, versions, ...(source ? { source } : {}) }];
}

function isSomething({ versions, failure }: RegistryBrick): boolean {
  return versions.length > 0 || failure !== undefined;
}

function sourceOf({ workspace, files }: Session, name: string): RegistryBrick['source'] {
  for (const file of workspace.files()) {
    const header = workspace.source(file)?.header;
    if (header?.name !== name || header.kind === undefined) continue;
    return { uri: files.uri(file), ...(header.version === undefined ? {} : { version: header.version }) };
  }
  return undefined;
}

function withUris({ files }: Session, brick: RegistryBrick): RegistryBrick {
  return { ...brick, versions: brick.versions.map((each) => ({ ...each, uri: files.uri(each.uri) })) };
}

function flag(registry: Registry, request: FlagRequest): void {
  const { name, version } = request;
  if (request.flag === 'yank') registry.yank(name, version, request.reason);
  else if (request.flag === 'unyank') registry.unyank(name, version);
  else if (request.flag === 'deprecate')
    registry.deprecate(name, version, request.message, request.replacement);
  else registry.undeprecate(name, version);
}
