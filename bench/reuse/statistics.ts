/** What a few numbers say about where their mean lies. */

export interface Estimate {
  mean: number;
  /** Half of the interval that holds the mean with 95 % certainty, by Student's t. */
  margin: number;
}

/** Student's t, two-sided 95 %, by degrees of freedom from 1 on (NIST/SEMATECH e-Handbook, 1.3.6.7.2). */
const T = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145];

/** Of 2 to 15 values. */
export function estimate(values: readonly number[]): Estimate {
  const middle = mean(values);
  const t = T[values.length - 2];
  if (t === undefined) throw new Error(`no interval from ${values.length} values`);
  const variance = values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1);
  return { mean: middle, margin: t * Math.sqrt(variance / values.length) };
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

export interface Point {
  labels: number;
  accuracy: number;
}

/**
 * From how many labels a curve is at least so accurate and stays so, between measured points in proportion to the
 * logarithm of their labels. Undefined where its last point is below.
 */
export function labelsFor(accuracy: number, curve: readonly Point[]): number | undefined {
  const below = curve.findLastIndex((point) => point.accuracy < accuracy);
  const [low, high] = [curve[below], curve[below + 1]];
  if (!high) return undefined;
  if (!low) return high.labels;
  const share = (accuracy - low.accuracy) / (high.accuracy - low.accuracy);
  return Math.exp(Math.log(low.labels) + share * Math.log(high.labels / low.labels));
}
