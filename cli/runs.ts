import { relative } from 'node:path';
import { EXIT } from '../protocol/command';
import { compareRuns, differenceName } from '../protocol/runs/compare';
import { type BrokenRun, brokenRuns, runsFolder } from '../protocol/runs/read';
import { agoText, changeText, statusText, valueText } from '../protocol/runs/words';
import { CommandFailure } from './failure';
import type { CommonOptions } from './options';
import { paintFor, print, printJson, table } from './output';
import { allRuns, pickRun, pickRuns, rootOf } from './pick';
import { documentOf, receiptText, resultText } from './results';
import { shownPath } from './shown-path';
import { failureText } from './train';

export async function listCommand(other: string[], options: CommonOptions): Promise<number> {
  const runs = await allRuns(options);
  if (other[0] !== undefined) {
    const known = runs.some(({ state }) => state.record.id === other[0]);
    throw new CommandFailure(
      `There is no command runs ${other[0]}; there are list, show <id> and compare <id…>`,
      EXIT.misuse,
      known ? `brique runs show ${other[0]} shows that run.` : undefined,
    );
  }
  const broken = await brokenRuns(runsFolder(rootOf(options)));
  if (options.json) {
    printJson([...runs.map(({ folder, state }) => documentOf(folder, state)), ...broken.map(brokenDocument)]);
    return EXIT.fine;
  }
  if (runs.length + broken.length === 0) {
    print(`No runs in ${shownPath(runsFolder(rootOf(options)))}`);
    return EXIT.fine;
  }
  const rows = runs.map(({ state }) => [
    state.record.id,
    state.record.kind,
    statusText(state).toLowerCase(),
    state.headline
      ? `${state.headline.name} ${valueText(state.headline.value)} (${state.headline.split})`
      : '',
    agoText(state.record.created),
  ]);
  const unreadable = broken.map(({ id, why }) => [id, '', 'broken', why]);
  print(
    table([['run', 'kind', 'state', 'metric', 'started'], ...rows, ...unreadable], paintFor(process.stdout)),
  );
  return EXIT.fine;
}

function brokenDocument({ id, folder, why }: BrokenRun): Record<string, unknown> {
  const place = relative(process.cwd(), folder).replaceAll('\\', '/');
  return { run: id, folder: place, status: 'broken', failure: { code: 'run-broken', message: why } };
}

export async function showCommand(id: string, options: CommonOptions): Promise<number> {
  const { folder, state } = await pickRun(options, id);
  if (options.json) {
    printJson({ ...documentOf(folder, state), epochsDone: state.epochsDone, messages: state.messages });
    return EXIT.fine;
  }
  const paint = paintFor(process.stdout);
  print(resultText(folder, state, paint));
  if (state.report?.receipt) print(`\n${receiptText(state.report.receipt, paint)}`);
  if (state.failure) print(`\n${failureText(state.failure)}`);
  return EXIT.fine;
}

export async function compareCommand(names: string[], options: CommonOptions): Promise<number> {
  const chosen = await pickRuns(options, names);
  const comparison = compareRuns(chosen);
  const { metrics, differences, conclusion } = comparison;
  if (options.json) {
    printJson({ ...comparison, runs: chosen.map(({ folder, state }) => documentOf(folder, state)) });
    return EXIT.fine;
  }
  const paint = paintFor(process.stdout);
  const ids = chosen.map(({ state }) => state.record.id);
  const measured = metrics.map(({ name, split, values, difference }) => [
    `${split} · ${name}`,
    ...values.map((value) => (value === undefined ? '–' : valueText(value))),
    ...(difference === undefined ? [] : [changeText(difference)]),
  ]);
  const made = differences.map((difference) => [
    differenceName(difference),
    ...difference.values.map((value) => value ?? '–'),
  ]);
  const facts = [
    ['state', ...chosen.map(({ state }) => statusText(state).toLowerCase())],
    ['epochs', ...chosen.map(({ state }) => String(state.epochsDone.length))],
    ['seconds', ...chosen.map(({ state }) => state.seconds.toFixed(1))],
  ].filter(([, ...values]) => new Set(values).size > 1);
  const head = ['', ...ids, ...(measured.some((row) => row.length > ids.length + 1) ? ['difference'] : [])];
  print(table([head, ...measured, ...facts, ...made], paint));
  if (chosen.length > 1) print(`\n${conclusion}`);
  return EXIT.fine;
}
