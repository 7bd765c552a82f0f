/**
 * The language in numbers, beside yaml-language-server on the same files with the same JSON Schemas. What is not equal:
 * Brique also resolves names and versions and types every graph; yaml-language-server checks the schema alone, and its
 * server waits 200 ms after each keystroke.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Workspace } from '../../language/workspace';
import { loadWorkspace } from '../../registry/sources';
import type { Figure } from '../figures';
import { answers } from './answers';
import { edits } from './edits';
import { BRICK, COMPOSITION, type GeneratedFile, generate, HUB, USERS, writeWorkspace } from './generate';
import { largeFile } from './large';
import { createService, rivalProgram } from './rival';
import { Editor, memoryOf, type Position, placeBehind, type ServerName } from './stdio';
import { bound, describe, inTurns, milliseconds, ratio, sampleOf, timed } from './timing';

const repository = join(__dirname, '../..');

export async function language(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'brique-language-'));
  const cache = new Cache();
  try {
    const files = generate();
    writeWorkspace(folder, files);
    const figures: Figure[] = [];
    figures.push(...(await cold(folder, files, cache)));
    figures.push(...(await spawned(folder, cache)));
    figures.push(...(await answers(folder, cache.env)));
    figures.push(...(await inProcess(folder, files)));
    figures.push(activation());
    return figures;
  } finally {
    rmSync(folder, { recursive: true, force: true });
    cache.remove();
  }
}

/** Everything once, in processes that start with nothing. */
async function cold(folder: string, files: GeneratedFile[], { env, forget }: Cache): Promise<Figure[]> {
  const run = (...command: string[]) =>
    timed(() => {
      const { error, status } = spawnSync(process.execPath, command, { cwd: folder, stdio: 'ignore', env });
      // Findings are no failure here.
      if (error || (status ?? 2) > 1) throw error ?? new Error(`${command.join(' ')} ended with ${status}`);
    });
  const brique = join(repository, 'dist/brique.cjs');
  const check = () => run(brique, 'check', '--quiet', '--fail-on', 'error', '--format', 'json', '.');
  // Once to see that it works, which also keeps the bytecode, as the first start on a machine does.
  run(brique, 'check', '--quiet', join(folder, BRICK));
  const { ours, theirs } = await inTurns(2, {
    ours: () => {
      forget();
      return check();
    },
    theirs: () => run(rivalProgram, folder),
  });
  const times: number[] = [];
  for (let round = 0; round < 5; round++) {
    const changed = files.filter((_, i) => i % CHANGED === round);
    for (const { path, text } of changed) writeFileSync(join(folder, path), `${text}# ${round}\n`);
    times.push(check());
  }
  for (const { path, text } of files) writeFileSync(join(folder, path), text);
  const notes = 'whole processes, bytecode kept';
  return [
    ratio('brique check of all files for the first time', ours, theirs, 1 / 8, `${notes}, findings not`),
    ratio(
      `brique check of all files after an earlier one, ${Math.round(files.length / CHANGED)} changed since`,
      sampleOf(times),
      theirs,
      1 / 8,
      `${notes}, findings of the earlier check too`,
    ),
  ];
}

/** Every so many files one is changed between two checks. */
const CHANGED = 200;

/** A user's cache folder, with nothing in it at first. */
class Cache {
  readonly #home = mkdtempSync(join(tmpdir(), 'brique-cache-'));
  readonly env = { ...process.env, HOME: this.#home, XDG_CACHE_HOME: this.#home, LOCALAPPDATA: this.#home };

  /** Leaves the bytecode only. */
  readonly forget = () => {
    for (const name of readdirSync(this.#home, { recursive: true, encoding: 'utf8' }))
      if (name.endsWith('.findings')) rmSync(join(this.#home, name));
  };

  remove(): void {
    rmSync(this.#home, { recursive: true });
  }
}

/** The built servers, as an editor starts them. */
async function spawned(folder: string, { env, forget }: Cache): Promise<Figure[]> {
  const starting = async (server: ServerName) => {
    const editor = new Editor(server, folder, env);
    const time = await editor.firstFindings(COMPOSITION);
    await editor.end();
    return time;
  };
  // Once, which keeps the bytecode.
  await starting('brique');
  const first = await inTurns(7, {
    ours: () => {
      forget();
      return starting('brique');
    },
    theirs: () => starting('yaml-language-server'),
    node: () => timed(() => spawnSync(process.execPath, ['-e', '0'])),
  });
  const [ours, theirs] = [new Editor('brique', folder, env), new Editor('yaml-language-server', folder)];
  await ours.firstFindings(COMPOSITION);
  await theirs.firstFindings(COMPOSITION);
  const text = readFileSync(join(folder, COMPOSITION), 'utf8');
  const typing = await inTurns(25, {
    ours: (round) => ours.type(COMPOSITION, ...typedIn(text, round)),
    theirs: (round) => theirs.type(COMPOSITION, ...typedIn(text, round)),
  });
  await ours.request('workspace/diagnostic', { previousResultIds: [] });
  const memory = memoryOf(ours.pid);
  await ours.end();
  await theirs.end();
  // What was typed was not saved: that file is found anew once.
  await starting('brique');
  const { again } = await inTurns(7, { again: () => starting('brique') });
  return [
    bound(
      'spawn to first findings for the first time',
      first.ours.median,
      'ms',
      150,
      `${vs(first)}; Node alone ${describe(first.node)}; bytecode kept, findings not`,
    ),
    bound(
      'spawn to first findings after an earlier session',
      again.median,
      'ms',
      150,
      `${describe(again)}; bytecode and findings kept, files not`,
    ),
    bound('keystroke to findings over stdio, p95', typing.ours.p95, 'ms', 25, vs(typing)),
    bound('memory of the server, all files checked', memory, 'MiB', 300, 'resident'),
    await typingInLargeFile(folder),
  ];
}

/** In turns in a comment, training, a requirement and two settings of parts: each time another digit. */
function typedIn(text: string, round: number): [Position, string] {
  const words = ['generated workspace: ', 'epochs: ', "'>= 0.", 'hidden: ', 'learning_rate: '];
  return [placeBehind(text, words[round % words.length]!), String(1 + (round % 9))];
}

/** How long another request waits at most while somebody types in a very long file. */
async function typingInLargeFile(folder: string): Promise<Figure> {
  const large = largeFile(50_000);
  writeFileSync(join(folder, large.path), large.text);
  const editor = new Editor('brique', folder);
  await editor.firstFindings(large.path);
  const waits: number[] = [];
  const findings: number[] = [];
  for (let i = 0; i < 6; i++) {
    const typed = editor.type(large.path, placeBehind(large.text, 'summary: '), String(i));
    const start = performance.now();
    // Answered at once by a server that is not busy: an unknown method.
    await editor.request('brique/nothing', null).catch(() => undefined);
    waits.push(performance.now() - start);
    findings.push(await typed);
  }
  await editor.end();
  rmSync(join(folder, large.path));
  const worst = Math.max(...waits);
  return bound('50,000 lines: another request waits', worst, 'ms', 100, describe(sampleOf(findings)));
}

/** The language alone, all files loaded. */
async function inProcess(folder: string, files: GeneratedFile[]): Promise<Figure[]> {
  const { workspace } = loadWorkspace([folder]);
  const rival = createService();
  for (const { path } of files) workspace.check(join(folder, path));
  const figures: Figure[] = [];
  for (const { name, path, place, typed } of edits) {
    const { text } = files.find((file) => file.path === path)!;
    const file = join(folder, path);
    const changed = (round: number) => text.replace(place, typed(round));
    const contestants = {
      ours: (round: number) =>
        timed(() => {
          workspace.setFile(file, changed(round));
          workspace.check(file);
        }),
      theirs: async (round: number) => {
        const start = performance.now();
        await rival.validate(file, changed(round + 1));
        return performance.now() - start;
      },
    };
    const { ours, theirs } = await inTurns(60, contestants, WARMING_UP);
    workspace.setFile(file, text);
    figures.push(ratio(`in process: ${name}`, ours, theirs, 1 / 5, `after ${WARMING_UP} edits`));
  }
  for (const edit of interfaceEdits) figures.push(interfaceEdit(workspace, folder, files, edit));
  return figures;
}

/** Edits of each kind, of both, before they are measured: a server runs for hours. */
const WARMING_UP = 150;

interface InterfaceEdit {
  name: string;
  place: string;
  typed(round: number): string;
}

const interfaceEdits: readonly InterfaceEdit[] = [
  {
    name: 'an interface edit that all users see: a condition on sizes',
    place: '\ninputs:\n',
    typed: (i) => `\nwhere: ['hidden <= 900${i}']\ninputs:\n`,
  },
  {
    name: 'a bound that the values of all users are within',
    place: 'max: 0.9',
    typed: (i) => `max: 0.8${i}`,
  },
  {
    name: 'a default that all users set',
    place: 'default: 64',
    typed: (i) => `default: ${65 + i}`,
  },
];

function interfaceEdit(
  workspace: Workspace,
  folder: string,
  files: GeneratedFile[],
  { name, place, typed }: InterfaceEdit,
): Figure {
  const hub = join(folder, HUB.path);
  const { text } = files.find(({ path }) => path === HUB.path)!;
  const paths = files.map(({ path }) => join(folder, path));
  const times: number[] = [];
  let concerned = 0;
  for (let round = 0; round < 5; round++) {
    const before = paths.map((path) => workspace.check(path));
    times.push(
      timed(() => {
        workspace.setFile(hub, text.replace(place, typed(round)));
        concerned = paths.filter((path, i) => workspace.check(path) !== before[i]).length;
      }),
    );
  }
  const sample = sampleOf(times);
  const notes = `${describe(sample)}; ${concerned - 1} of ${USERS} users checked again, and the brick itself`;
  return bound(name, sample.median, 'ms', 100, notes);
}

/** What is read before activation answers; the editor itself is not part of it. */
function activation(): Figure {
  const folder = mkdtempSync(join(tmpdir(), 'brique-activation-'));
  cpSync(join(repository, 'dist/extension.cjs'), join(folder, 'extension.cjs'));
  writeFileSync(join(folder, 'measure.cjs'), MEASURE);
  const times = Array.from({ length: 7 }, () =>
    Number(execFileSync(process.execPath, [join(folder, 'measure.cjs')], { encoding: 'utf8' })),
  );
  rmSync(folder, { recursive: true });
  const { median } = sampleOf(times);
  const notes =
    'loading the bundle, without the editor; what activation itself takes is in its output channel';
  return { ...bound('activation', median, 'ms', 100, notes), value: milliseconds(median) };
}

/** Answers for the editor whatever is asked of it while the bundle loads. */
const MEASURE = `
const Module = require('node:module');
const load = Module._load;
const anything = new Proxy(class {}, { get: (target, key) => (key === 'prototype' ? target.prototype : anything) });
Module._load = (name, ...rest) => (name === 'vscode' ? anything : load(name, ...rest));
const start = performance.now();
require('./extension.cjs');
console.log(performance.now() - start);
`;

function vs({
  ours,
  theirs,
}: {
  ours: Parameters<typeof describe>[0];
  theirs: Parameters<typeof describe>[0];
}) {
  return `${describe(ours)}; yaml-language-server ${describe(theirs)}`;
}
