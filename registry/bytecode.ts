/**
 * Compiling a bundle takes longer than running it, so V8's bytecode is kept in the user's cache folder, as Node keeps it
 * from 22.1 on with `module.enableCompileCache`. V8 itself refuses what another version of it has made.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Script } from 'node:vm';
import { cacheFolder, keepInCache } from './user-cache';

/** Most of what a program needs has been compiled by then. */
const SETTLED_MS = 4_000;

/** Runs a CommonJS bundle. `key` names its content: bytecode of another one must never be taken for it. */
export function runBundle(file: string, key: string): void {
  const kept = process.env.NODE_DISABLE_COMPILE_CACHE ? undefined : join(cacheFolder(), keptAs(key));
  const cachedData = kept && readIfThere(kept);
  const script = new Script(
    `(function (exports, require, module, __filename, __dirname) { ${readFileSync(file, 'utf8')}\n})`,
    { filename: file, ...(cachedData ? { cachedData } : {}) },
  );
  if (kept && (!cachedData || script.cachedDataRejected)) keepSoon(script, kept);
  const bundle = { exports: {} };
  script.runInThisContext()(bundle.exports, createRequire(file), bundle, file, dirname(file));
}

function keptAs(key: string): string {
  return `${key}-v8-${process.versions.v8}-${process.arch}`;
}

function readIfThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    // Not there yet, or not ours to read: the bundle is compiled.
    return undefined;
  }
}

/** Once it has run for a while, or at its end; not where it went wrong, for then it has hardly run. */
function keepSoon(script: Script, file: string): void {
  const keep = () => {
    clearTimeout(timer);
    process.off('exit', atExit);
    keepInCache(file, script.createCachedData(), (name) => name.includes('-v8-'));
  };
  const atExit = (code: number) => {
    if (code <= 1) keep();
  };
  const timer = setTimeout(keep, SETTLED_MS).unref();
  process.once('exit', atExit);
}
