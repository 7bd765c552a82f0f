/** Small tokenizers in the format of Hugging Face's tokenizers. */

const special = (...tokens: string[]) =>
  tokens.map((content, id) => ({ ...flags, id, content, special: true }));
const flags = { single_word: false, lstrip: false, rstrip: false, normalized: false };
const ids = (...tokens: string[]) => Object.fromEntries(tokens.map((token, id) => [token, id]));
const token = (id: string, type_id: number) => ({ SpecialToken: { id, type_id } });
const sequence = (id: string, type_id: number) => ({ Sequence: { id, type_id } });

/** As BERT's: lower case, no accents, `[CLS] a [SEP] b [SEP]`. */
export const wordPiece = {
  version: '1.0',
  truncation: null,
  padding: null,
  added_tokens: special('[PAD]', '[UNK]', '[CLS]', '[SEP]'),
  normalizer: {
    type: 'BertNormalizer',
    clean_text: true,
    handle_chinese_chars: true,
    strip_accents: null,
    lowercase: true,
  },
  pre_tokenizer: { type: 'BertPreTokenizer' },
  post_processor: {
    type: 'TemplateProcessing',
    single: [token('[CLS]', 0), sequence('A', 0), token('[SEP]', 0)],
    pair: [token('[CLS]', 0), sequence('A', 0), token('[SEP]', 0), sequence('B', 1), token('[SEP]', 1)],
    special_tokens: {
      '[CLS]': { id: '[CLS]', ids: [2], tokens: ['[CLS]'] },
      '[SEP]': { id: '[SEP]', ids: [3], tokens: ['[SEP]'] },
    },
  },
  decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
  model: {
    type: 'WordPiece',
    unk_token: '[UNK]',
    continuing_subword_prefix: '##',
    max_input_chars_per_word: 100,
    vocab: ids('[PAD]', '[UNK]', '[CLS]', '[SEP]', 'un', '##aff', '##able', 'good', '!', 'cafe', '##s'),
  },
};

/** As GPT-2's: bytes as characters (`Ġ` is a blank), no special tokens, padded on the left with 0. */
export const byteLevel = {
  version: '1.0',
  truncation: { max_length: 4, strategy: 'LongestFirst', stride: 0, direction: 'Left' },
  padding: {
    strategy: { Fixed: 6 },
    direction: 'Left',
    pad_to_multiple_of: null,
    pad_id: 9,
    pad_type_id: 0,
    pad_token: '<pad>',
  },
  added_tokens: [{ ...flags, id: 9, content: '<pad>', special: true }],
  normalizer: null,
  pre_tokenizer: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true },
  post_processor: { type: 'ByteLevel', add_prefix_space: true, trim_offsets: false, use_regex: true },
  decoder: { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true },
  model: {
    type: 'BPE',
    dropout: null,
    unk_token: null,
    continuing_subword_prefix: null,
    end_of_word_suffix: null,
    fuse_unk: false,
    byte_fallback: false,
    vocab: ids('l', 'o', 'w', 'Ġ', 'Ã', '©', 'lo', 'Ġlo', 'Ġlow'),
    merges: ['l o', 'Ġ lo', 'Ġlo w'],
  },
};

/** As T5's: the most likely cut, blanks as `▁`, `</s>` at the end. */
export const unigram = {
  version: '1.0',
  truncation: null,
  padding: null,
  added_tokens: special('<pad>', '</s>', '<unk>'),
  normalizer: { type: 'Sequence', normalizers: [{ type: 'NFKC' }, { type: 'Lowercase' }] },
  pre_tokenizer: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always', split: true },
  post_processor: {
    type: 'TemplateProcessing',
    single: [sequence('A', 0), token('</s>', 0)],
    pair: [sequence('A', 0), token('</s>', 0), sequence('B', 0), token('</s>', 0)],
    special_tokens: { '</s>': { id: '</s>', ids: [1], tokens: ['</s>'] } },
  },
  decoder: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always', split: true },
  model: {
    type: 'Unigram',
    unk_id: 2,
    byte_fallback: false,
    vocab: [
      ['<pad>', 0],
      ['</s>', 0],
      ['<unk>', 0],
      ['▁', -3],
      ['▁new', -4],
      ['▁news', -7],
      ['paper', -5],
      ['s', -3],
      ['▁newspaper', -12],
    ],
  },
};

/** Signs are words of their own, each of them. */
export const punctuation = {
  ...wordPiece,
  normalizer: null,
  pre_tokenizer: {
    type: 'Sequence',
    pretokenizers: [{ type: 'WhitespaceSplit' }, { type: 'Punctuation', behavior: 'Isolated' }],
  },
};
