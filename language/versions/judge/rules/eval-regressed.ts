import type { Candidate, ChangeRule } from '../change';
import { coveredBy, type Guarantee, guaranteesOf, isKept, loss, tolerance } from '../guarantees';
import type { Pair } from '../pair';
import { placeOf, restored } from '../places';

export const evalRegressed: ChangeRule = {
  id: 'eval-regressed',
  summary: 'It does worse than before where it was evaluated, or promises less.',
  why: 'Whoever relies on how good it is gets less. Below what was promised that is a break; else it must be seen in the number.',
  find(pair) {
    const broken = guaranteesOf(pair.old.module).flatMap((guarantee) => brokenPromise(pair, guarantee) ?? []);
    const said = new Set(broken.map(({ subject }) => subject.name));
    return [...broken, ...worse(pair).filter(({ subject }) => !said.has(subject.name))];
  },
};

function brokenPromise({ old, next }: Pair, guarantee: Guarantee): Candidate | undefined {
  const { metric, text } = guarantee;
  const path = ['guarantees', metric];
  const about = {
    subject: { kind: 'brick', name: metric },
    surface: 'behave',
    bump: 'major',
    old: placeOf(old, path),
    next: placeOf(next, path),
  } as const;
  const value = next.version.measured?.values.get(metric)?.value;
  if (value !== undefined && !isKept(guarantee, value)) {
    const message = `\`${metric}\` was promised to be ${text} and is ${shown(value)}`;
    return {
      ...about,
      message,
      evidence: `measured at the end of the run that it comes from: ${shown(value)}`,
    };
  }
  const now = guaranteesOf(next.module).find((each) => each.metric === metric);
  if (now && coveredBy(guarantee, now)) return undefined;
  return {
    ...about,
    message: now
      ? `\`${metric}\` was promised to be ${text}, and now ${now.text}`
      : `\`${metric}\` was promised to be ${text}, and now nothing is`,
    evidence: 'both promises are written down',
    fixes: () => [{ title: `Promise \`${metric}\` ${text} again`, edits: restored(old, next, path) }],
  };
}

/** What was measured with both versions, in the same composition on the same data. */
function worse({ old, next }: Pair): Candidate[] {
  const [was, is] = [old.version.measured, next.version.measured];
  if (!was || !is || was.where !== is.where) return [];
  return [...was.values].flatMap(([metric, before]): Candidate[] => {
    const after = is.values.get(metric);
    const lost = after && loss(metric, before.value, after.value);
    if (!after || lost === undefined) return [];
    const chance = tolerance(metric, before, after);
    if (lost <= chance) return [];
    return [
      {
        subject: { kind: 'brick', name: metric },
        surface: 'behave',
        bump: 'minor',
        message: `\`${metric}\` was ${shown(before.value)} and is ${shown(after.value)} on the same data; by chance it moves by ${shown(chance)}`,
        old: placeOf(old, ['weights']),
        next: placeOf(next, ['weights']),
      },
    ];
  });
}

function shown(value: number): string {
  return String(Number(value.toPrecision(3)));
}
