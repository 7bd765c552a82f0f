/** What a task can be judged by. */
export interface Metric {
  name: string;
  summary: string;
  /** Markdown, with the formula. */
  doc: string;
  /** Which direction is better. */
  better: 'higher' | 'lower';
  /** Inclusive; what a requirement can sensibly ask for. */
  range: { least?: number; greatest?: number };
  /** What is judged: the chosen class, or a number. */
  of: 'class' | 'number';
}

const share = { least: 0, greatest: 1 };

const metrics: readonly Metric[] = [
  {
    name: 'accuracy',
    summary: 'Share of rows whose class is right.',
    doc: 'right / all. Look at `f1` too when some classes are rare.',
    better: 'higher',
    range: share,
    of: 'class',
  },
  {
    name: 'precision',
    summary: 'Share of the rows called a class that really are of it.',
    doc: 'tp / (tp + fp), of class 1 for two classes; the mean over the classes for more. 0 where nothing was called so.',
    better: 'higher',
    range: share,
    of: 'class',
  },
  {
    name: 'recall',
    summary: 'Share of the rows of a class that were found.',
    doc: 'tp / (tp + fn), of class 1 for two classes; the mean over the classes for more. 0 where there are none.',
    better: 'higher',
    range: share,
    of: 'class',
  },
  {
    name: 'f1',
    summary: 'Precision and recall in one.',
    doc: '2·tp / (2·tp + fp + fn), of class 1 for two classes; the mean over the classes (macro) for more.',
    better: 'higher',
    range: share,
    of: 'class',
  },
  {
    name: 'mse',
    summary: 'Mean squared error.',
    doc: 'mean((output - target)²).',
    better: 'lower',
    range: { least: 0 },
    of: 'number',
  },
  {
    name: 'mae',
    summary: 'Mean absolute error, in units of the target.',
    doc: 'mean(|output - target|).',
    better: 'lower',
    range: { least: 0 },
    of: 'number',
  },
  {
    name: 'r2',
    summary: 'Share of the variance that is explained; 0 is as good as always saying the mean.',
    doc: '1 - Σ(output - target)² / Σ(target - mean)².',
    better: 'higher',
    range: { greatest: 1 },
    of: 'number',
  },
];

export function allMetrics(): readonly Metric[] {
  return metrics;
}

export function metricNamed(name: string): Metric | undefined {
  return metrics.find((metric) => metric.name === name);
}
