/** Byte-pair encoding learnt from text (Sennrich, Haddow & Birch 2016), over characters; written as a tokenizer.json. */
/** Nothing special about a token: other libraries want it said. */
const PLAIN = { single_word: false, lstrip: false, rstrip: false, normalized: false };

const PAD = '[PAD]';
const UNKNOWN = '[UNK]';

/** How text is cut before pairs are joined: at blanks, which become `▁` before a word, and around punctuation. */
function emptyTokenizer(lowercase: boolean) {
  const normalizers = [{ type: 'NFC' }, ...(lowercase ? [{ type: 'Lowercase' }] : [])];
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: [PAD, UNKNOWN].map((content, id) => ({ id, content, special: true, ...PLAIN })),
    normalizer: { type: 'Sequence', normalizers },
    pre_tokenizer: {
      type: 'Sequence',
      pretokenizers: [
        { type: 'WhitespaceSplit' },
        { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always' },
        { type: 'Split', pattern: { Regex: '\\p{P}' }, behavior: 'Isolated', invert: false },
      ],
    },
    post_processor: null,
    decoder: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always' },
    model: {
      type: 'BPE',
      dropout: null,
      unk_token: UNKNOWN,
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: false,
      byte_fallback: false,
      vocab: { [PAD]: 0, [UNKNOWN]: 1 },
      merges: [],
      ignore_merges: false,
    },
  };
}

/** A tokenizer of at most `size` ids, padding (0) and unknown (1) included. Equal texts give equal tokenizers. */
export async function learnBytePairs(texts: string[], size: number, lowercase: boolean): Promise<string> {
  const { Tokenizer } = await import('@huggingface/tokenizers');
  const file = emptyTokenizer(lowercase);
  const { normalizer, pre_tokenizer } = new Tokenizer(file, {});
  const counts = new Map<string, number>();
  for (const text of texts) {
    const normal = normalizer?.normalize(text) ?? text;
    if (normal === '') continue;
    for (const word of pre_tokenizer?.pre_tokenize(normal) ?? [])
      counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const characters = frequentCharacters(counts).slice(0, size - 2);
  const known = new Set(characters);
  const words = [...counts].map(([word, count]): Word => ({ count, pieces: knownRuns(word, known) }));
  const merges = new Merges(words).learn(size - 2 - characters.length, known);
  const tokens = [PAD, UNKNOWN, ...known];
  const vocab = Object.fromEntries(tokens.map((token, id) => [token, id]));
  return JSON.stringify({ ...file, model: { ...file.model, vocab, merges } });
}

function frequentCharacters(words: Map<string, number>): string[] {
  const counts = new Map<string, number>();
  for (const [word, count] of words) for (const one of word) counts.set(one, (counts.get(one) ?? 0) + count);
  return [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).map(([one]) => one);
}

/** Characters of a word; one that is not known stands between those that may be joined. */
function knownRuns(word: string, known: Set<string>): string[] {
  return Array.from(word, (one) => (known.has(one) ? one : ''));
}

interface Word {
  count: number;
  pieces: string[];
}

interface Pair {
  left: string;
  right: string;
  count: number;
  /** Words that hold it, or once did. */
  words: Set<Word>;
}

/** Counts of neighbouring pieces, kept up to date while pairs are joined. */
class Merges {
  readonly #pairs = new Map<string, Pair>();

  constructor(words: Word[]) {
    for (const word of words) this.#count(word, 1);
  }

  /** Joins the most frequent pair (the alphabetically first of equals) until there are `count` more known pieces. */
  learn(count: number, known: Set<string>): [string, string][] {
    const merges: [string, string][] = [];
    const size = known.size + count;
    while (known.size < size) {
      const best = this.#best();
      if (!best || best.count < 2) break;
      merges.push([best.left, best.right]);
      known.add(best.left + best.right);
      this.#join(best);
    }
    return merges;
  }

  #best(): Pair | undefined {
    let best: Pair | undefined;
    for (const pair of this.#pairs.values()) {
      if (!best || pair.count > best.count || (pair.count === best.count && before(pair, best))) best = pair;
    }
    return best;
  }

  #join({ left, right, words }: Pair): void {
    for (const word of words) {
      this.#count(word, -1);
      const joined: string[] = [];
      for (const piece of word.pieces) {
        if (piece === right && joined.at(-1) === left) joined[joined.length - 1] = left + right;
        else joined.push(piece);
      }
      word.pieces = joined;
      this.#count(word, 1);
    }
    this.#pairs.delete(keyOf(left, right));
  }

  #count(word: Word, sign: 1 | -1): void {
    for (let i = 1; i < word.pieces.length; i++) {
      const [left, right] = [word.pieces[i - 1]!, word.pieces[i]!];
      if (left === '' || right === '') continue;
      const key = keyOf(left, right);
      let pair = this.#pairs.get(key);
      if (!pair) {
        pair = { left, right, count: 0, words: new Set() };
        this.#pairs.set(key, pair);
      }
      pair.count += sign * word.count;
      if (sign > 0) pair.words.add(word);
      if (pair.count === 0) this.#pairs.delete(key);
    }
  }
}

function keyOf(left: string, right: string): string {
  return `${left}\u0000${right}`;
}

function before(a: Pair, b: Pair): boolean {
  return a.left < b.left || (a.left === b.left && a.right < b.right);
}
