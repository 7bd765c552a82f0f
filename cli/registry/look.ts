/** What is published, and whether it is still what was published. */
import { join } from 'node:path';
import type { Port } from '../../language/names/declarations';
import { SourceFile } from '../../language/names/source-file';
import { EXIT } from '../../protocol/command';
import { agoText } from '../../protocol/runs/words';
import type { Registries } from '../../registry/published/registries';
import type { Release } from '../../registry/published/registry';
import { type RegistryFinding, strayFolders, verify } from '../../registry/published/verify';
import { note, type Paint, paintFor, print, printJson, table } from '../output';
import { shownPath } from '../shown-path';
import { namedVersion, notThere, type RegistryOptions, registriesOf, releaseNamed, told } from './open';

const SHORT = 12;

/** Without a name one line for each brick, with its newest version. */
export function list(name: string | undefined, options: RegistryOptions): Promise<number> {
  return told(() => {
    const registries = registriesOf(options);
    const names = name === undefined ? registries.names() : [name];
    const bricks = names.map((each) => ({
      name: each,
      releases: registries.releases(each),
      broken: brokenIn(registries, each),
    }));
    if (name !== undefined && bricks.every(({ releases, broken }) => releases.length + broken.length === 0))
      notThere(registries, name);
    if (!options.quiet) tellPassedOver(registries, name);
    if (options.json) {
      printJson(bricks.map((brick) => ({ ...brick, releases: brick.releases.map(summaryOf) })));
      return EXIT.fine;
    }
    if (bricks.length === 0) {
      const folders = registries.all.map(({ folder }) => shownPath(folder)).join(', ');
      print(folders === '' ? 'The workspace file names no registry' : `Nothing is published in ${folders}`);
      return EXIT.fine;
    }
    const rows = bricks.flatMap(({ releases, broken }) => [
      ...(name === undefined ? releases.slice(0, 1) : releases).map((release) =>
        rowOf(release, name === undefined ? releases.length : 1),
      ),
      ...broken.map(({ version, why }) => [name ?? '', version, `cannot be used: ${why}`, '', '', '']),
    ]);
    const heading = ['brick', 'version', 'state', 'hash', 'weights', 'published'];
    print(table([heading, ...rows], paintFor(process.stdout)));
    return EXIT.fine;
  });
}

const MOST_PASSED_OVER = 5;

/** Folders that hold no brick as far as a registry can tell. */
function tellPassedOver({ all }: Registries, name: string | undefined): void {
  const strays = all.flatMap(({ folder }) =>
    strayFolders(folder)
      .filter((stray) => name === undefined || stray.name === name)
      .map(({ path, message }) => ({ at: shownPath(join(folder, path)), message })),
  );
  if (strays.length === 0) return;
  const told = strays.slice(0, MOST_PASSED_OVER).map(({ at, message }) => `  ${at}\n    ${message}`);
  const more = strays.length - told.length;
  if (more > 0) told.push(`  and ${more} more, which brique registry verify shows`);
  note(`Passed over, for nobody can ask for what lies there:\n${told.join('\n')}`);
}

function rowOf(release: Release, versions: number): string[] {
  const { name, version, hash, weights, published } = release;
  const more = versions > 1 ? ` (of ${versions})` : '';
  return [
    name,
    `${version}${more}`,
    stateOf(release),
    hash.slice(0, SHORT),
    weights?.slice(0, SHORT) ?? '–',
    agoText(published),
  ];
}

function stateOf({ yanked, deprecated }: Release): string {
  if (yanked) return `withdrawn: ${yanked.reason}`;
  return deprecated ? `deprecated: ${deprecated.message}` : '';
}

function brokenIn({ all }: Registries, name: string) {
  return all.flatMap((registry) => registry.broken(name));
}

function summaryOf({
  name,
  version,
  kind,
  hash,
  weights,
  published,
  requires,
  yanked,
  deprecated,
}: Release): object {
  return {
    name,
    version,
    kind,
    hash,
    weights: weights ?? null,
    published,
    requires,
    yanked: yanked ?? null,
    deprecated: deprecated ?? null,
  };
}

export function show(text: string, options: RegistryOptions): Promise<number> {
  return told(() => {
    const registries = registriesOf(options);
    const release = releaseNamed(registries, text);
    const registry = registries.of(release);
    const integrity = registry.integrityOf(release);
    const promised = registry.interfaceOf(release);
    const { name, version } = release;
    const folder = join(registry.folder, ...name.split('/'), version);
    if (options.json) {
      printJson({
        ...integrity,
        folder,
        requires: release.requires,
        yanked: release.yanked ?? null,
        deprecated: release.deprecated ?? null,
        promises: promised,
      });
      return EXIT.fine;
    }
    const paint = paintFor(process.stdout);
    const state = stateOf(release);
    print(`${paint('bold', `${name} ${version}`)}${state === '' ? '' : `  ${paint('yellow', state)}`}`);
    print(`${shownPath(folder)}, published ${agoText(release.published)}`);
    print(
      block(
        'hashes',
        [
          ['version', integrity.hash],
          ['interface', integrity.interface],
          ...(integrity.weights === undefined ? [] : [['weights', integrity.weights]]),
        ],
        paint,
      ),
    );
    if (promised.kind === 'module') {
      print(block('ports', portsIn(registry.manifest(name, version)), paint));
      const params = Object.entries(promised.parameters ?? {});
      if (params.length > 0)
        print(
          block(
            'weights',
            params.map(([param, { dtype, shape }]) => [param, `${dtype}[${shape.join(', ')}]`]),
            paint,
          ),
        );
    }
    const { trained } = integrity;
    if (trained) {
      const sources = (all: typeof trained.data) =>
        all.map((each) => `${each.name} ${each.version} #${each.hash.slice(0, SHORT)}`);
      print(
        block(
          'trained from',
          [
            ['run', trained.run],
            ['model', `${trained.model ?? ''}${trained.part === undefined ? '' : `, part ${trained.part}`}`],
            ...sources(trained.data).map((each) => ['data', each]),
            ...sources(trained.parents).map((each) => ['parent', each]),
          ],
          paint,
        ),
      );
    }
    if (release.requires.length > 0)
      print(
        block(
          'requires',
          release.requires.map(({ name: other, range }) => [other, range]),
          paint,
        ),
      );
    print(
      block(
        'files',
        Object.entries(integrity.files).map(([file, { size, sha256 }]) => [
          file,
          `${size.toLocaleString('en')} bytes  ${sha256.slice(0, SHORT)}`,
        ]),
        paint,
      ),
    );
    return EXIT.fine;
  });
}

/** As they are written; what the index has of them is meant for comparing. */
function portsIn({ file, text }: { file: string; text: string }): string[][] {
  const { declaration } = new SourceFile(file, text, 'registry');
  if (declaration?.kind !== 'module') return [];
  const rows = (side: string, ports: ReadonlyMap<string, Port>) =>
    [...ports.values()].map((port) => [side, `${port.name}: ${port.text}`]);
  return [...rows('in', declaration.inputs), ...rows('out', declaration.outputs)];
}

function block(title: string, rows: string[][], paint: Paint): string {
  const width = Math.max(...rows.map(([key]) => key!.length));
  return `\n${paint('dim', title)}\n${rows.map(([key, value]) => `  ${key!.padEnd(width)}  ${value}`).join('\n')}`;
}

/** Exit code 1 where something is not as it was published. */
export function verifyAll(what: string | undefined, options: RegistryOptions): Promise<number> {
  return told(async () => {
    const registries = registriesOf(options);
    const of = what?.includes('@') ? namedVersion(what) : { name: what, version: undefined };
    const findings: (RegistryFinding & { registry: string })[] = [];
    let versions = 0;
    for (const registry of registries.all) {
      const names = of.name === undefined ? registry.names() : [of.name];
      const all = names.flatMap((name) => registry.versions(name));
      versions += of.version === undefined ? all.length : all.filter((each) => each === of.version).length;
      for (const finding of await verify(registry.folder, of.name, of.version))
        findings.push({ ...finding, registry: registry.folder });
    }
    if (of.name !== undefined && versions === 0 && findings.length === 0)
      notThere(registries, of.name, of.version);
    if (options.json) printJson({ versions, findings });
    else {
      for (const { registry, path, code, message } of findings)
        print(`${shownPath(join(registry, path))} ${code}\n  ${message}`);
      const count = versions === 1 ? '1 version' : `${versions} versions`;
      if (!options.quiet)
        note(
          findings.length === 0
            ? `${count}, all as published`
            : `\n${findings.length} of what lies here is not as published (${count})`,
        );
    }
    return findings.length === 0 ? EXIT.fine : EXIT.findings;
  });
}
