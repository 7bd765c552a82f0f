import { relative } from 'node:path';
import { EXIT } from '../protocol/command';
import { flatMetrics, type RunState } from '../protocol/runs/fold';
import { runsFolder } from '../protocol/runs/read';
import { agoText, statusText, valueText } from '../protocol/runs/words';
import { CommandFailure } from './failure';
import type { CommonOptions } from './options';
import { paintFor, print, printJson, table } from './output';
import { allRuns, pick, rootOf } from './pick';
import { documentOf, receiptText, resultText } from './results';
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
  if (options.json) {
    printJson(runs.map(({ folder, state }) => documentOf(folder, state)));
    return EXIT.fine;
  }
  if (runs.length === 0) {
    print(`No runs in ${relative(process.cwd(), runsFolder(rootOf(options)))}`);
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
  print(table([['run', 'kind', 'state', 'metric', 'started'], ...rows], paintFor(process.stdout)));
  return EXIT.fine;
}

export async function showCommand(id: string, options: CommonOptions): Promise<number> {
  const { folder, state } = pick(await allRuns(options), id);
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

export async function compareCommand(ids: string[], options: CommonOptions): Promise<number> {
  const runs = await allRuns(options);
  const chosen = ids.map((id) => pick(runs, id));
  if (options.json) {
    printJson(chosen.map(({ folder, state }) => documentOf(folder, state)));
    return EXIT.fine;
  }
  const columns = chosen.map(({ state }) => describe(state));
  const names = [...new Set(columns.flatMap((column) => Object.keys(column)))];
  const rows = names.map((name) => [name, ...columns.map((column) => column[name] ?? '–')]);
  // What is the same everywhere says nothing, but for the metrics.
  const telling = rows.filter(([name, ...values]) => isMetric(name!) || new Set(values).size > 1);
  print(table([['', ...chosen.map(({ state }) => state.record.id)], ...telling], paintFor(process.stdout)));
  return EXIT.fine;
}

const METRIC = /^(test|validation|train|[\w-]+) · /;

function isMetric(name: string): boolean {
  return METRIC.test(name);
}

function describe(state: RunState): Record<string, string> {
  const { record, report } = state;
  const facts: Record<string, string> = {
    model: `${record.model.name} ${record.model.version}`,
    state: statusText(state).toLowerCase(),
    seed: String(record.seed),
    engine: `${record.engine.executor} (${record.engine.library})`,
    epochs: String(state.epochsDone.length),
    seconds: state.seconds.toFixed(1),
    code: record.code
      ? `${record.code.revision.slice(0, 10)}${record.code.modified ? ' (modified)' : ''}`
      : '',
  };
  for (const { part, module, version, hash, weights, train } of record.bricks) {
    facts[`part ${part}`] = `${module} ${version} #${hash.slice(0, 8)}, ${weights}, ${train}`;
  }
  for (const { alias, name, version, hash } of record.data)
    facts[`data ${alias}`] = `${name} ${version} #${hash.slice(0, 8)}`;
  for (const [name, value] of Object.entries(record.settings)) facts[`--set ${name}`] = String(value);
  if (report) {
    for (const [name, value] of Object.entries(flatMetrics(report)))
      facts[`${report.split} · ${name}`] = valueText(value);
  }
  return facts;
}
