/** What an editor asks while somebody works in a large workspace, over stdio: how long each answer takes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Figure } from '../figures';
import { COMPOSITION, HUB } from './generate';
import { Editor, type Position, placeBehind } from './stdio';
import { bound, describe, sampleOf } from './timing';

const MODELS = numbered(COMPOSITION, 12);
const BRICKS = numbered(HUB.path, 6);

/** What is asked, and behind which words of which files. */
interface Request {
  name: string;
  method: string;
  /** Besides file and place. */
  more?: object;
  isOfRange?: boolean;
  at: [files: string[], words: string[]][];
}

const NAMES: Request['at'] = [
  [MODELS, ['states: layer_2', '  layer_4', 'params:\n      width', 'data: { reviews']],
  [BRICKS, ['in: wide_3', 'units: $hidden', '  wide_2', 'outputs:\n  mixed', 'params:\n  width']],
];
const BRICK_NAMES: Request['at'] = [[BRICKS, ['name: leaf']]];
const USES: Request['at'] = [[MODELS, ['module: block-']]];

const REQUESTS: Request[] = [
  {
    name: 'completion',
    method: 'completion',
    at: [
      [MODELS, ['states: layer_2.', 'module: ', '\n  epochs', 'loss: ']],
      [BRICKS, ['in: wide_', 'op: ']],
    ],
  },
  { name: 'hover', method: 'hover', at: [...NAMES, ...USES, ...BRICK_NAMES] },
  {
    name: 'inlay hints',
    method: 'inlayHint',
    isOfRange: true,
    at: [
      [MODELS, ['kind', 'parts']],
      [BRICKS, ['kind', 'graph']],
    ],
  },
  { name: 'definition', method: 'definition', at: [...NAMES, ...USES] },
  {
    name: 'references',
    method: 'references',
    more: { context: { includeDeclaration: true } },
    at: [...NAMES, ...USES, ...BRICK_NAMES],
  },
  { name: 'rename', method: 'rename', more: { newName: 'another_name' }, at: NAMES },
  { name: 'rename of a brick', method: 'rename', more: { newName: 'another-name' }, at: BRICK_NAMES },
];

/** All files are loaded and checked; those that are asked about are open. */
export async function answers(folder: string, env: NodeJS.ProcessEnv): Promise<Figure[]> {
  const editor = new Editor('brique', folder, env);
  await editor.firstFindings(COMPOSITION);
  await editor.request('workspace/diagnostic', { previousResultIds: [] });
  const texts = new Map(
    [...MODELS, ...BRICKS].map((file) => [file, readFileSync(join(folder, file), 'utf8')]),
  );
  for (const [file, text] of texts) if (file !== COMPOSITION) await editor.open(file, text);
  const figures: Figure[] = [];
  for (const request of REQUESTS) {
    const [still, typing] = [[] as number[], [] as number[]];
    for (const times of [still, typing]) {
      for (const [files, words] of request.at) {
        for (const [i, file] of files.entries()) {
          for (const [j, each] of words.entries()) {
            const text = texts.get(file)!;
            if (times === typing) await editor.overwrite(file, ...typed(text, i + j));
            const start = performance.now();
            await editor.ask(`textDocument/${request.method}`, file, asked(request, text, each));
            times.push(performance.now() - start);
          }
        }
      }
    }
    const [before, after] = [sampleOf(still), sampleOf(typing)];
    const notes = `after loading ${describe(before)}; right after a keystroke ${describe(after)}`;
    figures.push(bound(`${request.name}, p95`, Math.max(before.p95, after.p95), 'ms', 50, notes));
  }
  await editor.end();
  return figures;
}

/** A digit of a param of a composition, or of a test of a brick, is another one. */
function typed(text: string, round: number): [Position, string] {
  return [placeBehind(text, /\n *hidden: (?=\d)|width: 8, hidden: (?=\d)/), String(1 + (round % 8))];
}

function asked({ isOfRange, more }: Request, text: string, words: string): object {
  const position = placeBehind(text, words);
  const end = { line: position.line + 50, character: 0 };
  return isOfRange ? { range: { start: position, end } } : { position, ...more };
}

/** Files that are called like one, but for the number. */
function numbered(file: string, count: number): string[] {
  return Array.from({ length: count }, (_, i) => file.replace('0000', String(i * 7).padStart(4, '0')));
}
