/** Where the JavaScript tokenizers library does something else than the original, a file is put in its words. */
import type { TokenizerFile } from './file';

interface PreTokenizer {
  pattern?: { Regex: string };
  invert?: boolean;
  type?: string;
  behavior?: string;
  pretokenizers?: PreTokenizer[];
}

/** What counts as punctuation: Unicode's, and all ASCII signs. */
const SIGN = '[\\p{P}!-/:-@\\[-`{-~]';

/** The same tokenizer. Throws a plain error where the library cannot cut text as the file says. */
export function portable(file: TokenizerFile): TokenizerFile {
  const { pre_tokenizer } = file;
  return pre_tokenizer ? { ...file, pre_tokenizer: rewritten(pre_tokenizer) } : file;
}

function rewritten(cutter: PreTokenizer): PreTokenizer {
  const { type, behavior = 'Isolated', pretokenizers } = cutter;
  if (pretokenizers) return { ...cutter, pretokenizers: pretokenizers.map(rewritten) };
  if (type !== 'Punctuation' && type !== 'Split') return cutter;
  const isContiguous = behavior === 'Contiguous' && type === 'Punctuation';
  if (!isContiguous && behavior !== 'Isolated' && behavior !== 'Removed')
    throw new Error(`text cannot be cut by ${type} with the behavior ${behavior} here`);
  // The library keeps signs that follow each other together, which is what only `Contiguous` means.
  if (type !== 'Punctuation' || isContiguous) return cutter;
  return { type: 'Split', pattern: { Regex: SIGN }, behavior, invert: false };
}
