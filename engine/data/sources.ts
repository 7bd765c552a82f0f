/** Where a dataset's files lie. */
import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import picomatch from 'picomatch';
import type { PlanData } from '../../language/plan/format';
import { fail } from '../failure';
import { isInside } from './inside';

export type SourceFiles = Record<string, string[]>;

/** Absolute paths by split (or `all`), sorted within each entry. Fails where a file is not there. */
export function sourceFiles(data: PlanData): SourceFiles {
  const files: SourceFiles = {};
  for (const [split, patterns] of Object.entries(data.files)) {
    files[split] = patterns.flatMap((pattern) => {
      const base = baseOf(pattern, data);
      const found = resolvePattern(pattern, base, data);
      for (const file of found) stayInside(file, base.folder, pattern, data);
      return found;
    });
  }
  return files;
}

interface Base {
  folder: string;
  /** The pattern, seen from the folder. */
  inner: string;
}

function baseOf(pattern: string, data: PlanData): Base {
  const folder = dirname(data.file);
  return pattern.startsWith('npm:')
    ? packageFolder(pattern.slice(4), folder, data)
    : { folder, inner: pattern };
}

/** A dataset reads below its own folder or inside a package, and follows no link that leads out of it. */
function stayInside(file: string, folder: string, pattern: string, data: PlanData): void {
  if (isInside(realpathSync(file), realpathSync(folder))) return;
  fail('data-file-outside', `${pattern} of dataset ${data.name} leads out of ${folder}`, {
    help: 'A dataset reads files below its own folder only; move the dataset file up, or the data below it.',
    file: data.at.file,
    line: data.at.line,
  });
}

function resolvePattern(pattern: string, { folder: base, inner }: Base, data: PlanData): string[] {
  const at = { file: data.at.file, line: data.at.line };
  const exact = resolve(base, inner);
  if (existsSync(exact)) {
    if (statSync(exact).isFile()) return [exact];
    fail('data-file-missing', `${pattern} of dataset ${data.name} is a folder, not a file`, {
      help: `Name its files, such as ${pattern.replace(/\/$/, '')}/*.csv.`,
      ...at,
    });
  }
  const glob = picomatch.scan(inner);
  if (glob.isGlob) {
    const found = matching(join(base, glob.base), glob.glob);
    if (found.length > 0) return found;
    fail(
      'data-file-missing',
      `No file matches ${pattern} of dataset ${data.name}, looked for in ${base}`,
      at,
    );
  }
  fail('data-file-missing', `The file ${pattern} of dataset ${data.name} is not there: ${exact}`, at);
}

/** Files below a folder whose path matches a glob, sorted. */
function matching(folder: string, glob: string): string[] {
  if (!existsSync(folder)) return [];
  const matches = picomatch(glob);
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => matches(path.replaceAll('\\', '/')))
    .map((path) => join(folder, path))
    .filter((path) => statSync(path).isFile())
    .sort();
}

/** Splits `package/path` or `@scope/package/path`, and finds the package as Node does: in the nearest node_modules. */
function packageFolder(name: string, from: string, data: PlanData): Base {
  const pieces = name.split('/');
  const count = name.startsWith('@') ? 2 : 1;
  const packageName = pieces.slice(0, count).join('/');
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', packageName);
    if (existsSync(candidate)) return { folder: candidate, inner: pieces.slice(count).join('/') };
    if (dirname(folder) === folder) break;
  }
  return fail(
    'data-file-missing',
    `The npm package ${packageName}, which holds data of dataset ${data.name}, is not installed near ${from}`,
    { help: `Run npm install ${packageName} there.`, file: data.at.file, line: data.at.line },
  );
}

/** How messages name a data file: as short as it is clear. */
export function displayPath(file: string): string {
  const short = relative(process.cwd(), file);
  return short && !short.startsWith('..') ? short : file;
}
