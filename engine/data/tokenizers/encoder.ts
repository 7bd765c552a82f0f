/** Text to rows of ids, cut and padded to one length, by the tokenizers library; loaded when it is first needed. */
import type { Tokenizer } from '@huggingface/tokenizers';
import { parseTokenizer, type TokenizerFile } from './file';
import { portable } from './portable';

export interface EncodedRows {
  /** [rows, length] each. */
  ids: Int32Array;
  /** 1 where a token is. */
  mask: Float32Array;
  /** 0 in the first text, 1 in the second. */
  types: Int32Array;
}

/** Keys that the library wants to be there; files may leave them out. */
const EMPTY = {
  added_tokens: [],
  normalizer: null,
  pre_tokenizer: null,
  post_processor: null,
  decoder: null,
};

export class Encoder {
  readonly #tokenizer: Tokenizer;
  readonly #file: TokenizerFile;
  readonly #padding: number;

  /** Throws a plain error where the library cannot make sense of the file. */
  static async of(text: string): Promise<Encoder> {
    const { Tokenizer } = await import('@huggingface/tokenizers');
    const file = parseTokenizer(text);
    return new Encoder(
      new Tokenizer({ ...EMPTY, ...portable(file) }, { unk_token: file.model.unk_token ?? undefined }),
      file,
    );
  }

  private constructor(tokenizer: Tokenizer, file: TokenizerFile) {
    this.#tokenizer = tokenizer;
    this.#file = file;
    const named = ['[PAD]', '<pad>', '<|padding|>'].map((token) => tokenizer.token_to_id(token));
    this.#padding = file.padding?.pad_id ?? named.find((id) => id !== undefined) ?? 0;
  }

  rows(texts: string[], pairs: string[] | undefined, length: number, special: boolean): EncodedRows {
    const size = texts.length * length;
    const ids = new Int32Array(size).fill(this.#padding);
    const types = new Int32Array(size).fill(this.#file.padding?.pad_type_id ?? 0);
    const mask = new Float32Array(size);
    const isLeft = this.#file.padding?.direction === 'Left';
    for (const [row, text] of texts.entries()) {
      const encoded = this.#encode(text, pairs?.[row], length, special);
      const from = row * length + (isLeft ? length - encoded.ids.length : 0);
      ids.set(encoded.ids, from);
      types.set(encoded.types, from);
      mask.fill(1, from, from + encoded.ids.length);
    }
    return { ids, mask, types };
  }

  /** At most `length` ids. Text is cut before special tokens join it, so that these always stay. */
  #encode(text: string, pair: string | undefined, length: number, special: boolean) {
    const first = this.#tokens(text);
    const second = pair === undefined ? undefined : this.#tokens(pair);
    const room = Math.max(0, length - this.#joined([], second && [], special).tokens.length);
    const [kept, keptSecond] = shares(first.length, second?.length ?? 0, room);
    const joined = this.#joined(this.#cut(first, kept), second && this.#cut(second, keptSecond), special);
    return {
      ids: joined.tokens.slice(0, length).map((token) => this.#idOf(token)),
      types: joined.types.slice(0, length),
    };
  }

  #tokens(text: string): string[] {
    return text === '' ? [] : this.#tokenizer.tokenize(text, { add_special_tokens: false });
  }

  #cut(tokens: string[], count: number): string[] {
    const isLeft = this.#file.truncation?.direction === 'Left';
    return isLeft ? tokens.slice(tokens.length - count) : tokens.slice(0, count);
  }

  #joined(first: string[], second: string[] | undefined, special: boolean) {
    const processor = this.#tokenizer.post_processor;
    const plain = [...first, ...(second ?? [])];
    const { tokens, token_type_ids } = processor?.post_process(first, second ?? null, special) ?? {
      tokens: plain,
    };
    const types =
      token_type_ids ?? tokens.map((_, i) => (second && i >= tokens.length - second.length ? 1 : 0));
    return { tokens, types };
  }

  #idOf(token: string): number {
    return this.#tokenizer.token_to_id(token) ?? this.#tokenizer.model?.unk_token_id ?? this.#padding;
  }
}

/** How many tokens of two texts fit: the longer one gives way first, until both are equally long. */
function shares(first: number, second: number, room: number): [number, number] {
  if (first + second <= room) return [first, second];
  const isFirstShorter = first <= second;
  const shorter = Math.min(first, second, Math.floor(room / 2));
  const longer = Math.min(Math.max(first, second), room - shorter);
  return isFirstShorter ? [shorter, longer] : [longer, shorter];
}
