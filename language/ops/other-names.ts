/** What ops are called elsewhere, where no spelling comes near our name. */
const names: Record<string, string> = {
  linear: 'dense',
  fc: 'dense',
  fully_connected: 'dense',
  inner_product: 'dense',
  mha: 'attention',
  multi_head_attention: 'attention',
  multihead_attention: 'attention',
  self_attention: 'attention',
  cross_attention: 'attention',
  scaled_dot_product_attention: 'dot_attention',
  bilstm: 'lstm',
  bidirectional_lstm: 'lstm',
  bigru: 'gru',
  bidirectional_gru: 'gru',
  rnn: 'simple_rnn',
  swish: 'silu',
  residual: 'add',
  mul: 'multiply',
  sub: 'subtract',
  div: 'divide',
  pow: 'power',
  matrix_multiply: 'matmul',
  concatenate: 'concat',
  cat: 'concat',
  view: 'reshape',
  permute: 'transpose',
  unsqueeze: 'expand_dims',
  normalize: 'l2_normalize',
  upsample: 'upsample2d',
  deconv2d: 'conv2d_transpose',
  mean_pool: 'global_avg_pool',
  max_pool: 'max_pool2d',
  avg_pool: 'avg_pool2d',
};

/** Our name for an op of others, however they write it: `nn.Linear`, `MultiHeadAttention`. */
export function nameOfOther(written: string): string | undefined {
  const last = written.split('.').at(-1) ?? written;
  const snake = last.replace(/([a-z\d])([A-Z])/g, '$1_$2').toLowerCase();
  return names[snake] ?? names[last.toLowerCase()];
}
