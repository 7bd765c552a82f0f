import { readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import type { TokenizerFacts } from '../language/rules/rule';
import { FileFacts } from './file-facts';
import { sha256 } from './sha256';

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
    return known.of(path, { size, mtimeMs }, () => factsOf(path));
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
  added_tokens?: { id?: number; special?: boolean }[] | null;
}

function factsOf(path: string): TokenizerFacts | 'broken' {
  const text = readFileSync(path, 'utf8');
  let json: TokenizerJson | null;
  try {
    json = JSON.parse(text) as TokenizerJson | null;
  } catch {
    return 'broken';
  }
  const vocab = json?.model?.vocab;
  if (json === null || typeof vocab !== 'object' || vocab === null) return 'broken';
  const ids = Array.isArray(vocab) ? [vocab.length - 1] : Object.values(vocab);
  for (const { id } of json?.added_tokens ?? []) if (id !== undefined) ids.push(id);
  const largest = ids.reduce((most, id) => (Number.isInteger(id) && id > most ? id : most), -1);
  if (largest < 0) return 'broken';
  const { added_tokens: _, model, ...rest } = json;
  const hash = sha256(text);
  return {
    ...{ ids: largest + 1, hash },
    cuts: sha256(JSON.stringify([rest, { ...model, vocab: null }])),
    // Asked rarely, so the pieces are not kept.
    piecesBelow: (first) => {
      const now = readOrUndefined(path);
      return now !== undefined && sha256(now) === hash
        ? piecesBelow(JSON.parse(now) as TokenizerJson, first)
        : undefined;
    },
  };
}

function readOrUndefined(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return undefined;
  }
}

function piecesBelow({ model, added_tokens: added }: TokenizerJson, first: number): string {
  const vocab = model?.vocab ?? [];
  const pieces = Array.isArray(vocab)
    ? vocab.slice(0, first)
    : Object.entries(vocab)
        .filter(([, id]) => id < first)
        .sort(([, a], [, b]) => a - b);
  const own = (added ?? []).filter(({ id, special }) => special === true || (id ?? 0) < first);
  return sha256(JSON.stringify([pieces, own]));
}
