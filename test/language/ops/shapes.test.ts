import assert from 'node:assert/strict';
import { allOps } from '../../../language/ops/catalogue';
import type { OpResult } from '../../../language/ops/op';
import { type Case, type Given, infer, inputsOf, testRefusals, testShapes } from './infer';

const cases: Case[] = [
  ['dense', 'float32[32, 784]', { units: 10 }, 'float32[32, 10]'],
  ['dense', 'float32[batch, seq, d]', { units: 'hidden*2' }, 'float32[batch, seq, hidden*2]'],
  ['dense', 'float32[...lead, 64]', { units: 8 }, 'float32[...lead, 8]'],
  ['embedding', 'int32[batch, seq]', { size: 'vocab', dim: 64 }, 'float32[batch, seq, 64]'],
  ['embedding', 'int64[batch]', { size: 10, dim: 3 }, 'float32[batch, 3]'],
  ['positional_embedding', 'float32[batch, seq, 64]', { length: 128 }, 'float32[batch, seq, 64]'],
  ['conv1d', 'float32[batch, 28, 3]', { filters: 8, kernel: 5 }, 'float32[batch, 24, 8]'],
  ['conv1d', 'float32[batch, 28, 3]', { filters: 8, kernel: 5, stride: 2 }, 'float32[batch, 12, 8]'],
  ['conv1d', 'float32[batch, 28, 3]', { filters: 8, kernel: 5, dilation: 2 }, 'float32[batch, 20, 8]'],
  [
    'conv1d',
    'float32[batch, 29, 3]',
    { filters: 8, kernel: 5, stride: 2, padding: 'same' },
    'float32[batch, 15, 8]',
  ],
  [
    'conv1d',
    'float32[batch, seq, 3]',
    { filters: 'hidden', kernel: 5, padding: 'same' },
    'float32[batch, seq, hidden]',
  ],
  [
    'conv1d',
    'float32[batch, seq, 3]',
    { filters: 8, kernel: 'kernel' },
    'float32[batch, seq - kernel + 1, 8]',
  ],
  [
    'conv1d',
    'float32[batch, seq, 3]',
    { filters: 8, kernel: 3, stride: 2 },
    'float32[batch, (seq - 1)//2, 8]',
  ],
  [
    'conv1d',
    'float32[batch, seq, 3]',
    { filters: 8, kernel: 3, stride: 2, padding: 'same' },
    'float32[batch, (seq + 1)//2, 8]',
  ],
  ['conv2d', 'float32[batch, 28, 28, 1]', { filters: 32, kernel: [3, 3] }, 'float32[batch, 26, 26, 32]'],
  [
    'conv2d',
    'float32[batch, 224, 224, 3]',
    { filters: 64, kernel: 7, stride: 2, padding: 'same' },
    'float32[batch, 112, 112, 64]',
  ],
  ['conv2d', 'float32[batch, h, w, 3]', { filters: 8, kernel: [3, 5] }, 'float32[batch, h - 2, w - 4, 8]'],
  [
    'depthwise_conv2d',
    'float32[batch, 28, 28, 16]',
    { kernel: 3, multiplier: 2 },
    'float32[batch, 26, 26, 32]',
  ],
  ['max_pool1d', 'float32[batch, 9, 4]', {}, 'float32[batch, 4, 4]'],
  ['max_pool1d', 'float32[batch, seq, 4]', {}, 'float32[batch, seq//2, 4]'],
  ['avg_pool1d', 'float32[batch, 9, 4]', { window: 3, stride: 1 }, 'float32[batch, 7, 4]'],
  ['max_pool2d', 'float32[batch, 28, 28, 4]', {}, 'float32[batch, 14, 14, 4]'],
  [
    'max_pool2d',
    'float32[batch, 7, 7, 4]',
    { window: 3, stride: 2, padding: 'same' },
    'float32[batch, 4, 4, 4]',
  ],
  ['avg_pool2d', 'float32[batch, 28, 28, 4]', { window: [2, 4] }, 'float32[batch, 14, 7, 4]'],
  ['global_max_pool', 'float32[batch, seq, 128]', {}, 'float32[batch, 128]'],
  ['global_avg_pool', 'float32[batch, 7, 7, 512]', {}, 'float32[batch, 512]'],
  ['global_avg_pool', { in: 'float32[batch, seq, 8]', mask: 'float32[batch, seq]' }, {}, 'float32[batch, 8]'],
  ['lstm', 'float32[batch, seq, 50]', { units: 64 }, 'float32[batch, 64]'],
  [
    'lstm',
    'float32[batch, seq, 50]',
    { units: 64, return_sequences: true, bidirectional: true },
    'float32[batch, seq, 128]',
  ],
  ['gru', 'float32[batch, seq, 50]', { units: 'u', bidirectional: true }, 'float32[batch, u*2]'],
  ['layer_norm', 'float32[batch, seq, 64]', {}, 'float32[batch, seq, 64]'],
  ['rms_norm', 'float32[...lead, 64]', {}, 'float32[...lead, 64]'],
  ['batch_norm', 'float32[batch, 8, 8, 16]', {}, 'float32[batch, 8, 8, 16]'],
  ['dropout', 'float32[batch, 64]', { rate: 0.5 }, 'float32[batch, 64]'],
  ['relu', 'float32[batch, 64]', {}, 'float32[batch, 64]'],
  ['gelu', 'float32[...lead]', {}, 'float32[...lead]'],
  ['silu', 'float32[64]', {}, 'float32[64]'],
  ['tanh', 'float32[]', {}, 'float32[]'],
  ['sigmoid', 'float32[3]', {}, 'float32[3]'],
  ['softmax', 'float32[batch, classes]', {}, 'float32[batch, classes]'],
  ['add', ['float32[batch, 64]', 'float32[batch, 64]', 'float32[batch, 64]'], {}, 'float32[batch, 64]'],
  ['add', ['float32[batch, seq, 64]', 'float32[64]'], {}, 'float32[batch, seq, 64]'],
  ['add', ['float32[64]', 'float32[batch, seq, 64]'], {}, 'float32[batch, seq, 64]'],
  ['add', ['float32[n, 64]', 'float32[batch, width]'], {}, 'float32[n, 64]'],
  ['multiply', ['float32[batch, seq, 64]', 'float32[batch, seq, 1]'], {}, 'float32[batch, seq, 64]'],
  ['subtract', ['float32[batch, 1]', 'float32[batch, 8]'], {}, 'float32[batch, 8]'],
  ['divide', ['float32[...lead, 8]', 'float32[8]'], {}, 'float32[...lead, 8]'],
  ['scale', 'float32[batch, 8]', { factor: 0.5 }, 'float32[batch, 8]'],
  ['matmul', ['float32[n, k]', 'float32[k, m]'], {}, 'float32[n, m]'],
  [
    'matmul',
    ['float32[b, h, q, 64]', 'float32[b, h, k, 64]'],
    { transpose_right: true },
    'float32[b, h, q, k]',
  ],
  ['matmul', ['float32[b, k, n]', 'float32[k, m]'], { transpose_left: true }, 'float32[b, n, m]'],
  ['constant', '', { value: 1, shape: [2, 3] }, 'float32[2, 3]'],
  ['constant', '', { value: 1 }, 'float32[]'],
  ['concat', ['float32[batch, 512]', 'float32[batch, 256]'], {}, 'float32[batch, 768]'],
  ['concat', ['float32[batch, a]', 'float32[batch, b]', 'float32[batch, a]'], {}, 'float32[batch, a*2 + b]'],
  ['concat', ['float32[batch, 3, 8]', 'float32[batch, seq, 8]'], { axis: 1 }, 'float32[batch, seq + 3, 8]'],
  ['reshape', 'float32[batch, 12]', { shape: [3, 4] }, 'float32[batch, 3, 4]'],
  ['reshape', 'float32[batch, 12]', { shape: [3, -1] }, 'float32[batch, 3, 4]'],
  ['reshape', 'float32[batch, heads*64]', { shape: ['heads', -1] }, 'float32[batch, heads, 64]'],
  ['flatten', 'float32[batch, 7, 7, 16]', {}, 'float32[batch, 784]'],
  ['flatten', 'float32[batch, h, w]', {}, 'float32[batch, h*w]'],
  ['transpose', 'float32[a, b, c]', { order: [2, 0, 1] }, 'float32[c, a, b]'],
  ['squeeze', 'float32[batch, 1]', {}, 'float32[batch]'],
  ['squeeze', 'float32[batch, 1, 5]', { axis: 1 }, 'float32[batch, 5]'],
  ['expand_dims', 'float32[batch]', {}, 'float32[batch, 1]'],
  ['expand_dims', 'float32[batch, 5]', { axis: 1 }, 'float32[batch, 1, 5]'],
  ['slice', 'float32[batch, 10, 4]', { axis: 1, begin: 2 }, 'float32[batch, 8, 4]'],
  ['slice', 'float32[batch, seq, 4]', { axis: 1, begin: 1 }, 'float32[batch, seq - 1, 4]'],
  ['slice', 'float32[batch, seq, 4]', { axis: 1, size: 1 }, 'float32[batch, 1, 4]'],
  ['cast', 'int32[batch]', { to: 'float32' }, 'float32[batch]'],
  ['mask_of', 'int32[batch, seq]', {}, 'float32[batch, seq]'],
  ['mean', 'float32[batch, seq, 8]', { axis: 1 }, 'float32[batch, 8]'],
  ['sum', 'float32[batch, seq, 8]', { axis: [1, -1] }, 'float32[batch]'],
  ['max', 'float32[batch, seq, 8]', { axis: -1, keep_dims: true }, 'float32[batch, seq, 1]'],
  ['attention', 'float32[batch, seq, 64]', { heads: 8 }, 'float32[batch, seq, 64]'],
  [
    'attention',
    { in: 'float32[batch, seq, 64]', context: 'float32[batch, other, 32]', mask: 'float32[batch, other]' },
    { heads: 4 },
    'float32[batch, seq, 64]',
  ],
  ['word_ids', 'string[batch]', { vocab: 4000, length: 64 }, 'int32[batch, 64]'],
  ['char_ids', 'string[batch]', { length: 'length' }, 'int32[batch, length]'],
  ['standardize', 'float32[batch]', {}, 'float32[batch]'],
  ['standardize', 'int32[batch, 4]', {}, 'float32[batch, 4]'],
  ['one_hot', 'int32[batch]', { size: 7 }, 'float32[batch, 7]'],
  ['hash_bucket', 'string[batch]', { buckets: 100 }, 'int32[batch]'],
  ['scale_image', 'uint8[batch, 28, 28, 1]', {}, 'float32[batch, 28, 28, 1]'],
  [
    'scale_image',
    'uint8[batch, h, w, 3]',
    { mean: [0.5, 0.4, 0.3], deviation: [1, 1, 2] },
    'float32[batch, h, w, 3]',
  ],
  ['resize_image', 'uint8[batch, height, width, 3]', { height: 32, width: 'w' }, 'uint8[batch, 32, w, 3]'],
  ['subword_ids', 'string[batch]', { vocab: 300, length: 8 }, 'int32[batch, 8]'],
  ['clean_text', 'string[batch]', {}, 'string[batch]'],
  ['tokenizer', { in: 'string[batch]', pair: 'string[batch]' }, { length: 16 }, 'int32[batch, 16]'],
  ['min_max_scale', 'int32[batch]', { low: -1 }, 'float32[batch]'],
  ['robust_scale', 'float32[batch, 3]', {}, 'float32[batch, 3]'],
  ['log_scale', 'float32[batch]', {}, 'float32[batch]'],
  ['value_ids', 'string[batch]', { vocab: 10 }, 'int32[batch]'],
  ['bucketize', 'float32[batch]', { edges: [0, 1.5] }, 'int32[batch]'],
  ['bucketize', 'int32[batch, 4]', { buckets: 8 }, 'int32[batch, 4]'],
  ['date_parts', 'string[batch]', {}, 'float32[batch, 4]'],
  ['date_parts', 'string[batch]', { parts: ['days', 'month', 'hour'], cyclical: true }, 'float32[batch, 5]'],
  ['fill_missing', 'int32[batch]', {}, 'int32[batch]'],
  ['fill_missing', 'string[batch]', { with: 'constant', text: 'none' }, 'string[batch]'],
];

describe('shape rules', () => {
  testShapes(cases);

  it('are tried for every host op; those of the graph are by their examples', () => {
    const tried = new Set(cases.map(([op]) => op));
    assert.deepEqual(
      allOps()
        .filter((op) => op.stage === 'prepare' && !tried.has(op.name))
        .map((op) => op.name),
      [],
    );
  });
});

describe('shape rules say what does not fit', () => {
  const wrong: [string, Case[1], Given, RegExp][] = [
    ['dense', 'int32[batch, 8]', { units: 4 }, /takes float32, not int32\[batch, 8\]/],
    ['dense', 'float32[]', { units: 4 }, /at least 1 axis, not no axes/],
    ['embedding', 'float32[batch, 8]', { size: 9, dim: 4 }, /takes int32 or int64, not float32/],
    [
      'conv1d',
      'float32[batch, 64]',
      { filters: 8, kernel: 3 },
      /takes 3 axes, \[batch, steps, channels\], not 2 axes: float32\[batch, 64\]/,
    ],
    ['conv1d', 'float32[batch, 3, 64]', { filters: 8, kernel: 5 }, /a window of 5 does not fit into 3 steps/],
    [
      'conv2d',
      'float32[batch, 8, 8, 1]',
      { filters: 8, kernel: [1, 2, 3] },
      /one number or \[height, width\]/,
    ],
    ['positional_embedding', 'float32[batch, 65, 4]', { length: 64 }, /65 steps but only 64 positions/],
    ['global_max_pool', 'float32[batch, 64]', {}, /at least 3 axes/],
    ['global_max_pool', { in: 'float32[batch, 8, 8]', mask: 'float32[batch, 9]' }, {}, /one number per step/],
    ['lstm', 'float32[batch, 64]', { units: 4 }, /takes 3 axes/],
    ['add', ['float32[batch, 64]', 'float32[batch, 32]'], {}, /element by element/],
    ['add', ['float32[batch, 64]', 'int32[batch, 64]'], {}, /same element type/],
    ['add', ['float32[batch, 64]'], {}, /two or more/],
    ['matmul', ['float32[n, 3]', 'float32[4, m]'], {}, /inner axes/],
    ['matmul', ['float32[n]', 'float32[n, m]'], {}, /at least 2 axes/],
    ['concat', ['float32[batch, 3, 8]', 'float32[batch, 4, 9]'], { axis: 1 }, /axis 2 differs/],
    ['concat', ['float32[batch, 3]', 'float32[batch, 4, 9]'], {}, /same number of axes/],
    ['reshape', 'float32[batch, 12]', { shape: [5, -1] }, /number of elements in a row, 12/],
    ['reshape', 'float32[batch, 12]', { shape: [-1, -1] }, /only one size/],
    ['transpose', 'float32[a, b]', { order: [0, 0] }, /each axis/],
    ['squeeze', 'float32[batch, 2]', {}, /size 1/],
    ['slice', 'float32[batch, 10]', { axis: 1, begin: 10 }, /no entries/],
    ['slice', 'float32[batch, 10]', { axis: 1, begin: 3, size: 8 }, /no entries from 3 to 10/],
    ['slice', 'float32[batch, 10]', { axis: 2 }, /no axis 2/],
    ['mean', 'float32[...lead, 10]', { axis: 1 }, /count from the end/],
    ['attention', 'float32[batch, seq, 65]', { heads: 8 }, /divided among 8 heads/],
    ['cast', 'string[batch]', { to: 'float32' }, /text cannot be converted/],
    ['word_ids', 'int32[batch]', { vocab: 9, length: 4 }, /takes string/],
    ['scale_image', 'float32[batch, 8, 8, 3]', {}, /takes uint8/],
    ['batch_norm', 'string[batch, 4]', {}, /takes float32/],
    [
      'scale_image',
      'uint8[batch, 8, 8, 1]',
      { mean: [0.5, 0.4, 0.3] },
      /has 3 numbers, but the picture has 1 channels/,
    ],
    ['scale_image', 'uint8[batch, 8, 8, 3]', { deviation: [1, 0, 1] }, /must be more than 0/],
    ['resize_image', 'uint8[batch, 64]', { height: 8, width: 8 }, /takes 4 axes/],
    ['tokenizer', 'string[batch]', { length: 8, file: 'vocab.txt' }, /is a tokenizer.json file, not/],
    ['tokenizer', { in: 'string[N]', pair: 'string[M]' }, { length: 8 }, /have the same rows/],
    ['min_max_scale', 'float32[batch]', { low: 1 }, /must be less than `high`/],
    ['log_scale', 'string[batch]', {}, /takes float32/],
    ['bucketize', 'float32[batch]', {}, /say where the ranges are/],
    ['bucketize', 'float32[batch]', { edges: [1], buckets: 3 }, /leave one of the two out/],
    ['bucketize', 'float32[batch]', { edges: [1, 3, 3] }, /must ascend, but 3 follows 3/],
    ['date_parts', 'string[batch]', { parts: ['month', 'moon'] }, /`moon` is no part of a date/],
    ['date_parts', 'int32[batch]', {}, /takes string/],
    ['fill_missing', 'string[batch]', {}, /there is no mean of string/],
    ['fill_missing', 'float32[batch]', { with: 'constant' }, /needs `value`/],
    ['fill_missing', 'float32[batch]', { value: 1 }, /needs `with: constant`/],
    ['fill_missing', 'int32[batch]', { with: 'constant', value: 0.5 }, /must be a whole number/],
    ['fill_missing', 'string[batch]', { with: 'constant', text: 'x', value: 1 }, /does not suit string/],
  ];
  testRefusals(wrong);
});

describe('weights', () => {
  const known: [string, string, Given, Record<string, string>][] = [
    ['dense', 'float32[batch, 784]', { units: 10 }, { kernel: '[784, 10]', bias: '[10]' }],
    ['dense', 'float32[batch, 784]', { units: 10, use_bias: false }, { kernel: '[784, 10]' }],
    [
      'conv1d',
      'float32[batch, 9, 64]',
      { filters: 128, kernel: 5 },
      { kernel: '[5, 64, 128]', bias: '[128]' },
    ],
    [
      'conv2d',
      'float32[batch, 9, 9, 3]',
      { filters: 8, kernel: [3, 5] },
      { kernel: '[3, 5, 3, 8]', bias: '[8]' },
    ],
    [
      'depthwise_conv2d',
      'float32[batch, 9, 9, 3]',
      { kernel: 3, multiplier: 2 },
      { kernel: '[3, 3, 3, 2]', bias: '[6]' },
    ],
    ['embedding', 'int32[batch, 9]', { size: 1000, dim: 64 }, { table: '[1000, 64]' }],
    [
      'lstm',
      'float32[batch, 9, 50]',
      { units: 64 },
      { kernel: '[50, 256]', recurrent: '[64, 256]', bias: '[256]' },
    ],
    [
      'gru',
      'float32[batch, 9, 50]',
      { units: 64 },
      { kernel: '[50, 192]', recurrent: '[64, 192]', bias: '[192]', recurrent_bias: '[192]' },
    ],
    [
      'batch_norm',
      'float32[batch, 16]',
      {},
      { gamma: '[16]', beta: '[16]', moving_mean: '[16]', moving_variance: '[16]' },
    ],
    ['layer_norm', 'float32[batch, 16]', {}, { gamma: '[16]', beta: '[16]' }],
  ];
  for (const [op, text, attributes, expected] of known) {
    it(`of ${op} on ${text}`, () => {
      const { weights } = infer(op, inputsOf(op, text), attributes);
      assert.deepEqual(Object.fromEntries(weights.map((w) => [w.role, `[${w.dims.join(', ')}]`])), expected);
    });
  }

  it('count as many as known models have', () => {
    const count = (result: OpResult) =>
      result.weights.reduce((sum, w) => sum + w.dims.reduce((product, dim) => product * dim.constant!, 1), 0);
    // torch.nn.MultiheadAttention(512, 8), Keras LSTM(128) on 64 and Keras GRU(32) on 10 with reset_after.
    assert.equal(count(infer('attention', { in: 'float32[batch, 10, 512]' }, { heads: 8 })), 1_050_624);
    assert.equal(count(infer('lstm', { in: 'float32[batch, 10, 64]' }, { units: 128 })), 98_816);
    assert.equal(count(infer('gru', { in: 'float32[batch, 10, 10]' }, { units: 32 })), 4_224);
  });

  it('only learn what a gradient reaches', () => {
    const { weights } = infer('batch_norm', { in: 'float32[batch, 16]' });
    assert.deepEqual(
      weights.filter((w) => !w.trainable).map((w) => w.role),
      ['moving_mean', 'moving_variance'],
    );
  });

  it('start at zero when asked to', () => {
    const { weights } = infer('dense', { in: 'float32[batch, 16]' }, { units: 4, init: 'zeros' });
    assert.deepEqual(weights[0]!.init, { kind: 'zeros' });
  });
});

describe('costs', () => {
  it('count multiply-adds twice', () => {
    assert.equal(
      infer('dense', { in: 'float32[32, 784]' }, { units: 10 }).flops!.constant,
      2 * 32 * 784 * 10,
    );
    assert.equal(
      infer('conv1d', { in: 'float32[2, 9, 4]' }, { filters: 8, kernel: 3, padding: 'same' }).flops!.constant,
      2 * 2 * 9 * 8 * 3 * 4,
    );
    assert.equal(String(infer('dense', { in: 'float32[batch, 3]' }, { units: 10 }).flops), 'batch*60');
  });
});

describe('rigid sizes', () => {
  it('are not given a value by an op', () => {
    assert.equal(infer('add', { in: ['float32[BATCH, A]', 'float32[BATCH, B]'] }).refused.length, 1);
    assert.equal(infer('squeeze', { in: 'float32[BATCH, A]' }).refused.length, 1);
  });
});

describe('the catalogue', () => {
  for (const op of allOps()) {
    it(`documents ${op.name} with an example`, () => {
      assert.match(op.name, /^[a-z][a-z0-9_]*$/);
      assert.ok(op.summary.endsWith('.') && !op.summary.includes('\n'));
      assert.match(op.doc, new RegExp(`\`\`\`yaml\\n[^\`]*op: ${op.name}\\b`));
      for (const attribute of Object.values(op.attributes)) {
        assert.ok(attribute.doc.length > 0);
        assert.ok(!(attribute.required && attribute.default !== undefined));
        if (attribute.type === 'enum') assert.ok(attribute.values!.length > 1);
      }
    });
  }

  it('has no name twice', () => {
    assert.equal(new Set(allOps().map((op) => op.name)).size, allOps().length);
  });
});
