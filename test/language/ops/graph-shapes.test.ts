import assert from 'node:assert/strict';
import { infer, testRefusals, testShapes } from './infer';

describe('shape rules with symbols', () => {
  testShapes([
    ['attention', 'float32[batch, seq, heads*64]', { heads: 'heads' }, 'float32[batch, seq, heads*64]'],
    ['attention', 'float32[b, s, 96]', { heads: 8, kv_heads: 2, rotary: true }, 'float32[b, s, 96]'],
    [
      'attention',
      { in: 'float32[b, s, 64]', mask: 'bool[b, s, s]' },
      { heads: 4, size: 7 },
      'float32[b, s, 64]',
    ],
    [
      'dot_attention',
      ['float32[b, h, s, 64]', 'float32[b, h, t, 64]', 'float32[b, h, t, v]'],
      {},
      'float32[b, h, s, v]',
    ],
    ['conv1d', 'float32[b, s, 3]', { filters: 8, kernel: 5, padding: 'causal' }, 'float32[b, s, 8]'],
    ['conv1d_transpose', 'float32[b, s, 3]', { filters: 8, kernel: 4, stride: 2 }, 'float32[b, s*2 + 2, 8]'],
    [
      'conv2d_transpose',
      'float32[b, h, w, 3]',
      { filters: 'f', kernel: 4, stride: [2, 3], padding: 'same' },
      'float32[b, h*2, w*3, f]',
    ],
    ['separable_conv2d', 'float32[b, 9, 9, 3]', { filters: 8, kernel: 3 }, 'float32[b, 7, 7, 8]'],
    ['depthwise_conv1d', 'float32[b, s, c]', { kernel: 3, multiplier: 2 }, 'float32[b, s - 2, c*2]'],
    ['adaptive_avg_pool2d', 'float32[b, h, w, c]', { size: [7, 'out'] }, 'float32[b, 7, out, c]'],
    ['upsample2d', 'float32[b, h, w, c]', { factor: [2, 4] }, 'float32[b, h*2, w*4, c]'],
    ['simple_rnn', 'float32[b, s, 8]', { units: 'u', bidirectional: true }, 'float32[b, u*2]'],
    ['group_norm', 'float32[b, h, w, g*4]', { groups: 'g' }, 'float32[b, h, w, g*4]'],
    ['swiglu', 'float32[...lead, width*2]', {}, 'float32[...lead, width]'],
    ['rotary_embedding', 'float32[b, s, heads*64]', { heads: 'heads' }, 'float32[b, s, heads*64]'],
    ['stack', ['float32[b, n]', 'float32[b, n]', 'float32[b, n]'], { axis: -1 }, 'float32[b, n, 3]'],
    ['split', 'float32[b, width*2]', {}, 'float32[b, width]'],
    ['split', 'float32[b, s, 9]', { axis: 1, size: 'n' }, 'float32[b, n, 9]'],
    ['pad', 'int32[b, s]', { axis: -1, before: 1, after: 'n' }, 'int32[b, n + s + 1]'],
    ['repeat', 'float32[b, s]', { axis: 1, times: 't' }, 'float32[b, s*t]'],
    ['flip', 'float32[...lead, s, 4]', { axis: -2 }, 'float32[...lead, s, 4]'],
    ['shift', 'int32[b, s]', { axis: 1, by: -1 }, 'int32[b, s]'],
    ['class_token', 'float32[b, s, d]', {}, 'float32[b, s + 1, d]'],
    ['select', 'float32[b, s, d]', { axis: 1, index: -1 }, 'float32[b, d]'],
    ['gather', { in: 'float32[b, s, h, d]', index: 'int32[b, k]' }, {}, 'float32[b, k, h, d]'],
    ['gather', { in: 'float32[b, s, d]', index: 'int64[b]' }, {}, 'float32[b, d]'],
    ['last_step', 'float32[b, s, d]', {}, 'float32[b, d]'],
    ['lookup', { in: 'int32[b, s]', table: 'float32[words, d]' }, {}, 'float32[b, s, d]'],
    ['parameter', '', { shape: ['n', 4] }, 'float32[n, 4]'],
    ['power', ['float32[b, 4]', 'float32[1]'], {}, 'float32[b, 4]'],
    ['maximum', ['float32[b, s, 4]', 'float32[4]'], {}, 'float32[b, s, 4]'],
    ['less', ['int32[b, s]', 'int32[1]'], {}, 'bool[b, s]'],
    ['where', ['bool[b, s, 1]', 'float32[b, s, d]', 'float32[d]'], {}, 'float32[b, s, d]'],
    ['argmax', 'float32[b, s, c]', {}, 'int32[b, s]'],
    ['masked_mean', { in: 'float32[b, s, h, d]', mask: 'bool[b, s]' }, {}, 'float32[b, h, d]'],
    ['logsumexp', 'float32[b, s, d]', { axis: [1, 2] }, 'float32[b]'],
    ['cosine_similarity', ['float32[b, s, d]', 'float32[b, s, d]'], {}, 'float32[b, s]'],
    ['pairwise', ['float32[b, d]', 'float32[n, d]'], {}, 'float32[b, n]'],
    ['mask_tokens', 'int32[b, s]', { mask: 3 }, 'int32[b, s]'],
  ]);

  it('prove that a split leaves the rest', () => {
    const { outputs } = infer('split', { in: 'float32[b, n]' }, { size: 3 });
    assert.equal(String(outputs.second!.dims[1]), 'n - 3');
  });
});

describe('shape rules of the graph say what does not fit', () => {
  testRefusals([
    ['attention', 'float32[b, s, 64]', { heads: 7 }, /the width 64 is divided among 7 heads/],
    ['attention', 'float32[b, s, 64]', { heads: 8, kv_heads: 3 }, /8 heads share 3 heads of keys/],
    ['attention', 'float32[b, s, 12]', { heads: 4, rotary: true }, /even size of a head/],
    [
      'attention',
      { in: 'float32[b, 5, 64]', mask: 'float32[b, 6]' },
      { heads: 4 },
      /one number per step that is asked/,
    ],
    ['attention', { in: 'float32[b, 5, 64]', mask: 'float32[b]' }, { heads: 4 }, /`mask` is \[batch/],
    ['dot_attention', ['float32[b, 5, 64]', 'float32[b, 6, 32]', 'float32[b, 6, 8]'], {}, /same size/],
    ['group_norm', 'float32[b, 9, 10]', { groups: 4 }, /10 channels are divided among 4 groups/],
    ['glu', 'float32[b, 9]', {}, /halves the last axis/],
    ['split', 'float32[b, 9]', {}, /halves the axis/],
    ['split', 'float32[b, 4]', { size: 4 }, /nothing would be left/],
    ['stack', ['float32[b, 4]', 'int32[b, 4]'], {}, /same element type/],
    ['select', 'float32[b, 4]', { axis: 1, index: 4 }, /no entry 4/],
    ['shift', 'int32[b, 4]', { axis: 1, by: 4 }, /leaves none of them/],
    ['gather', { in: 'float32[b, 4]', index: 'float32[b]' }, {}, /takes int32 or int64/],
    ['where', ['float32[b]', 'float32[b]', 'float32[b]'], {}, /`condition` takes bool/],
    ['logical_and', ['bool[b]', 'float32[b]'], {}, /`right` takes bool/],
    ['clip', 'float32[b]', { least: 2, greatest: 1 }, /nothing lies between/],
    ['mean', 'int32[b, 4]', { axis: 1 }, /takes float32/],
    ['pairwise', ['float32[b, 4]', 'float32[n, 5]'], {}, /vectors of one size/],
    ['rotary_embedding', 'float32[b, s, 10]', { heads: 4 }, /divided into pairs/],
    ['mask_tokens', 'int32[b, s]', { mask: 0 }, /stands for padding/],
    ['conv2d_transpose', 'float32[b, 9, 3]', { filters: 8, kernel: 3 }, /takes 4 axes/],
  ]);
});

describe('weights that lora may adapt', () => {
  const roles = (op: string, input: string, attributes: Record<string, number>) =>
    infer(op, { in: input }, attributes)
      .weights.filter((weight) => weight.adaptable)
      .map(({ role }) => role);

  it('are the matrices of linear layers, embeddings, convolutions and attention', () => {
    assert.deepEqual(roles('dense', 'float32[b, 4]', { units: 3 }), ['kernel']);
    assert.deepEqual(roles('embedding', 'int32[b]', { size: 9, dim: 3 }), ['table']);
    assert.deepEqual(roles('conv2d', 'float32[b, 9, 9, 3]', { filters: 4, kernel: 3 }), ['kernel']);
    assert.deepEqual(roles('separable_conv1d', 'float32[b, 9, 3]', { filters: 4, kernel: 3 }), [
      'pointwise_kernel',
    ]);
    assert.deepEqual(roles('attention', 'float32[b, s, 8]', { heads: 2 }), [
      'query_kernel',
      'key_kernel',
      'value_kernel',
      'output_kernel',
    ]);
    assert.deepEqual(roles('layer_norm', 'float32[b, 4]', {}), []);
  });
});

describe('costs of the graph', () => {
  it('follow the formulas that the documentation gives', () => {
    const flops = (op: string, input: string, attributes: Record<string, number>) =>
      infer(op, { in: input }, attributes).flops!.constant;
    // Four projections of 64 x 64 for 2 x 10 steps, and 4 per number of a head and pair of steps.
    assert.equal(
      flops('attention', 'float32[2, 10, 64]', { heads: 4 }),
      2 * (2 * 10 * 4 * 64 * 64 + 2 * 2 * 10 * 10 * 64),
    );
    // Keys and values of half the width.
    assert.equal(
      flops('attention', 'float32[2, 10, 64]', { heads: 4, kv_heads: 2 }),
      2 * (2 * 10 * 3 * 64 * 64 + 2 * 2 * 10 * 10 * 64),
    );
    assert.equal(
      flops('conv1d_transpose', 'float32[2, 5, 3]', { filters: 8, kernel: 4, stride: 2 }),
      2 * 2 * 5 * 3 * 4 * 8,
    );
    assert.equal(
      flops('separable_conv1d', 'float32[2, 6, 3]', { filters: 8, kernel: 3 }),
      2 * 2 * 4 * 3 * (3 + 8),
    );
    assert.equal(flops('lstm', 'float32[2, 5, 3]', { units: 4 }), 2 * 5 * 2 * 4 * 4 * (3 + 4));
    assert.equal(flops('flip', 'float32[2, 5]', { axis: 1 }), 0);
  });
});
