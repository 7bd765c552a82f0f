/** Holds what lies in a registry against what was published: which file differs, and how. Nothing is changed. */
import { join } from 'node:path';
import { canonicalText } from '../../language/versions/canonical';
import type { Integrity } from '../generated/integrity';
import { BrickIndex } from './brick-index';
import { describePublished } from './describe';
import { codeOf, RegistryFailure } from './failure';
import { placeOf } from './folders';
import { hashFile } from './hash';
import { readIntegrity } from './integrity';
import { folded, INTEGRITY, problemOfName, problemOfPath, problemOfVersion, quoted } from './names';
import { entriesOf, type Found, filesBelow } from './regular-files';

/** Folders of the registry itself. */
const OWN = new Set(['.index', '.staging']);

export interface RegistryFinding {
  /** A stable word, such as `file-changed`. */
  code:
    | 'stray'
    | 'link'
    | 'integrity-missing'
    | 'integrity-broken'
    | 'integrity-changed'
    | 'file-missing'
    | 'file-changed'
    | 'file-extra'
    | 'wrong-case'
    | 'not-a-file'
    | 'content-broken'
    | 'interface-differs'
    | 'index-differs'
    | 'unreadable';
  /** Relative to the registry, with `/`. */
  path: string;
  message: string;
  name?: string;
  version?: string;
}

/** Everything that is wrong with a registry, with one brick, or with one version, by path. */
export async function verify(registry: string, name?: string, version?: string): Promise<RegistryFinding[]> {
  const findings: RegistryFinding[] = [];
  for (const place of versionsBelow(registry, findings)) {
    if (name !== undefined && place.name !== name) continue;
    if (version !== undefined && place.version !== version) continue;
    await new VersionCheck(registry, place.name, place.version, findings).run();
  }
  const about = findings.filter((each) => name === undefined || each.name === name);
  return about.sort((a, b) => (a.path < b.path ? -1 : Number(a.path > b.path)));
}

/** Folders of versions; what lies between them and is none becomes a finding. */
function versionsBelow(
  registry: string,
  findings: RegistryFinding[],
  strays = findings,
): { name: string; version: string }[] {
  const found: { name: string; version: string }[] = [];
  const look = (path: string, depth: number) => {
    for (const entry of entriesOf(join(registry, path))) {
      const inner = path === '' ? entry.name : `${path}/${entry.name}`;
      if (depth === 0 && OWN.has(entry.name) && entry.isDirectory()) continue;
      const isVersion = depth > 0 && !problemOfVersion(entry.name);
      if (entry.isSymbolicLink()) {
        findings.push({
          code: 'link',
          path: inner,
          message: `${quoted(inner)} is a link, which a registry does not follow`,
          ...(isVersion ? { name: path } : {}),
        });
      } else if (!entry.isDirectory()) {
        findings.push({ code: 'stray', path: inner, message: `${quoted(inner)} belongs to no version` });
      } else if (isVersion) {
        found.push({ name: path, version: entry.name });
      } else if (depth < 2 && !problemOfName(entry.name)) {
        const before = found.length + strays.length;
        look(inner, depth + 1);
        // Under a brick, what could be the second half of a name and holds no version was meant for one.
        const isHeld = depth === 0 || found.length + strays.length > before;
        if (!isHeld && entriesOf(join(registry, inner)).length > 0)
          strays.push(strayFolder(inner, entry.name, depth));
      } else {
        strays.push(strayFolder(inner, entry.name, depth));
      }
    }
  };
  look('', 0);
  return found;
}

/** What lies under no name, or is no version of one: nobody finds it. */
function strayFolder(path: string, name: string, depth: number): RegistryFinding {
  const problem = depth === 0 ? problemOfName(name) : problemOfVersion(name);
  const around = path.slice(0, -name.length - 1);
  return {
    ...{ code: 'stray', path, message: `The folder ${quoted(name)} ${problem}` },
    ...(depth > 0 ? { name: around } : {}),
  };
}

/** Folders that whoever lists a registry passes over; hidden ones are nobody's bricks. */
export function strayFolders(registry: string): RegistryFinding[] {
  const strays: RegistryFinding[] = [];
  versionsBelow(registry, [], strays);
  return strays.filter(({ path }) => !path.split('/').some((part) => part.startsWith('.')));
}

class VersionCheck {
  private readonly folder: string;

  constructor(
    registry: string,
    private readonly name: string,
    private readonly version: string,
    private readonly findings: RegistryFinding[],
  ) {
    this.folder = placeOf(registry, name, version);
    this.indexed = BrickIndex.read(registry, name);
  }

  private readonly indexed: BrickIndex | undefined;

  async run(): Promise<void> {
    try {
      await this.check();
    } catch (error) {
      if (!(error instanceof RegistryFailure) && codeOf(error) === undefined) throw error;
      this.add('unreadable', '', (error as Error).message);
    }
  }

  private async check(): Promise<void> {
    const found = filesBelow(this.folder).filter(({ path }) => path !== INTEGRITY);
    const integrity = this.integrity();
    if (!integrity) return;
    const before = this.findings.length;
    this.againstIndex(integrity);
    await this.files(integrity, found);
    if (this.findings.length === before) this.content(integrity);
  }

  private integrity(): Integrity | undefined {
    try {
      return readIntegrity(this.folder, this.name, this.version);
    } catch (error) {
      const { code, message } = error as RegistryFailure;
      if (code !== 'integrity-missing' && code !== 'integrity-broken') throw error;
      this.add(code, INTEGRITY, message);
      return undefined;
    }
  }

  /** Whoever changes files and hashes alike is still found out by the index. */
  private againstIndex({ hash }: Integrity): void {
    const known = this.release();
    if (known && known.hash !== hash) {
      this.add(
        'integrity-changed',
        INTEGRITY,
        `${INTEGRITY} is not what was published: the index has another hash`,
      );
    }
  }

  private release() {
    return this.indexed?.releases.find((release) => release.version === this.version);
  }

  private async files({ files }: Integrity, found: Found[]): Promise<void> {
    const byPath = new Map(found.map((each) => [each.path, each]));
    const byFolded = new Map(found.map((each) => [folded(each.path), each]));
    const explained = new Set<string>();
    for (const [path, published] of Object.entries(files)) {
      const here = byPath.get(path);
      if (!here) {
        const other = byFolded.get(folded(path));
        if (other) explained.add(other.path);
        if (other)
          this.add('wrong-case', other.path, `${quoted(other.path)} was published as ${quoted(path)}`);
        else this.add('file-missing', path, `${quoted(path)} is missing`);
      } else if (here.what === 'file') {
        await this.file(path, published);
      }
    }
    for (const { path, what } of found) {
      if (what === 'link')
        this.add('link', path, `${quoted(path)} is a link, which a registry does not follow`);
      else if (what === 'other') this.add('not-a-file', path, `${quoted(path)} is not a plain file`);
      else if (!Object.hasOwn(files, path) && !explained.has(path)) {
        const problem = problemOfPath(path);
        this.add('file-extra', path, `${quoted(path)} was not published${problem ? `, and ${problem}` : ''}`);
      }
    }
  }

  private async file(path: string, published: { sha256: string; size: number }): Promise<void> {
    const { sha256, size } = await hashFile(this.folder, path);
    if (size !== published.size) {
      this.add('file-changed', path, `${quoted(path)} has ${size} bytes; ${published.size} were published`);
    } else if (sha256 !== published.sha256) {
      this.add('file-changed', path, `${quoted(path)} has other content than was published`);
    }
  }

  /** Intact files whose meaning is not what was recorded: made by hand, or read by another version of Brique. */
  private content(integrity: Integrity): void {
    try {
      const { interfaceHash, requires } = describePublished(this.folder, integrity);
      if (interfaceHash !== integrity.interface) {
        const message = 'The interface is read differently now than when it was published';
        this.add('interface-differs', integrity.manifest, message);
      }
      const known = this.release();
      if (!known) return;
      const isSame =
        known.interface === interfaceHash && canonicalText(known.requires) === canonicalText(requires);
      if (!isSame)
        this.add('index-differs', integrity.manifest, 'The index says something else; make it anew');
    } catch (error) {
      if (!(error instanceof RegistryFailure)) throw error;
      this.add('content-broken', integrity.manifest, error.message);
    }
  }

  private add(code: RegistryFinding['code'], path: string, message: string): void {
    const { name, version } = this;
    const at = [name, version, path].filter((part) => part !== '').join('/');
    this.findings.push({ code, path: at, message: `${name} ${version}: ${message}`, name, version });
  }
}
