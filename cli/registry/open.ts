/** The registries that a command is about, and the versions that a person names. */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { nearest } from '../../language/names/nearest';
import { EXIT } from '../../protocol/command';
import { RegistryFailure } from '../../registry/published/failure';
import { openRegistries } from '../../registry/published/open';
import { Registries } from '../../registry/published/registries';
import type { Release } from '../../registry/published/registry';
import { CommandFailure } from '../failure';
import type { CommonOptions } from '../options';
import { rootOf } from '../pick';

export interface RegistryOptions extends CommonOptions {
  registry?: string;
}

/** Fails where something else stands in the place of one. */
export function registriesOf(options: RegistryOptions, root = rootOf(options)): Registries {
  const registries =
    options.registry === undefined ? openRegistries(root) : new Registries(root, [resolve(options.registry)]);
  for (const { folder } of registries.all) {
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === false)
      throw new CommandFailure(`${folder} is a file, and a registry is a folder`);
  }
  return registries;
}

/** `name@version` taken apart. */
export function namedVersion(text: string): { name: string; version: string } {
  const at = text.lastIndexOf('@');
  if (at < 1 || at === text.length - 1)
    throw new CommandFailure(`${text} is not name@version`, EXIT.misuse, 'As in text-encoder@1.2.0.');
  return { name: text.slice(0, at), version: text.slice(at + 1) };
}

/** A version that can be used. Fails with what there is instead. */
export function releaseNamed(registries: Registries, text: string): Release {
  const { name, version } = namedVersion(text);
  const release = registries.release(name, version);
  if (release) return release;
  const broken = registries.all
    .flatMap((registry) => registry.broken(name))
    .find((each) => each.version === version);
  if (broken) {
    throw new CommandFailure(
      `${name} ${version} is there and cannot be used: ${broken.why}`,
      EXIT.findings,
      `brique registry verify ${name}@${version} says more.`,
    );
  }
  return notThere(registries, name, version);
}

/** Says what there is. */
export function notThere(registries: Registries, name: string, version?: string): never {
  const versions = registries.releases(name).map((each) => each.version);
  if (version !== undefined && versions.length > 0) {
    throw new CommandFailure(`${name} has no version ${version}; it has ${versions.slice(0, 8).join(', ')}`);
  }
  const names = registries.names();
  const meant = nearest(name, names);
  throw new CommandFailure(
    `Nothing called ${name} is published${meant ? `; did you mean ${meant}?` : ''}`,
    EXIT.misuse,
    names.length > 0
      ? 'brique registry list says what is.'
      : 'Nothing is published here yet; brique publish does.',
  );
}

/** What a registry refuses is said as one message. */
export async function told<T>(action: () => Promise<T> | T): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (!(error instanceof RegistryFailure)) throw error;
    throw new CommandFailure(error.message, EXIT.misuse, error.help);
  }
}
