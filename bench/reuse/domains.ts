/** What is reused where, and what is asked of it. */

/** How a model comes to its encoder; compositions of these names lie in `files/`. */
export const WAYS = ['scratch', 'frozen', 'tuned', 'beside'] as const;
export type Way = (typeof WAYS)[number];

export interface Domain {
  /** `<name>-<way>` is a composition. */
  name: string;
  title: string;
  /** The first one is what the source has learned something for. */
  tasks: string[];
  /** Those that are tried, from scratch first. */
  ways: Way[];
  /** The dataset that is learned from, and its name in the compositions. */
  data: { name: string; alias: string };
  /** The composition whose encoder is reused. */
  source: string;
  /** Whether few labels are claimed to be worth more with reuse, for the first task; elsewhere it may be chance. */
  helps: boolean;
  /** Labels to learn from, ascending. */
  budgets: number[];
}

export const DOMAINS: Domain[] = [
  {
    name: 'restaurants',
    title: 'restaurant reviews, from product reviews',
    tasks: ['sentiment'],
    ways: ['scratch', 'frozen', 'tuned'],
    data: { name: 'restaurants', alias: 'reviews' },
    source: 'product-sentiment',
    helps: true,
    // There are 1,000 sentences, of which 400 stay to be judged by.
    budgets: [10, 30, 100, 300, 600],
  },
  {
    name: 'two-tasks',
    title: 'film and restaurant reviews, two tasks, from product reviews',
    tasks: ['sentiment', 'kind'],
    ways: ['scratch', 'frozen', 'tuned', 'beside'],
    data: { name: 'films-and-restaurants', alias: 'reviews' },
    source: 'product-sentiment',
    helps: true,
    budgets: [10, 30, 100, 300, 1000],
  },
  {
    name: 'digits',
    title: 'digits 5 to 9, from digits 0 to 4',
    tasks: ['digit'],
    ways: ['scratch', 'frozen', 'tuned'],
    data: { name: 'digits-5-to-9', alias: 'digits' },
    source: 'low-digits',
    helps: false,
    budgets: [10, 30, 100, 300, 1000],
  },
];

/** With so many labels it is also looked at how fast a way gets anywhere, on some test rows after every epoch. */
export const WATCHED = 300;

const BATCH = 16;
const STEPS = 200;
const EPOCHS = 6;

/** The same for every way: so many steps that few labels are learned well, and no fewer epochs than many need. */
export function epochsFor(labels: number): number {
  return Math.max(EPOCHS, Math.round(STEPS / Math.ceil(labels / BATCH)));
}
