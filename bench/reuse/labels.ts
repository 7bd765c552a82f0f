/** How many labels are worth how much. */

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
