/**
 * One folder for each rule in test/language/fixtures: files in which the rule's findings are marked, and under `good/`
 * the same files as they should be, where no quick fix says so; under `registry/` what is published,
 * under `runs/` what runs left, a `brique.lock`, and in `weights.json` the shapes in files of weights. Files of `_shared` stand beside those of every folder.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunFacts } from '../language/names/runs';
import type { WeightsFacts } from '../language/rules/rule';
import { Workspace } from '../language/workspace';
import { findSources, libraryFolder, SOURCE_ENDING } from '../registry/sources';
import { PublishedTexts } from './published-texts';
import { repository } from './shell';

export interface Fixture extends Registry {
  name: string;
  /** By file name; with the findings marked. */
  texts: Map<string, string>;
  /** What stands in place of a file with findings once it is mended by hand. */
  good: Map<string, string>;
}

interface Registry {
  /** Manifests of a registry. */
  published: ReadonlyMap<string, string>;
  /** The text of `brique.lock`. */
  lock: string | undefined;
  /** Newest first. */
  runs: readonly RunFacts[];
  /** By file name: what the header of a file of weights says. */
  weights: ReadonlyMap<string, WeightsFacts>;
}

const NOTHING: Registry = { published: new Map(), lock: undefined, runs: [], weights: new Map() };

const root = join(repository, 'test/language/fixtures');
const shared = sourcesIn(join(root, '_shared'));

export function fixtures(): Fixture[] {
  return readdirSync(root)
    .filter((name) => !name.startsWith('_'))
    .map((name) => ({
      name,
      texts: sourcesIn(join(root, name)),
      good: sourcesIn(join(root, name, 'good')),
      published: sourcesIn(join(root, name, 'registry')),
      lock: lockIn(join(root, name, 'brique.lock')),
      runs: runsIn(join(root, name, 'runs')),
      weights: weightsIn(join(root, name, 'weights.json')),
    }));
}

function lockIn(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

function weightsIn(file: string): Map<string, WeightsFacts> {
  const all = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, object>) : {};
  return new Map(
    Object.entries(all).map(([name, shapes]) => [name, { shapes: shapes as Record<string, number[]> }]),
  );
}

function runsIn(folder: string): RunFacts[] {
  const names = existsSync(folder) ? readdirSync(folder).sort().reverse() : [];
  return names.map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as RunFacts);
}

function sourcesIn(folder: string): Map<string, string> {
  let names: string[] = [];
  try {
    names = readdirSync(folder);
  } catch (error) {
    // Not every fixture has good files.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  return new Map(
    names
      .filter((name) => name.endsWith(SOURCE_ENDING))
      .map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  );
}

const library = findSources(libraryFolder()).map((file) => ({ file, text: readFileSync(file, 'utf8') }));

/** The files beside those of `_shared` and the standard library. A path that starts with `missing` is not there, and
 * one that starts with `gone` is not in the registry any more; the tokenizer `tokenizer-300.json` has 300 ids. */
export function workspaceOf(
  texts: Iterable<[string, string]>,
  { published, lock, runs, weights }: Registry = NOTHING,
): Workspace {
  const workspace = new Workspace({
    published: new PublishedTexts(
      () => published.values(),
      () => lock,
    ),
    dataFile: (_, pattern) => (/^(\.\/)?missing|^\/registry\/.*\/gone/.test(pattern) ? 'missing' : 'unknown'),
    run: (_, name) => runs.find(({ id }) => id === name || id.startsWith(`${name}-`)) ?? 'unknown',
    tokenizer(_, file) {
      if (/^(missing|broken)/.test(file)) return file.startsWith('missing') ? 'missing' : 'broken';
      const ids = /^tokenizer-(\d+)/.exec(file)?.[1];
      return ids === undefined ? 'unknown' : { ids: Number(ids), hash: file };
    },
    weights: (_, file) =>
      file.startsWith('broken')
        ? { broken: `\`${file}\` is no sound safetensors file` }
        : (weights.get(file) ?? 'unknown'),
  });
  for (const { file, text } of library) workspace.setFile(file, text, 'library');
  for (const [name, text] of [...shared, ...texts]) workspace.setFile(name, text);
  return workspace;
}
