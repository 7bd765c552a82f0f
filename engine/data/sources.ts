/** Where a dataset's files lie. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import picomatch from 'picomatch';
import type { PlanData } from '../../language/plan/format';
import { fail } from '../failure';

export type SourceFiles = Record<string, string[]>;

/** Absolute paths by split (or `all`), sorted within each entry. Fails where a file is not there. */
export function sourceFiles(data: PlanData): SourceFiles {
  const files: SourceFiles = {};
  for (const [split, patterns] of Object.entries(data.files)) {
    files[split] = patterns.flatMap((pattern) => resolvePattern(pattern, data));
  }
  return files;
}

function resolvePattern(pattern: string, data: PlanData): string[] {
  const folder = dirname(data.file);
  const at = { file: data.at.file, line: data.at.line };
  const [base, inner] = pattern.startsWith('npm:')
    ? packageFolder(pattern.slice(4), folder, data)
    : [folder, pattern];
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
function packageFolder(name: string, from: string, data: PlanData): [folder: string, path: string] {
  const pieces = name.split('/');
  const count = name.startsWith('@') ? 2 : 1;
  const packageName = pieces.slice(0, count).join('/');
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', packageName);
    if (existsSync(candidate)) return [candidate, pieces.slice(count).join('/')];
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
