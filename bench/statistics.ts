/** What a few numbers say about where their mean lies. */

export interface Estimate {
  mean: number;
  /** Half of the interval that holds the mean with 95 % certainty, by Student's t. */
  margin: number;
}

/** Student's t, two-sided 95 %, by degrees of freedom from 1 on (NIST/SEMATECH e-Handbook, 1.3.6.7.2). */
const T = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145];

/** Of 2 values or more. */
export function estimate(values: readonly number[]): Estimate {
  const middle = mean(values);
  if (values.length < 2) throw new Error(`no interval from ${values.length} values`);
  const variance = values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1);
  return { mean: middle, margin: studentT(values.length - 1) * Math.sqrt(variance / values.length) };
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Student's t, two-sided 95 %: tabulated, and above by the expansion of Abramowitz & Stegun 26.7.5. */
export function studentT(freedom: number): number {
  const known = T[freedom - 1];
  if (known !== undefined) return known;
  const z = 1.959964;
  return z + (z ** 3 + z) / (4 * freedom) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * freedom ** 2);
}

export interface Line {
  slope: number;
  /** Of the slope. */
  standardError: number;
  /** Half of the interval that holds the slope with 95 % certainty. */
  margin: number;
}

/** The straight line of least squares through points [x, y], at least 3 (NIST/SEMATECH e-Handbook, 4.1.4.1). */
export function lineThrough(points: readonly (readonly [number, number])[]): Line {
  const freedom = points.length - 2;
  if (freedom < 1) throw new Error(`no line through ${points.length} points`);
  const [middleX, middleY] = [mean(points.map(([x]) => x)), mean(points.map(([, y]) => y))];
  const spread = points.reduce((sum, [x]) => sum + (x - middleX) ** 2, 0);
  const slope = points.reduce((sum, [x, y]) => sum + (x - middleX) * (y - middleY), 0) / spread;
  const residual = points.reduce((sum, [x, y]) => sum + (y - middleY - slope * (x - middleX)) ** 2, 0);
  const standardError = Math.sqrt(residual / freedom / spread);
  return { slope, standardError, margin: studentT(freedom) * standardError };
}
