/** `brique sweep`: one model with many settings, each an ordinary run. */
import { Checkpoints } from '../../engine/run/checkpoints';
import { RunFolder } from '../../engine/run/folder';
import type { Plan } from '../../language/plan/format';
import { EXIT } from '../../protocol/command';
import { durationText, statusText, valueText } from '../../protocol/runs/words';
import { CommandFailure } from '../failure';
import { type FoundModel, findModel, planOf } from '../load';
import type { RunOptions, Setting } from '../options';
import { note, paintFor, print, printJson, table } from '../output';
import { documentOf } from '../results';
import { settingsRecord } from '../settings';
import { shownPath } from '../shown-path';
import { deviceFor } from '../train';
import { type Candidate, grid, random, rounds } from './candidates';
import { byValue, type Judge, judgeOf, keptValue } from './judge';
import { declaredRanges, type Tried, writtenRanges } from './ranges';
import { runTrials, type Trial } from './trials';

export interface SweepOptions extends RunOptions {
  set: Setting[];
  method?: 'grid' | 'random' | 'halving';
  trials: number;
  points: number;
  jobs: number;
  seed: number;
  metric?: string;
}

export async function sweep(argument: string, options: SweepOptions): Promise<number> {
  const model = findModel(argument, options);
  const { tried, fixed } = rangesOf(model, options);
  const plan = checked(model, options, fixed);
  if (tried.length === 0) {
    throw new CommandFailure(
      'There is nothing to try',
      EXIT.misuse,
      'Name values, such as --set head.dropout=0.1,0.3, or declare them in the composition under `train: { sweep: … }`.',
    );
  }
  const judge = judgeOf(plan, options.metric);
  const method = options.method ?? (tried.every((each) => 'values' in each) ? 'grid' : 'random');
  const candidates =
    method === 'grid' ? grid(tried, options.points) : random(tried, options.trials, options.seed);
  const steps =
    method === 'halving'
      ? rounds(candidates.length, plan.train.epochs)
      : [{ candidates: candidates.length, epochs: undefined }];
  say(
    options,
    `${method}: ${candidates.length} of ${tried.map(({ path }) => path.join('.')).join(', ')}, by ${judge.name}`,
  );

  const all: Trial[][] = [];
  let left: Candidate[] = candidates;
  let finished = true;
  for (const [round, { candidates: count, epochs }] of steps.entries()) {
    const keeps = round < steps.length - 1;
    const before = all.at(-1) ?? [];
    const trials = left.slice(0, count).map((candidate) => ({
      ...trialOf(model, options, candidate, fixed, epochs, keeps),
      from: before.find(({ settings }) => sameSettings(candidate, settings))?.state?.record.id,
    }));
    refuseAll(trials);
    if (steps.length > 1)
      say(options, `round ${all.length + 1} of ${steps.length}: ${trials.length} for ${epochs} epochs`);
    all.push(trials);
    finished = await runAll(trials, model, judge, options);
    clear(before);
    if (!finished) break;
    const best = [...trials].sort(byValue(judge)).filter(({ value }) => value !== undefined);
    left = best.map((trial) => candidates.find((each) => sameSettings(each, trial.settings))!);
    if (left.length === 0) break;
  }
  // Where no later round came to take them up.
  if (all.length < steps.length) clear(all.at(-1) ?? []);
  report(all, judge, options);
  if (!finished) return EXIT.cancelled;
  return all.flat().some(({ failure }) => failure !== undefined) ? EXIT.findings : EXIT.fine;
}

/** Deletes the checkpoints that were kept for the next round. */
function clear(trials: Trial[]): void {
  for (const { folder } of trials) if (folder) new Checkpoints(RunFolder.open(folder)).clear();
}

function rangesOf({ loaded, file }: FoundModel, { set }: SweepOptions): { tried: Tried[]; fixed: Setting[] } {
  const declaration = loaded.workspace.source(file)?.declaration;
  const declared = declaration?.kind === 'model' ? declaredRanges(declaration.train) : [];
  const { tried, fixed } = writtenRanges(set);
  const name = ({ path }: { path: string[] }) => path.join('.');
  const written = new Set([...tried, ...fixed].map(name));
  return { tried: [...declared.filter((each) => !written.has(name(each))), ...tried], fixed };
}

/** The plan with the settings as if they were written there. Fails where they do not fit; puts the text back. */
function checked(model: FoundModel, options: SweepOptions, settings: Setting[]): Plan {
  const { workspace } = model.loaded;
  const text = workspace.source(model.file)?.text ?? '';
  try {
    return planOf(model, options, settings);
  } finally {
    workspace.setFile(model.file, text);
  }
}

function trialOf(
  model: FoundModel,
  options: SweepOptions,
  candidate: Candidate,
  fixed: Setting[],
  epochs: number | undefined,
  keeps: boolean,
): Trial {
  const rest = epochs === undefined ? [] : [{ path: ['train', 'epochs'], value: String(epochs) }];
  const settings = [...fixed, ...candidate, ...rest];
  try {
    const plan = checked(model, { ...options, json: true }, settings);
    // For the next round to go on from.
    if (keeps) plan.train.checkpoint = { every: plan.train.epochs, keep: 1 };
    return { settings, plan };
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error;
    return { settings, failure: error.message };
  }
}

function refuseAll(trials: Trial[]): void {
  const [first] = trials;
  if (first?.failure !== undefined && trials.every(({ plan }) => plan === undefined))
    throw new CommandFailure(first.failure);
}

function sameSettings(candidate: Candidate, settings: Setting[]): boolean {
  const record = settingsRecord(settings);
  return candidate.every(({ path, value }) => record[path.join('.')] === value);
}

function runAll(trials: Trial[], model: FoundModel, judge: Judge, options: SweepOptions): Promise<boolean> {
  const { engine, jobs } = options;
  const device = deviceFor(model.loaded, model.file, options);
  let done = trials.filter(({ plan }) => plan === undefined).length;
  for (const { settings, failure } of trials) if (failure) say(options, `${textOf(settings)}: ${failure}`);
  return runTrials(
    trials,
    jobs,
    { root: model.root, engine, device },
    {
      started() {},
      ended(trial) {
        const { state, plan, settings, failure } = trial;
        if (state && plan && !failure) trial.value = keptValue(state, plan, judge);
        done += 1;
        const value = trial.value === undefined ? (failure ?? 'no result') : valueText(trial.value);
        const time = state ? ` (${durationText(state.seconds)})` : '';
        say(options, `${done}/${trials.length} ${textOf(settings)}: ${value}${time}`);
      },
    },
  );
}

const textOf = (settings: Setting[]): string =>
  settings.map(({ path, value }) => `${path.join('.')}=${value}`).join(' ');

function say({ quiet, json }: SweepOptions, text: string): void {
  if (!quiet && !json) note(text);
}

/** The last round first, each round by its metric. */
function report(rounds: Trial[][], judge: Judge, { json }: SweepOptions): void {
  const sorted = rounds.toReversed().map((trials) => [...trials].sort(byValue(judge)));
  const best = sorted.flat().find(({ value }) => value !== undefined);
  if (json) {
    const runs = sorted.flatMap((trials, i) =>
      trials.map(({ settings, value, folder, state, failure }) => ({
        round: rounds.length - i,
        settings: settingsRecord(settings),
        value: value ?? null,
        ...(failure === undefined ? {} : { reason: failure }),
        ...(folder && state ? documentOf(folder, state) : { run: null }),
      })),
    );
    printJson({ metric: judge.name, better: judge.better, best: best?.state?.record.id ?? null, runs });
    return;
  }
  const names = [
    ...new Set(sorted.flat().flatMap(({ settings }) => settings.map(({ path }) => path.join('.')))),
  ];
  const rows = sorted.flat().map(({ settings, value, state, failure }) => {
    const record = settingsRecord(settings);
    return [
      ...names.map((name) => record[name] ?? ''),
      value === undefined ? '–' : valueText(value),
      state ? String(state.epochsDone.at(-1)?.epoch ?? 0) : '',
      state ? statusText(state).toLowerCase() : failure === undefined ? 'not begun' : 'refused',
      state?.record.id ?? '',
    ];
  });
  print(table([[...names, judge.name, 'epochs', 'state', 'run'], ...rows], paintFor(process.stdout)));
  if (best?.folder) print(`\nBest: ${shownPath(best.folder)} (${textOf(best.settings)})`);
}
