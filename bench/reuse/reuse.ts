/**
 * The proof of reuse: compositions that take an encoder from elsewhere, against the same from scratch, by number of
 * labels. Test rows, labels, batch, optimizer and epochs are the same for all ways of one seed. Learning rates were chosen
 * for each way, from 1e-3 to 1e-2, on film reviews (which are a part of the two tasks) and on other draws of the digits.
 */
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { baselines } from '../baselines';
import type { Figure } from '../figures';
import { type Estimate, estimate, mean } from '../statistics';
import { DOMAINS, type Domain, WATCHED, type Way } from './domains';
import { labelsFor, type Point } from './labels';
import { plot } from './plot';
import { accuraciesOf, type Result, runsOf, type SourceResult } from './runs';

const SEEDS = [1, 2, 3, 4, 5];
/** So few labels that reuse helps beyond chance, where it is claimed to. */
const FEW = 30;

/** With `--plot <file>`, the curves as SVG too; `--jobs <n>` seeds at a time; `--domain <name>` only that one. */
export async function reuse(): Promise<Figure[]> {
  const wanted = option('--domain');
  const domains = DOMAINS.filter(({ name }) => wanted === undefined || name === wanted);
  const jobs = Number(option('--jobs') ?? availableParallelism());
  const results: Result[] = [];
  const sources: SourceResult[] = [];
  const waiting = [...SEEDS];
  const work = async () => {
    for (let seed = waiting.shift(); seed !== undefined; seed = waiting.shift()) {
      const own = await runsOf(seed, domains, (text) => process.stderr.write(`${text}\n`));
      results.push(...own.results);
      sources.push(...own.sources);
    }
  };
  await Promise.all(Array.from({ length: Math.min(jobs, SEEDS.length) }, work));
  const file = option('--plot');
  if (file) writeFileSync(file, plot(domains, results));
  return [...(await sourceFigures(sources)), ...domains.flatMap((domain) => domainFigures(domain, results))];
}

function option(name: string): string | undefined {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
}

async function sourceFigures(sources: SourceResult[]): Promise<Figure[]> {
  const figures = [...new Set(sources.map(({ source }) => source))].map((source): Figure => {
    const own = sources.filter((each) => each.source === source);
    const { mean: value, margin } = estimate(own.map(({ accuracy }) => accuracy));
    const seconds = mean(own.map((each) => each.seconds)).toFixed(1);
    return {
      name: source,
      value: round(value),
      unit: 'accuracy',
      notes: `${interval(margin)}, ${seconds} s a run`,
    };
  });
  const rivals = (await baselines('product-sentiment')).map(
    ({ name, metrics }): Figure => ({
      name: `product-sentiment: ${name}`,
      value: round(metrics.accuracy!),
      unit: 'accuracy',
      notes: 'same test rows, no training',
    }),
  );
  return [...figures, ...rivals];
}

function domainFigures(domain: Domain, results: Result[]): Figure[] {
  return domain.tasks.flatMap((task) => {
    const name = domain.tasks.length > 1 ? `${domain.name}, ${task}` : domain.name;
    const of = (way: Way, labels: number) => accuraciesOf(results, domain, task, way, labels);
    const scratch = domain.budgets.map(
      (labels): Point => ({ labels, accuracy: mean(of('scratch', labels)) }),
    );
    return domain.budgets
      .flatMap((labels) => {
        const rows = domain.ways.map((way): Figure => {
          const { mean: value, margin } = estimate(of(way, labels));
          const own = results.filter(
            (each) => each.domain === domain.name && each.way === way && each.labels === labels,
          );
          const time = `${mean(own.map(({ seconds }) => seconds)).toFixed(1)} s`;
          return {
            name: `${name}: ${way}, ${labels} labels`,
            value: round(value),
            unit: 'accuracy',
            notes: `${interval(margin)}, ${own[0]!.steps} steps, ${time} a run${
              way === 'scratch' ? '' : `, ${equal(value, labels, scratch)}`
            }`,
          };
        });
        const gains = domain.ways
          .filter((way) => way !== 'scratch')
          .map((way): Figure => {
            const base = of('scratch', labels);
            const gain = estimate(of(way, labels).map((value, i) => value - base[i]!));
            const demanded = domain.helps && labels === FEW && way !== 'frozen' && task === domain.tasks[0];
            return {
              name: `${name}: gain by ${way}, ${labels} labels`,
              value: round(gain.mean),
              unit: 'accuracy',
              notes: `${interval(gain.margin)} pair by pair: ${verdict(gain)}`,
              ...(demanded ? { goal: '> 0, beyond chance', holds: gain.mean - gain.margin > 0 } : {}),
            };
          });
        return [...rows, ...gains];
      })
      .concat(courseFigures(domain, task, name, results));
  });
}

/**
 * How long each way takes to where training from scratch comes in the end: the first epoch after which a run is, on the
 * rows that are looked at, as accurate as the run from scratch of the same seed after its last one.
 */
function courseFigures(domain: Domain, task: string, name: string, results: Result[]): Figure[] {
  const runs = (way: Way) =>
    results
      .filter((each) => each.domain === domain.name && each.way === way && each.labels === WATCHED)
      .sort((a, b) => a.seed - b.seed);
  const goals = runs('scratch').map(({ course }) => course.at(-1)!.accuracy[task]!);
  return domain.ways.map((way): Figure => {
    const reached = runs(way).map(({ course }, i) =>
      course.find(({ accuracy }) => accuracy[task]! >= goals[i]!),
    );
    const there = reached.filter((each) => each !== undefined);
    const steps = there.length > 0 ? Math.round(mean(there.map((each) => each.steps))) : Number.NaN;
    const seconds = there.length > 0 ? mean(there.map((each) => each.seconds)).toFixed(1) : '';
    return {
      name: `${name}: ${way}, to what scratch comes to with ${WATCHED} labels`,
      value: steps,
      unit: 'steps',
      notes: `${there.length} of ${SEEDS.length} seeds get there${there.length > 0 ? `, in ${seconds} s of training and looking` : ''}`,
    };
  });
}

function verdict({ mean: gain, margin }: Estimate): string {
  if (Math.abs(gain) <= margin) return 'may be chance';
  return gain > 0 ? 'better' : 'worse';
}

function equal(accuracy: number, labels: number, scratch: Point[]): string {
  const needed = labelsFor(accuracy, scratch);
  if (needed === undefined) return `more than from scratch with ${scratch.at(-1)!.labels} labels`;
  return needed <= scratch[0]!.labels && needed < labels
    ? `no more than from scratch with ${scratch[0]!.labels}`
    : `as from scratch with ${Math.round(needed)} labels`;
}

const interval = (margin: number): string => `± ${margin.toFixed(3)} (95 %, ${SEEDS.length} seeds)`;

function round(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
