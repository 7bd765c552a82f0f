import { activations } from '../lower/activation';
import { elementwise } from '../lower/elementwise';
import { padsFor } from '../lower/windows';
import type { Along, LengthContext, LengthRule } from './along';

const lostOf = (all: readonly Along[]): number => Math.max(...all.map(({ lost }) => lost));

/** Without what stands behind the rows. */
const computed = ({ size, axis, lost }: Along): Along => ({ size, axis, lost });

const axisIn = (axis: number, rank: number): number => (axis < 0 ? axis + rank : axis);

/** Every place by itself; what mixes the last axis does not go along it. */
const places =
  (mixesLast: boolean, keepsZero = false): LengthRule =>
  (at) => {
    const x = at.at('in');
    if (!x || (mixesLast && x.axis === at.rank - 1)) return undefined;
    return keepsZero && x.blank === 0 ? x : computed(x);
  };

/** Scores that far below all others get no share of a softmax. */
const LOW = -1e8;

const scaled: LengthRule = (at) => {
  const x = at.at('in')!;
  if (x.blank === undefined) return computed(x);
  const blank = x.blank * at.number('factor', 1) + at.number('offset', 0);
  return { ...computed(x), blank, isLow: blank <= LOW };
};

/** Along the axis that is shared out, what is low gets nothing. */
const shared: LengthRule = (at) => {
  const x = at.at('in')!;
  if (x.axis !== at.rank - 1) return computed(x);
  if (!x.isLow) return undefined;
  at.reads(x);
  return { ...computed(x), lost: 0, blank: 0 };
};

/** Several values place by place, under NumPy's rules: what does not go along has no such axis. */
const together =
  (blank: (blanks: (number | undefined)[]) => number | undefined = () => undefined): LengthRule =>
  (at) => {
    const all = at.common;
    if (!all) return undefined;
    const ranks = at.inputs.map((value) => at.rankOf(value));
    const rank = Math.max(...ranks);
    const axes = at.inputs.map((value, i) => {
      const along = at.of(value);
      return along && along.axis + rank - ranks[i]!;
    });
    const axis = axes.find((each) => each !== undefined)!;
    const fits = at.inputs.every((value, i) => {
      if (axes[i] !== undefined) return axes[i] === axis;
      const own = axis - (rank - ranks[i]!);
      return own < 0 || at.shapeOf(value)[own] === 1;
    });
    if (!fits) return undefined;
    const value = blank(at.inputs.map((each) => at.of(each)?.blank));
    const made = { size: all[0]!.size, axis, lost: lostOf(all) };
    if (at.node.op === 'add' && all.some(({ isLow }) => isLow)) return { ...made, isLow: true };
    return value === undefined ? made : { ...made, blank: value };
  };

const allZero = (blanks: (number | undefined)[]) => (blanks.every((blank) => blank === 0) ? 0 : undefined);
const anyZero = (blanks: (number | undefined)[]) => (blanks.includes(0) ? 0 : undefined);

/** A mask [batch, steps] beside x [batch, steps, …] that hides all that is behind a row. */
const isMasked = (at: LengthContext, { size, axis }: Along): boolean => axis === 1 && hides(at, size);

/** Whether the mask hides all that is behind the rows of a length. */
function hides(at: LengthContext, size: string): boolean {
  const mask = at.at('mask');
  if (mask?.axis !== 1 || mask.size !== size || mask.blank !== 0) return false;
  at.reads(mask);
  return true;
}

const pooled: LengthRule = (at) => {
  const x = at.at('in');
  if (!x || !isMasked(at, x)) return undefined;
  at.reads(x);
  return 'gone';
};

/** Over other axes than the one that goes along; over that one only a sum does not see what is zero. */
const reduced =
  (isSum: boolean): LengthRule =>
  (at) => {
    const x = at.at('in')!;
    const rank = at.rankOf(at.all('in')[0]!);
    const axes = [at.attribute('axis') ?? []].flat().map((axis) => axisIn(Number(axis), rank));
    if (axes.includes(x.axis)) {
      if (!isSum || x.blank !== 0) return undefined;
      at.reads(x);
      return 'gone';
    }
    const before = at.attribute('keep_dims') === true ? 0 : axes.filter((axis) => axis < x.axis).length;
    return { ...computed(x), axis: x.axis - before };
  };

/**
 * Keys and values that a mask hides behind the row are not seen; looking back only, neither is what comes later. Each
 * query is for itself.
 */
const attended =
  (query: string, key: string, value: string): LengthRule =>
  (at) => {
    const asks = at.at(query);
    const asked = at.at(at.all(key).length > 0 ? key : query);
    const answers = at.all(value).length > 0 ? at.at(value) : asked;
    const mask = at.at('mask');
    const axis = at.rank - 2;
    if (!asked && (mask || answers)) return undefined;
    if (asks && asks.axis !== axis) return undefined;
    if (asked) {
      if (asked.axis !== axis || answers?.axis !== axis || answers.size !== asked.size) return undefined;
      const looksBack = at.attribute('causal') === true && asks?.size === asked.size;
      const isHidden = hides(at, asked.size);
      const isPairs = at.all('mask').some((id) => at.rankOf(id) !== 2);
      if (isPairs || (at.all('mask').length > 0 ? !isHidden : !looksBack)) return undefined;
      if (isHidden) {
        at.reads(asked);
        at.reads(answers);
      } else if (asks) return { ...computed(asks), lost: lostOf([asks, asked, answers]) };
    } else if (at.attribute('causal') === true && asks) return undefined;
    return asks ? computed(asks) : 'gone';
  };

/** Steps that a mask hides leave the state as it was; without one, only what is read forwards does not see them. */
const read: LengthRule = (at) => {
  const x = at.at('in');
  if (!x) return undefined;
  const givesAll = at.attribute('return_sequences') === true;
  if (isMasked(at, x)) {
    at.reads(x);
    return givesAll ? { size: x.size, axis: 1, lost: 0 } : 'gone';
  }
  const isForward = at.attribute('bidirectional') !== true && at.all('mask').length === 0;
  return x.axis === 1 && isForward && givesAll ? computed(x) : undefined;
};

/** Whole channels of a sequence. */
const thinned: LengthRule = (at) => {
  const x = at.at('in')!;
  if (x.axis !== 1 || at.rank !== 3) return undefined;
  return x.blank === 0 ? x : computed(x);
};

/** Windows that move step by step and see the same on both sides; at the end of a batch they see too little. */
const windowed: LengthRule = (at) => {
  const x = at.at('in');
  const padding = at.attribute('padding');
  const kernel = at.node.weights.find(({ role }) => role === 'kernel')?.shape[0];
  if (x?.axis !== 1 || kernel === undefined || first(at, 'stride') !== 1) return undefined;
  if (padding !== 'same' && padding !== 'causal') return undefined;
  const [, after] = padsFor(padding, x.size, kernel, 1, first(at, 'dilation'));
  return { ...computed(x), lost: x.blank === 0 && x.lost === 0 ? 0 : x.lost + after };
};

const first = (at: LengthContext, name: string): number => Number([at.attribute(name) ?? 1].flat()[0]);

const joined: LengthRule = (at) => {
  const all = at.common;
  const axis = axisIn(at.number('axis', -1), at.rank);
  if (!all || all.length < at.inputs.length) return undefined;
  const [x] = all;
  if (x!.axis === axis || all.some((each) => each.axis !== x!.axis)) return undefined;
  const blank = allZero(all.map((each) => each.blank));
  return { ...computed(x!), lost: lostOf(all), ...(blank === undefined ? {} : { blank }) };
};

/** A few places from the beginning, which every row has, or padding in their stead. */
const picked =
  (begin: string, drops: boolean): LengthRule =>
  (at) => {
    const x = at.at('in')!;
    const rank = at.rankOf(at.all('in')[0]!);
    const axis = axisIn(at.number('axis', Number.NaN), rank);
    const from = at.number(begin, 0);
    const count = drops ? 1 : at.number('size', -1);
    if (axis === x.axis) {
      if (axis !== 1 || from < 0 || count < 1) return undefined;
      at.reads(x, from + count - 1);
      return 'gone';
    }
    return { ...x, axis: drops && axis < x.axis ? x.axis - 1 : x.axis };
  };

/** A matrix that is the same for all rows, on the right. */
const multiplied: LengthRule = (at) => {
  const x = at.at('left');
  const [right] = at.all('right');
  if (!x || at.at('right') || at.rankOf(right!) !== 2 || at.attribute('transpose_left') === true)
    return undefined;
  return x.axis < at.rank - 1 ? computed(x) : undefined;
};

/** One more axis of length 1, or one less. */
const reshaped =
  (more: 0 | 1): LengthRule =>
  (at) => {
    const x = at.at('in')!;
    const axis = axisIn(at.number('axis', Number.NaN), at.rank + 1 - more);
    if (Number.isNaN(axis) || (more === 0 && axis === x.axis)) return undefined;
    if (more === 1) return { ...x, axis: axis <= x.axis ? x.axis + 1 : x.axis };
    return { ...x, axis: axis < x.axis ? x.axis - 1 : x.axis };
  };

const masked: LengthRule = (at) => {
  const x = at.at('in')!;
  return x.blank === at.number('pad', 0) ? { ...x, blank: 0 } : computed(x);
};

/** Padding is never hidden. */
const hidden: LengthRule = (at) => {
  const ids = at.at('in')!;
  if (ids.axis !== 1 || ids.blank === undefined || ids.blank !== at.number('pad', 0)) return undefined;
  return { tokens: ids, labels: { ...ids, blank: -1 } };
};

const transposed: LengthRule = (at) => {
  const x = at.at('in')!;
  const rank = at.rank;
  const order = [at.attribute('order') ?? []].flat().map((axis) => axisIn(Number(axis), rank));
  return { ...x, axis: order.indexOf(x.axis) };
};

const vector = places(true);

const each = (rule: LengthRule, ...ops: string[]): Record<string, LengthRule> =>
  Object.fromEntries(ops.map((op) => [op, rule]));

/** Of every op that a length may go through; of two for an op, the later one. */
export const lengthRules: Readonly<Record<string, LengthRule>> = {
  ...each(vector, ...Object.keys(activations), 'dense', 'layer_norm', 'rms_norm', 'l2_normalize'),
  ...each(vector, 'positional_embedding', 'sinusoidal_embedding', 'rotary_embedding'),
  ...each(together(), ...Object.keys(elementwise), 'divide', 'power'),
  ...each(together(allZero), 'add', 'subtract', 'maximum', 'minimum'),
  ...each(together(anyZero), 'multiply'),
  ...each(places(false), 'clip', 'embedding', 'gaussian_noise'),
  ...each(places(false, true), 'cast', 'dropout'),
  ...each(read, 'lstm', 'gru', 'simple_rnn'),
  ...each(pooled, 'masked_mean', 'global_max_pool', 'global_avg_pool', 'last_step'),
  ...each(reduced(false), 'mean', 'max', 'min', 'variance', 'norm', 'logsumexp'),
  sum: reduced(true),
  attention: attended('in', 'context', 'context'),
  dot_attention: attended('query', 'key', 'value'),
  concat: joined,
  conv1d: windowed,
  expand_dims: reshaped(1),
  identity: (at) => at.at('in'),
  lookup: (at) => (at.at('table') ? undefined : places(false)(at)),
  mask_of: masked,
  mask_tokens: hidden,
  matmul: multiplied,
  scale: scaled,
  select: picked('index', true),
  slice: picked('begin', false),
  softmax: shared,
  spatial_dropout: thinned,
  squeeze: reshaped(0),
  transpose: transposed,
};
