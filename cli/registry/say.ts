/** What is said of a version after it was published. */
import { EXIT } from '../../protocol/command';
import type { Registry, Release } from '../../registry/published/registry';
import { print, printJson } from '../output';
import { type RegistryOptions, registriesOf, releaseNamed, told } from './open';

export interface DeprecateOptions extends RegistryOptions {
  use?: string;
}

export function yank(version: string, reason: string, options: RegistryOptions): Promise<number> {
  return say(version, options, 'is withdrawn: no lock takes it anew', (registry, each) =>
    registry.yank(each.name, each.version, reason),
  );
}

export function unyank(version: string, options: RegistryOptions): Promise<number> {
  return say(version, options, 'is no longer withdrawn', (registry, each) =>
    registry.unyank(each.name, each.version),
  );
}

export function deprecate(version: string, message: string, options: DeprecateOptions): Promise<number> {
  return say(version, options, 'is deprecated', (registry, each) =>
    registry.deprecate(each.name, each.version, message, options.use),
  );
}

export function undeprecate(version: string, options: RegistryOptions): Promise<number> {
  return say(version, options, 'is no longer deprecated', (registry, each) =>
    registry.undeprecate(each.name, each.version),
  );
}

function say(
  text: string,
  options: RegistryOptions,
  what: string,
  action: (registry: Registry, release: Release) => void,
): Promise<number> {
  return told(() => {
    const registries = registriesOf(options);
    const release = releaseNamed(registries, text);
    const { name, version } = release;
    action(registries.of(release), release);
    registries.refresh();
    const { yanked, deprecated } = registries.release(name, version) ?? {};
    if (options.json) printJson({ name, version, yanked: yanked ?? null, deprecated: deprecated ?? null });
    else if (!options.quiet) print(`${name} ${version} ${what}`);
    return EXIT.fine;
  });
}
