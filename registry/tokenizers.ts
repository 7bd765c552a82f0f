import { createHash } from 'node:crypto';
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import type { TokenizerFacts } from '../language/rules/rule';
import { FileFacts } from './file-facts';

/** Larger files are not read while somebody types. */
const MOST_BYTES = 64 * 2 ** 20;

const known = new FileFacts<TokenizerFacts | 'broken'>();

/** What a tokenizer.json below a brick's folder says; read again only when it has changed. */
export function tokenizer(manifest: string, file: string): TokenizerFacts | 'missing' | 'broken' | 'unknown' {
  const folder = dirname(resolve(manifest));
  const path = resolve(folder, file);
  try {
    if (!isInside(realpathSync(path), realpathSync(folder))) return 'unknown';
    const { size, mtimeMs, isFile } = statusOf(path);
    if (!isFile || size > MOST_BYTES) return 'unknown';
    return known.of(path, { size, mtimeMs }, () => factsOf(readFileSync(path, 'utf8')));
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'missing' : 'unknown';
  }
}

function statusOf(path: string) {
  const status = statSync(path);
  return { size: status.size, mtimeMs: status.mtimeMs, isFile: status.isFile() };
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

interface TokenizerJson {
  model?: { vocab?: Record<string, number> | unknown[] };
  added_tokens?: { id?: number }[] | null;
}

function factsOf(text: string): TokenizerFacts | 'broken' {
  let json: TokenizerJson | null;
  try {
    json = JSON.parse(text) as TokenizerJson | null;
  } catch {
    return 'broken';
  }
  const vocab = json?.model?.vocab;
  if (typeof vocab !== 'object' || vocab === null) return 'broken';
  const ids = Array.isArray(vocab) ? [vocab.length - 1] : Object.values(vocab);
  for (const { id } of json?.added_tokens ?? []) if (id !== undefined) ids.push(id);
  const largest = ids.reduce((most, id) => (Number.isInteger(id) && id > most ? id : most), -1);
  if (largest < 0) return 'broken';
  return { ids: largest + 1, hash: createHash('sha256').update(text).digest('hex') };
}
