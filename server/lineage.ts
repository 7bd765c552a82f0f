import type { Lineage, VersionId } from '../protocol/registry';
import type { Registries } from '../registry/published/registries';
import { openedRegistries, reasonOf, registryOf } from './registries';
import type { KnownRun, RunRecords } from './run-records';
import type { Session } from './session';
import { inSlices } from './slices';

const NOTHING: Lineage = { data: [], parents: [], children: [], runs: [], files: [] };

/** Where a version came from, and what came from it, as far as registries and runs of the workspace tell. */
export async function lineageOf(session: Session, records: RunRecords, id: VersionId): Promise<Lineage> {
  const registry = registryOf(session, id);
  try {
    const release = registry?.release(id.name, id.version);
    if (!registry || !release)
      return { ...NOTHING, failure: `${id.name} ${id.version} is not published here` };
    const opened = openedRegistries(session);
    const all = opened.map(({ registries }) => registries);
    const runs = await records.all(opened.map(({ scope }) => scope.root));
    const { trained, files } = registry.integrityOf(release);
    const run = trained && runs.find(({ record }) => record.id === trained.run);
    return {
      ...(trained
        ? {
            run: {
              id: trained.run,
              ...(trained.model === undefined ? {} : { model: trained.model }),
              ...(trained.part === undefined ? {} : { part: trained.part }),
              ...(run ? { folder: run.folder } : {}),
            },
          }
        : {}),
      data: (trained?.data ?? []).map((source) => ({ ...source, ...datasetUri(session, source.name) })),
      parents: (trained?.parents ?? []).map((parent) => {
        const known = all.flatMap((each) => each.release(parent.name, parent.version) ?? [])[0];
        return { ...parent, ...(known?.hash === parent.hash ? { registry: known.registry } : {}) };
      }),
      children: await childrenOf(all, release.hash),
      runs: runs.flatMap((each) => use(each, id)),
      files: Object.entries(files).map(([path, record]) => ({ path, ...record })),
    };
  } catch (error) {
    return { ...NOTHING, failure: reasonOf(error) };
  }
}

function datasetUri({ workspace, files }: Session, name: string): { uri?: string } {
  const file = workspace.files().find((each) => {
    const header = workspace.source(each)?.header;
    return header?.kind === 'dataset' && header.name === name;
  });
  return file === undefined ? {} : { uri: files.uri(file) };
}

async function childrenOf(all: readonly Registries[], hash: string): Promise<VersionId[]> {
  const found: VersionId[] = [];
  for (const registries of all) {
    for await (const name of inSlices(registries.names())) {
      for (const release of registries.releases(name)) {
        if (release.weights === undefined) continue;
        const { trained } = registries.of(release).integrityOf(release);
        if (trained?.parents.some((parent) => parent.hash === hash))
          found.push({ registry: release.registry, name, version: release.version });
      }
    }
  }
  return found;
}

/** The parts of a run that were this version, or took their weights from it. */
function use({ folder, record }: KnownRun, { name, version }: VersionId): Lineage['runs'] {
  const parts = record.bricks.filter(
    (brick) =>
      (brick.source === 'registry' && brick.module === name && brick.version === version) ||
      brick.weights === `${name}@${version}`,
  );
  if (parts.length === 0) return [];
  return [{ id: record.id, folder, model: record.model.name, parts: parts.map(({ part }) => part) }];
}
