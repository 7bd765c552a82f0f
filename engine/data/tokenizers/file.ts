/** tokenizer.json files, as the tokenizers of Hugging Face write them. */
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Place } from '../../../language/plan/format';
import { fail } from '../../failure';
import { isInside } from '../inside';

/** What is read of it here; the library reads the rest. */
export interface TokenizerFile {
  pre_tokenizer?: object | null;
  model: { vocab: unknown; unk_token?: string | null };
  /** How rows are brought to one length is left to us. */
  padding?: { pad_id?: number; pad_type_id?: number; direction?: 'Left' | 'Right' } | null;
  truncation?: { direction?: 'Left' | 'Right' } | null;
}

/** The largest of the well-known ones have some 30 MB. */
const MOST_BYTES = 128 * 2 ** 20;

/** The absolute path of a brick's tokenizer. Fails where it is not there, or lies outside the brick's folder. */
export function tokenizerPath(file: string, at: Place): string {
  const folder = dirname(at.file);
  const path = resolve(folder, file);
  let real: string;
  try {
    real = realpathSync(path);
  } catch {
    return fail('tokenizer-missing', `The tokenizer ${file} is not there: ${path}`, {
      help: 'Put the tokenizer.json beside the brick, or name it with `file`.',
      ...place(at),
    });
  }
  if (isInside(real, realpathSync(folder))) return path;
  return fail('tokenizer-outside', `The tokenizer ${file} leads out of ${folder}`, {
    help: "A brick reads files below its own folder only; put the tokenizer beside the brick's file.",
    ...place(at),
  });
}

export function readTokenizer(path: string, at: Place): string {
  const { size } = statSync(path);
  if (size > MOST_BYTES) broken(path, `it has ${Math.round(size / 2 ** 20)} MB`, at);
  const text = readFileSync(path, 'utf8');
  try {
    parseTokenizer(text);
  } catch (error) {
    broken(path, (error as Error).message, at);
  }
  return text;
}

/** Throws a plain error that says what is wrong with it. */
export function parseTokenizer(text: string): TokenizerFile {
  const json = JSON.parse(text) as Partial<TokenizerFile> | null;
  if (typeof json !== 'object' || json?.model?.vocab === undefined)
    throw new Error('it has no `model` with a `vocab`');
  return json as TokenizerFile;
}

export function broken(path: string, why: string, at: Place): never {
  fail('tokenizer-broken', `${path} is no tokenizer.json that can be used: ${why}`, {
    help: 'WordPiece, BPE and Unigram models are read, as `tokenizer.save("tokenizer.json")` writes them.',
    ...place(at),
  });
}

function place({ file, line }: Place): Place {
  return { file, line };
}
