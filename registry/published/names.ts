/**
 * Which names, versions and paths a registry takes. What it takes means the same folder on every system, and never one
 * outside the registry.
 */
import semver from 'semver';
import { refuse } from './failure';

/** Says what a published version holds; no file of its own may be called so. */
export const INTEGRITY = 'integrity.json';

const WORDS = '[a-z0-9]+(?:-[a-z0-9]+)*';
const NAME = new RegExp(`^(?:${WORDS}/)?${WORDS}$`);
const LONGEST_NAME = 200;
/** Together with a folder it stays below what systems take (255 bytes a name; 4096, on Windows 32767, a path). */
const LONGEST_PATH = 1000;
const LONGEST_SEGMENT = 200;

/** Device names of Windows, with any ending (learn.microsoft.com, "Naming Files, Paths, and Namespaces"). */
const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)/i;

export function problemOfName(name: string): string | undefined {
  if (name.length > LONGEST_NAME) return `is longer than ${LONGEST_NAME} characters`;
  if (!NAME.test(name)) {
    return 'is no name: a name is lower-case words joined by `-`, such as `text-encoder` or `acme/text-encoder`';
  }
  const device = name.split('/').find((part) => DEVICE.test(part));
  return device === undefined ? undefined : `cannot be a folder on Windows, where \`${device}\` is a device`;
}

export function problemOfVersion(version: string): string | undefined {
  const parsed = semver.parse(version);
  if (parsed && parsed.build.length > 0) {
    return 'has build metadata (`+…`), which makes no other version; leave it out';
  }
  if (parsed?.version !== version || version.length > LONGEST_SEGMENT) {
    return 'is no version: a version is three numbers, such as `1.2.0` or `1.2.0-rc.1`';
  }
  return undefined;
}

/** `path` is relative and written with `/`. */
export function problemOfPath(path: string): string | undefined {
  if (path === '') return 'is empty';
  if (path.length > LONGEST_PATH) return `is longer than ${LONGEST_PATH} characters`;
  if (/\p{Surrogate}/u.test(path) || path !== path.normalize('NFC')) return 'is not normalised Unicode (NFC)';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused.
  if (/[\u0000-\u001f\u007f<>:"|?*\\]/.test(path)) {
    return 'holds a character that not every system takes in a file name';
  }
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.' || segment === '..') return 'does not stay inside its folder';
    if (/[. ]$/.test(segment) || segment.startsWith(' ')) return 'has a name that ends in a dot or a space';
    if (Buffer.byteLength(segment) > LONGEST_SEGMENT) return 'has a name that is too long';
    if (DEVICE.test(segment)) return `cannot be a file on Windows, where \`${segment}\` is a device`;
  }
  return path.toLowerCase() === INTEGRITY ? 'is written by the registry itself' : undefined;
}

/** Of the first path that cannot stand beside the others: where case does not count, or where it is also a folder. */
export function problemOfPaths(paths: readonly string[]): { path: string; problem: string } | undefined {
  const taken = new Map<string, string>();
  for (const path of paths) {
    const problem = problemOfPath(path);
    if (problem) return { path, problem };
    const other = taken.get(folded(path));
    if (other !== undefined) return { path, problem: `is the same file as \`${other}\` on some systems` };
    taken.set(folded(path), path);
  }
  for (const path of paths) {
    for (let slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
      const file = taken.get(folded(path.slice(0, slash)));
      if (file !== undefined) return { path, problem: `lies in \`${file}\`, which is a file` };
    }
  }
  return undefined;
}

/** Equal for paths that a system which does not mind case takes for one. */
export function folded(path: string): string {
  return path.normalize('NFC').toUpperCase().toLowerCase();
}

/** Refuses what is no name of a version. */
export function requireVersion(name: string, version: string): void {
  const named = problemOfName(name);
  if (named) refuse('name-invalid', `The name ${quoted(name)} ${named}`);
  const versioned = problemOfVersion(version);
  if (versioned) refuse('version-invalid', `The version ${quoted(version)} of ${name} ${versioned}`);
}

export function requirePaths(paths: readonly string[]): void {
  const found = problemOfPaths(paths);
  if (found) refuse('path-invalid', `The file ${quoted(found.path)} ${found.problem}`);
}

/** For messages: on one line, and not longer than a line. */
export function quoted(text: string): string {
  const shown = JSON.stringify(text).slice(1, -1);
  return `\`${shown.length > 80 ? `${shown.slice(0, 79)}…` : shown}\``;
}
