import { commands, type ExtensionContext, tasks, window } from 'vscode';
import { newFile } from './commands/new-file';
import { showReferences } from './commands/references';
import { registerRegistryCommands } from './commands/registry-commands';
import { placeCursor, showRule } from './commands/rules';
import { registerRunCommands } from './commands/run-commands';
import { Starter } from './commands/start';
import { LanguageService } from './language/service';
import { Models } from './models';
import { RunPanels } from './panels/run-panels';
import { programsOf } from './programs';
import { Published } from './registry/published';
import { Comparisons } from './runs/comparison';
import { Runs } from './runs/runs';
import { setUpRuntime } from './runtime/set-up';
import { settings } from './settings';
import { TASK_TYPE } from './tasks/definition';
import { Launches } from './tasks/launches';
import { BriqueTasks } from './tasks/provider';
import { BrickTests } from './tests/brick-tests';
import { announceEnds } from './views/notices';
import { RegistryView } from './views/registry-view';
import { RunsView } from './views/runs-view';
import { RunningStatus } from './views/status-bar';

/** For other extensions, and for the tests. */
export interface BriqueExtension {
  runs: Runs;
  language: LanguageService;
  tests: BrickTests;
  published: Published;
  /** How long activation took. */
  activationMs: number;
}

let stopLanguage: (() => Promise<void>) | undefined;

export function activate(context: ExtensionContext): BriqueExtension {
  const began = performance.now();
  const output = window.createOutputChannel('Brique', { log: true });
  const programs = programsOf(context.extensionPath);
  const language = new LanguageService(programs, output);
  const models = new Models(language);
  const runs = new Runs(output);
  const launches = new Launches(runs);
  const briqueTasks = new BriqueTasks(programs, models);
  const starter = new Starter(models, briqueTasks, launches);
  const panels = new RunPanels(runs, context.extensionUri, output);
  const view = new RunsView(runs);
  const tests = new BrickTests(programs, language, models, output);
  const comparisons = new Comparisons(runs);
  const published = new Published(language);
  const registry = new RegistryView(published);

  context.subscriptions.push(
    output,
    language,
    models,
    runs,
    launches,
    panels,
    view,
    tests,
    comparisons,
    published,
    registry,
    new RunningStatus(runs),
    announceEnds(runs, launches, panels),
    registerRunCommands(runs, panels, view, starter, comparisons),
    registerRegistryCommands({ published, view: registry, tasks: briqueTasks, launches, runs, panels }),
    tasks.registerTaskProvider(TASK_TYPE, briqueTasks),
    launches.onDidStart((run) => settings().openPanel && panels.show(run, true)),
    panels.onDidAskToStart(({ run, command }) =>
      command === 'resume' ? starter.resume(run) : starter.startFrom(run, command),
    ),
    commands.registerCommand('brique.train', (target, name) => starter.start('train', target, name)),
    commands.registerCommand('brique.evaluate', (target, name) => starter.start('evaluate', target, name)),
    commands.registerCommand('brique.test', (target) => tests.start(target)),
    commands.registerCommand('brique.newFile', newFile),
    commands.registerCommand('brique.check', () => starter.check()),
    commands.registerCommand('brique.showRule', (rule) => showRule(context.extensionUri, rule)),
    commands.registerCommand('brique.placeCursor', placeCursor),
    commands.registerCommand('brique.showReferences', showReferences),
    commands.registerCommand('brique.restartServer', () => language.restart()),
    commands.registerCommand('brique.showOutput', () => output.show()),
    commands.registerCommand('brique.setUpRuntime', () => setUpRuntime(programs, output)),
    commands.registerCommand('brique.openWalkthrough', () =>
      commands.executeCommand('workbench.action.openWalkthrough', `${context.extension.id}#brique.start`),
    ),
  );

  stopLanguage = () => language.stop();
  // After this turn of the event loop: the window does not wait for it.
  setImmediate(() => void language.start());
  const activationMs = performance.now() - began;
  output.info(`Active after ${activationMs.toFixed(0)} ms`);
  return { runs, language, tests, published, activationMs };
}

/** VS Code waits for this, so that the server ends before the window does. */
export function deactivate(): Promise<void> | undefined {
  return stopLanguage?.();
}
