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
  const last = lastOf(written);
  return names[snakeOf(last)] ?? names[last.toLowerCase()];
}

/** What losses are called elsewhere. */
const losses: Record<string, string> = {
  ce: 'cross_entropy',
  crossentropy: 'cross_entropy',
  categorical_crossentropy: 'cross_entropy',
  sparse_categorical_crossentropy: 'cross_entropy',
  softmax_cross_entropy: 'cross_entropy',
  nll: 'cross_entropy',
  bce: 'binary_cross_entropy',
  bcewith_logits: 'binary_cross_entropy',
  bce_with_logits: 'binary_cross_entropy',
  binary_crossentropy: 'binary_cross_entropy',
  sigmoid_cross_entropy: 'binary_cross_entropy',
  mean_squared_error: 'mse',
  l2: 'mse',
  mean_absolute_error: 'mae',
  l1: 'mae',
  smooth_l1: 'huber',
};

/** Our name for a loss of others: `nn.CrossEntropyLoss()`, `BCEWithLogitsLoss`, `sparse_categorical_crossentropy`. */
export function lossOfOther(written: string): string | undefined {
  const snake = snakeOf(lastOf(written).replace(/_?loss$/i, ''));
  return Object.hasOwn(losses, snake) ? losses[snake] : undefined;
}

/** What metrics are called elsewhere. */
const metrics: Record<string, string> = {
  acc: 'accuracy',
  categorical_accuracy: 'accuracy',
  binary_accuracy: 'accuracy',
  accuracy_score: 'accuracy',
  f1_score: 'f1',
  fscore: 'f1',
  macro_f1: 'f1_macro',
  micro_f1: 'f1',
  roc_auc: 'auc',
  auroc: 'auc',
  roc_auc_score: 'auc',
  mcc: 'matthews',
  ece: 'calibration_error',
  ppl: 'perplexity',
  r2_score: 'r2',
  r_squared: 'r2',
  mean_squared_error: 'mse',
  root_mean_squared_error: 'rmse',
  mean_absolute_error: 'mae',
  pearson: 'correlation',
};

/** Our name for a metric of others: `AUROC`, `roc_auc_score`. */
export function metricOfOther(written: string): string | undefined {
  const last = lastOf(written);
  return [last.toLowerCase(), snakeOf(last)].map((name) => metrics[name]).find((name) => name !== undefined);
}

/** Without what it stands in, and without a call. */
function lastOf(written: string): string {
  const name = written.replace(/\(.*$/, '');
  return name.split('.').at(-1) ?? name;
}

function snakeOf(name: string): string {
  return name.replace(/([a-z\d])([A-Z])/g, '$1_$2').toLowerCase();
}
