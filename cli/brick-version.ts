/** One version of a brick, as a person names it: a file, or `name@version` of a registry. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { SourceFile } from '../language/names/source-file';
import { lineMap } from '../language/syntax/lines';
import { type BrickVersion, measuredIn, type Weights } from '../language/versions/judge/version';
import { EXIT } from '../protocol/command';
import { RegistryFailure } from '../registry/published/failure';
import { hashFile } from '../registry/published/hash';
import { openRegistries } from '../registry/published/open';
import type { Registries } from '../registry/published/registries';
import type { Release } from '../registry/published/registry';
import { readWeightsHeader } from '../registry/published/weights-header';
import { SOURCE_ENDING } from '../registry/sources';
import { CommandFailure } from './failure';

export interface NamedVersion extends BrickVersion {
  /** As it is shown. */
  label: string;
}

/** Fails with what helps where there is none, or where it is no brick. */
export async function brickVersion(argument: string, root: string): Promise<NamedVersion> {
  try {
    const version = argument.endsWith(SOURCE_ENDING) ? await inFile(argument) : published(argument, root);
    if (version.source.declaration?.kind === 'module') return version;
    throw new CommandFailure(`${argument} is no brick: it has no \`kind: module\``);
  } catch (error) {
    if (error instanceof RegistryFailure) throw new CommandFailure(error.message, EXIT.misuse, error.help);
    throw error;
  }
}

async function inFile(argument: string): Promise<NamedVersion> {
  const file = resolve(argument);
  if (!existsSync(file) || !statSync(file).isFile()) throw new CommandFailure(`There is no file ${argument}`);
  const source = new SourceFile(file, readFileSync(file, 'utf8'), 'workspace');
  const [problem] = source.tree.problems;
  if (problem) {
    const line = lineMap(source.text).place(problem.range.start).line + 1;
    throw new CommandFailure(`${argument}:${line} cannot be read: ${problem.message}`);
  }
  const declared = source.declaration?.kind === 'module' ? source.declaration.weights?.value : undefined;
  const folder = dirname(file);
  const weights =
    declared !== undefined && existsSync(join(folder, declared))
      ? weightsIn(folder, declared, (await hashFile(folder, declared)).sha256)
      : undefined;
  return { source, label: argument, ...(weights ? { weights } : {}) };
}

function published(argument: string, root: string): NamedVersion {
  const at = argument.lastIndexOf('@');
  const [name, version] = [argument.slice(0, at), argument.slice(at + 1)];
  if (at < 1 || version === '') {
    throw new CommandFailure(
      `${argument} is neither a file that ends in ${SOURCE_ENDING} nor name@version`,
      EXIT.misuse,
      'As in: brique diff text-encoder@1.2.0 text-encoder.brique.yaml',
    );
  }
  const registries = openRegistries(root);
  const release = registries.release(name, version);
  if (!release) {
    const versions = registries.releases(name).map((each) => each.version);
    throw new CommandFailure(
      versions.length > 0
        ? `${name} has no version ${version} in the registry; it has ${versions.slice(0, 8).join(', ')}`
        : `There is no ${name} in the registry of ${root}`,
    );
  }
  return releasedVersion(registries, release);
}

/** A published version; throws `RegistryFailure` where it cannot be read. */
export function releasedVersion(registries: Registries, release: Release): NamedVersion {
  const { name, version } = release;
  const registry = registries.of(release);
  const { folder, file, text } = registry.manifest(name, version);
  const source = new SourceFile(join(folder, file), text, 'registry');
  const { declaration } = source;
  const declared = declaration?.kind === 'module' ? declaration.weights?.value : undefined;
  const { weights: hash, trained } = registry.integrityOf(release);
  const measured = trained && measuredIn(trained);
  const weights =
    declared !== undefined && hash !== undefined ? weightsIn(folder, declared, hash) : undefined;
  return {
    ...{ source, label: `${name}@${version}` },
    ...(weights ? { weights } : {}),
    ...(measured ? { measured } : {}),
  };
}

function weightsIn(folder: string, path: string, hash: string): Weights {
  const { parameters } = readWeightsHeader(join(folder, dirname(path)), basename(path));
  return { hash, tensors: new Map(Object.entries(parameters)) };
}
