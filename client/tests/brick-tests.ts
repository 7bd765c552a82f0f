import { relative, resolve } from 'node:path';
import {
  type CancellationToken,
  CancellationTokenSource,
  Disposable,
  Location,
  type LogOutputChannel,
  Position,
  Range,
  type TestController,
  type TestItem,
  TestMessage,
  type TestRun,
  TestRunProfileKind,
  TestRunRequest,
  tests,
  Uri,
  type WorkspaceFolder,
  window,
  workspace,
} from 'vscode';
import { type BrickTests as BrickSummary, TESTS_REQUEST, type TestEvent } from '../../protocol/tests';
import type { LanguageService } from '../language/service';
import { mayRun } from '../may-run';
import type { Models } from '../models';
import type { Programs } from '../programs';
import { runTestProcess } from './test-process';

/** The tests that bricks declare, in VS Code's list of tests: a brick each, with its tests below. */
export class BrickTests implements Disposable {
  readonly controller: TestController;
  readonly #subscriptions: Disposable;

  constructor(
    private readonly programs: Programs,
    private readonly language: LanguageService,
    models: Models,
    private readonly output: LogOutputChannel,
  ) {
    this.controller = tests.createTestController('brique', 'Brique');
    this.controller.refreshHandler = () => this.refresh();
    this.controller.createRunProfile(
      'Run',
      TestRunProfileKind.Run,
      (request, token) => this.run(request, token),
      true,
    );
    this.#subscriptions = Disposable.from(
      this.controller,
      models.onDidChange(() => void this.refresh()),
    );
  }

  /** The tests of a file, of the active file, or of all bricks. */
  async start(target?: unknown): Promise<void> {
    const given = typeof target === 'string' ? Uri.parse(target) : target;
    if (given instanceof Uri && given.scheme !== 'file' && !(await mayRun(given))) return;
    await this.refresh();
    const uri = given instanceof Uri ? given : window.activeTextEditor?.document.uri;
    const item = uri && this.controller.items.get(uri.toString());
    if (given instanceof Uri && !item) {
      void window.showInformationMessage(`${workspace.asRelativePath(given)} declares no tests.`);
      return;
    }
    if (this.controller.items.size === 0) {
      void window.showInformationMessage('No brick in this workspace declares tests: `tests:` in a module.');
      return;
    }
    const cancellation = new CancellationTokenSource();
    await this.run(new TestRunRequest(item ? [item] : undefined), cancellation.token);
    cancellation.dispose();
  }

  /** Asks the server which tests there are. */
  async refresh(): Promise<void> {
    const found = (await this.language.request<BrickSummary[]>(TESTS_REQUEST)) ?? [];
    // What runs is what lies on disk.
    const onDisk = found.filter(({ uri }) => Uri.parse(uri).scheme === 'file');
    this.controller.items.replace(onDisk.map((brick) => this.#itemOf(brick)));
  }

  async run(request: TestRunRequest, token: CancellationToken): Promise<void> {
    if (!(await mayRun())) return;
    await saveBricks();
    await this.refresh();
    const run = this.controller.createTestRun(request);
    try {
      for (const [folder, items] of byFolder(this.#wanted(request))) {
        if (token.isCancellationRequested) break;
        await this.#runIn(folder, items, run, token);
      }
    } finally {
      run.end();
    }
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #itemOf({ module, uri, line, tests: declared }: BrickSummary): TestItem {
    const place = Uri.parse(uri);
    const item = this.controller.createTestItem(place.toString(), module, place);
    item.range = lineRange(line);
    item.children.replace(
      declared.map((test, index) => {
        const child = this.controller.createTestItem(`${item.id}#${index}`, test.name, place);
        child.range = lineRange(test.line);
        return child;
      }),
    );
    return item;
  }

  /** The tests meant, as they are known now: the lists of VS Code may be from before a change. */
  #wanted({ include, exclude }: TestRunRequest): TestItem[] {
    const left = new Set(exclude?.map(({ id }) => id));
    const chosen = include && new Set(include.map(({ id }) => id));
    const wanted: TestItem[] = [];
    for (const [, brick] of this.controller.items) {
      const whole = !chosen || chosen.has(brick.id);
      for (const [, test] of brick.children) {
        if ((whole || chosen.has(test.id)) && !left.has(test.id) && !left.has(brick.id)) wanted.push(test);
      }
    }
    return wanted;
  }

  async #runIn(folder: WorkspaceFolder, items: TestItem[], run: TestRun, token: CancellationToken) {
    const root = folder.uri.fsPath;
    const byPlace = new Map(items.map((item) => [placeOf(item.uri!.fsPath, lineOf(item)), item]));
    for (const item of items) run.enqueued(item);
    const open = new Set(items);
    const problem = await runTestProcess(this.programs, root, targetsOf(items, root), token, (event) => {
      if (event.type === 'tests_ended') return;
      const item = byPlace.get(placeOf(resolve(root, event.file), event.line));
      if (!item) return;
      if (event.type === 'test_started') run.started(item);
      else {
        open.delete(item);
        report(event, item, run, root);
      }
    });
    if (problem === undefined) return;
    this.output.error(`brique test: ${problem}`);
    run.appendOutput(`${problem.replaceAll('\n', '\r\n')}\r\n`);
    for (const item of open) run.errored(item, new TestMessage(problem));
  }
}

function report(
  { module, name, status, seconds, failure, reason }: Extract<TestEvent, { type: 'test_ended' }>,
  item: TestItem,
  run: TestRun,
  root: string,
): void {
  const milliseconds = seconds * 1000;
  run.appendOutput(`${module}: ${name}: ${status}${reason ? `, ${reason}` : ''}\r\n`, undefined, item);
  if (status === 'passed') run.passed(item, milliseconds);
  else if (status === 'skipped') run.skipped(item);
  else if (failure) {
    const { message, expected, got, file, line } = failure;
    const found =
      expected !== undefined && got !== undefined
        ? TestMessage.diff(message, expected, got)
        : new TestMessage(message);
    found.location = new Location(Uri.file(resolve(root, file)), lineRange(line));
    run.failed(item, found, milliseconds);
  }
}

/** Whole files where all of their tests are meant, else `file:line`. */
function targetsOf(items: TestItem[], root: string): string[] {
  const bricks = new Set(items.map((item) => item.parent!));
  return [...bricks].flatMap((brick) => {
    const file = relative(root, brick.uri!.fsPath);
    const chosen = items.filter((item) => item.parent === brick);
    return chosen.length === brick.children.size ? [file] : chosen.map((item) => `${file}:${lineOf(item)}`);
  });
}

function byFolder(items: TestItem[]): Map<WorkspaceFolder, TestItem[]> {
  const folders = new Map<WorkspaceFolder, TestItem[]>();
  for (const item of items) {
    const folder = workspace.getWorkspaceFolder(item.uri!);
    if (folder) folders.set(folder, [...(folders.get(folder) ?? []), item]);
  }
  return folders;
}

/** What runs is what lies on disk. */
async function saveBricks(): Promise<void> {
  const changed = workspace.textDocuments.filter(
    (document) => document.isDirty && !document.isUntitled && document.languageId === 'brique',
  );
  await Promise.all(changed.map((document) => document.save()));
}

function placeOf(path: string, line: number): string {
  return `${path}:${line}`;
}

function lineOf(item: TestItem): number {
  return item.range!.start.line + 1;
}

/** `line` counts from 1. */
function lineRange(line: number): Range {
  return new Range(new Position(line - 1, 0), new Position(line - 1, 0));
}
