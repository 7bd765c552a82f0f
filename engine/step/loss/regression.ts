import { elementwise, type LossFunction, option } from './loss';

export const regressionLosses: Record<string, LossFunction> = {
  mse: elementwise((b, x, y) => b.unary('square', b.sub(x, y))),
  mae: elementwise((b, x, y) => b.unary('abs', b.sub(x, y))),
  /** Huber 1964: ½ d² up to δ, δ (|d| − ½ δ) beyond. */
  huber: elementwise((b, x, y, options) => {
    const delta = b.scalar(option(options, 'delta', 1));
    const distance = b.unary('abs', b.sub(x, y));
    const near = b.binary('minimum', distance, delta);
    const far = b.mul(delta, b.sub(distance, near));
    return b.add(b.mul(b.scalar(0.5), b.unary('square', near)), far);
  }),
  /** Koenker & Bassett 1978: q d below the target, (q − 1) d above it, with d = y − x. */
  quantile: elementwise((b, x, y, options) => {
    const quantile = option(options, 'quantile', 0.5);
    const below = b.sub(y, x);
    return b.binary('maximum', b.mul(below, b.scalar(quantile)), b.mul(below, b.scalar(quantile - 1)));
  }),
};
