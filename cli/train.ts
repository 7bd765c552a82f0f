import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { TrainerRequest } from '../engine/request';
import { RunFolder } from '../engine/run/folder';
import { ENGINE_CHOICES, type EngineChoice, EXIT } from '../protocol/command';
import type { Failure } from '../protocol/generated/run-event';
import type { RunState } from '../protocol/runs/fold';
import { listRuns, runsFolder } from '../protocol/runs/read';
import { type Loaded, loadWorkspace } from '../registry/sources';
import { CommandFailure } from './failure';
import { launchHooked } from './hooked';
import { type LaunchEnd, startedEarly } from './launch';
import { type FoundModel, findModel, planOf } from './load';
import type { RunOptions, Setting } from './options';
import { note, paintFor, print, printJson } from './output';
import { pick, pickRun, rootOf } from './pick';
import { ProgressLine } from './progress';
import { documentOf, resultText } from './results';
import { settingsRecord } from './settings';
import { shownPath } from './shown-path';

export interface TrainOptions extends RunOptions {
  set: Setting[];
  resume?: string;
  explain?: boolean;
}

export async function train(argument: string | undefined, options: TrainOptions): Promise<number> {
  if (options.resume !== undefined) return resume(argument, options.resume, options);
  if (argument === undefined) throw new CommandFailure('Which model? brique train <model>');
  if (options.explain) {
    const plan = planOf(findModel(argument, options), options, options.set);
    return (await import('./explain')).explainPlan(plan, options);
  }
  const [request, child] = startedEarly((prepare): TrainerRequest => {
    const model = findModel(argument, options);
    const { engine } = options;
    const device = deviceFor(model.loaded, model.file, options);
    prepare({ kind: 'prepare', engine, device });
    const plan = planOf(model, options, options.set);
    return { kind: 'train', plan, root: model.root, engine, device, settings: settingsRecord(options.set) };
  });
  return run(request, options, child);
}

/** Goes on with a run by its own plan, on the executor that it began on unless another one is asked for. */
async function resume(model: string | undefined, id: string, options: TrainOptions): Promise<number> {
  if (model !== undefined || options.set.length > 0) {
    const what = model === undefined ? '--set' : `model (${model})`;
    throw new CommandFailure(`--resume takes no ${what}: a run goes on with the plan that it began with`);
  }
  const { folder, state } = await pickRun(options, id);
  const { record } = state;
  const { plan } = RunFolder.open(folder);
  const root = rootOf(options);
  const engine = options.engine === 'auto' ? executorOf(record.engine.executor) : options.engine;
  return run(
    {
      kind: 'train',
      plan,
      root,
      engine,
      device: deviceFor(loadWorkspace([root]), join(root, record.model.file), { ...options, engine }),
      settings: record.settings,
      resume: record.id,
    },
    options,
  );
}

function executorOf(name: string): EngineChoice {
  return ENGINE_CHOICES.find((choice) => choice === name) ?? 'auto';
}

/** As the command says, else the workspace file; the embedded engine has but one. */
export function deviceFor(
  { workspace }: Loaded,
  file: string,
  { device, engine }: RunOptions,
): string | undefined {
  return device ?? (engine === 'eager' ? undefined : workspace.device(file));
}

export interface EvaluateOptions extends RunOptions {
  run?: string;
  on?: string;
}

export async function evaluate(argument: string, options: EvaluateOptions): Promise<number> {
  const model = findModel(argument, options);
  const { engine, on } = options;
  const device = deviceFor(model.loaded, model.file, options);
  // As if it were written there, so that a split that is not there is found before a run is begun.
  const settings = on === undefined ? [] : [{ path: ['evaluate', 'on'], value: on, option: `--on ${on}` }];
  const plan = planOf(model, options, settings);
  const of = options.run === undefined ? undefined : await trainedRun(model, plan.model.name, options.run);
  return run(
    { kind: 'evaluate', plan, root: model.root, engine, device, settings: {}, run: of, on },
    options,
  );
}

/** The id of the run that a person names; `latest` is one of this model. */
async function trainedRun({ root }: FoundModel, model: string, id: string): Promise<string> {
  const trained = (await listRuns(runsFolder(root))).filter(({ state }) => state.record.kind === 'train');
  const own = trained.filter(({ state }) => state.record.model.name === model);
  return pick(id === 'latest' ? own : trained, id).state.record.id;
}

async function run(request: TrainerRequest, options: RunOptions, child?: ChildProcess): Promise<number> {
  const line = new ProgressLine(options.quiet === true || options.json === true);
  const end = await launchHooked(
    request,
    {
      onCreated(folder) {
        if (!line.quiet) line.say(`Run ${shownPath(folder)}`);
      },
      onProgress: (state) => line.update(state),
      onCancelling: () =>
        line.say('Stopping after this step and keeping the weights so far; once more to stop at once.'),
    },
    (text) => line.say(text),
    child,
  );
  line.clear();
  report(end, options);
  return exitCodeOf(end);
}

function report(end: LaunchEnd, { json }: RunOptions): void {
  const paint = paintFor(process.stderr);
  if (!end.ended) {
    if (json) printJson({ run: null, failure: end.failure });
    else note(failureText(end.failure));
    return;
  }
  const { folder, state } = end;
  const failure = state.failure ?? end.failure;
  if (json) {
    printJson({ ...documentOf(folder, state), ...(failure ? { failure } : {}) });
    return;
  }
  print(resultText(folder, state, paintFor(process.stdout)));
  if (failure) note(`\n${paint('red', 'error:')} ${failureText(failure)}`);
  else if (state.status === 'interrupted' && !end.cancelled) {
    note(
      `\n${paint('red', 'error:')} The training process was killed.\n  brique train --resume ${state.record.id} goes on with it.`,
    );
  }
}

export function failureText({ message, help, file, line }: Failure): string {
  const place = file ? `\n  at ${shownPath(file)}${line ? `:${line}` : ''}` : '';
  return `${message}${place}${help ? `\n  ${help}` : ''}`;
}

function exitCodeOf(end: LaunchEnd): number {
  if (end.cancelled) return EXIT.cancelled;
  if (!end.ended) return exitCodeOfFailure(end.failure);
  const { state } = end;
  if (state.status === 'cancelled') return EXIT.cancelled;
  const failure = state.failure ?? end.failure;
  if (failure) return exitCodeOfFailure(failure);
  if (state.status === 'interrupted') return EXIT.findings;
  return requirementsMet(state) ? EXIT.fine : EXIT.findings;
}

/** Input that cannot be read, or is not there, is wrong use; the rest is a result that nobody wanted. */
const INPUT = /^(data|weights|run|engine|device|vocabulary|prepare|unsupported)-/;

function exitCodeOfFailure({ code }: Failure): number {
  return INPUT.test(code) ? EXIT.misuse : EXIT.findings;
}

function requirementsMet({ report }: RunState): boolean {
  return report?.requirements.every(({ met }) => met) ?? true;
}
