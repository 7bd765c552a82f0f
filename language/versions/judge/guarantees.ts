/** What a brick promises of its weights, and how far a measured value may move by chance. */
import { type Bound, parseBound } from '../../names/bounds';
import type { ModuleDeclaration } from '../../names/declarations';
import { metricNamed } from '../../ops/metrics';
import { asText, entriesOf, get, keyOf } from '../../syntax/path';

export interface Guarantee extends Bound {
  /** `task.metric`. */
  metric: string;
  /** As written: `>= 0.8`. */
  text: string;
}

export interface MeasuredValue {
  value: number;
  /** Rows that it was measured on. */
  rows: number;
}

export function guaranteesOf({ root }: ModuleDeclaration): Guarantee[] {
  return entriesOf(get(root, 'guarantees')).flatMap((entry): Guarantee[] => {
    const metric = keyOf(entry);
    const text = asText(entry.value) ?? '';
    const bound = parseBound(text);
    return bound && !metric.startsWith('x-') ? [{ ...bound, metric, text: text.trim() }] : [];
  });
}

export function isKept({ comparison, value: bound }: Bound, value: number): boolean {
  if (comparison === '>=') return value >= bound;
  if (comparison === '<=') return value <= bound;
  return comparison === '>' ? value > bound : value < bound;
}

/** Whether all that the promise `other` allows, `guarantee` allows too. */
export function coveredBy(guarantee: Guarantee, other: Guarantee): boolean {
  const [one, two] = [guarantee.comparison, other.comparison];
  if (one[0] !== two[0]) return false;
  if (other.value === guarantee.value) return one.length === 2 || two.length === 1;
  return one[0] === '>' ? other.value > guarantee.value : other.value < guarantee.value;
}

/** By how much it got worse; negative where it got better, undefined where nobody knows which way is better. */
export function loss(metric: string, was: number, is: number): number | undefined {
  const name = metric.slice(metric.lastIndexOf('.') + 1);
  const better = name === 'loss' ? 'lower' : metricNamed(name)?.better;
  if (better === undefined) return undefined;
  return better === 'higher' ? was - is : is - was;
}

/** Of what has no standard error here: a twentieth of what it was. */
const SHARE_OF_VALUE = 0.05;

/**
 * How far a value may move by chance. Shares of rows: two standard errors of the difference of two shares, by the normal
 * approximation √(p(1−p)/n + q(1−q)/m); the rows are the same, so this is rather too much.
 */
export function tolerance(metric: string, was: MeasuredValue, is: MeasuredValue): number {
  const { least, greatest } = metricNamed(metric.slice(metric.lastIndexOf('.') + 1))?.range ?? {};
  if (least !== 0 || greatest !== 1 || was.rows === 0 || is.rows === 0)
    return Math.abs(was.value) * SHARE_OF_VALUE;
  const variance = ({ value, rows }: MeasuredValue) => (value * (1 - value)) / rows;
  return 2 * Math.sqrt(variance(was) + variance(is));
}
