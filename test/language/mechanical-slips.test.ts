import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Workspace } from '../../language/workspace';
import { findSources } from '../../registry/sources';
import { libraryFiles } from './library';

const folder = join(__dirname, '../../examples/reviews');
const files = findSources(folder);

/** A slip of the finger at an offset, by its name. */
function slipsAt(text: string, at: number): [name: string, text: string][] {
  const line = text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
  // In comments and texts of several words there is nothing to slip on.
  if (/(^|\s)#/.test(line)) return [];
  const [before, here, after] = [text.slice(0, at), text[at] ?? '', text.slice(at + 1)];
  const found: [string, string][] = [];
  if ('[]{},:"'.includes(here)) found.push([`without ${here}`, before + after]);
  if ('[{'.includes(here)) found.push([`${here} twice`, before + here + here + after]);
  if (']}'.includes(here)) found.push([`other bracket`, `${before}${here === ']' ? '}' : ']'}${after}`]);
  if (']}'.includes(here)) found.push(['parenthesis', `${before})${after}`]);
  if (line === '' && here !== '\n') {
    found.push(['one blank more', `${before} ${here}${after}`]);
    found.push(['two blanks more', `${before}  ${here}${after}`]);
    found.push(['a tab', `${before}\t${(here + after).replace(/^ */, '')}`]);
    found.push(['a dash', before + (here + after).replace(/^ */, (blanks) => `${blanks}- `)]);
    if (here === ' ') found.push(['one blank less', before + after]);
    if (here === ' ') found.push(['two blanks less', before + after.slice(1)]);
  }
  return found;
}

describe('every slip of the finger', () => {
  const workspace = new Workspace();

  before(() => {
    for (const { file, text } of libraryFiles()) workspace.setFile(file, text, 'library');
    for (const file of files) workspace.setFile(file, readFileSync(file, 'utf8'));
  });

  for (const file of files)
    it(`is at most one error in ${basename(file)}`, function () {
      this.timeout(60_000);
      const text = readFileSync(file, 'utf8');
      const wrong = () => workspace.check(file).filter(({ severity }) => severity === 'error');
      const known = new Set(wrong().map(({ message }) => message));
      for (let at = 0; at < text.length; at++) {
        for (const [name, slipped] of slipsAt(text, at)) {
          workspace.setFile(file, slipped);
          const told = wrong().filter(({ message }) => !known.has(message));
          const around = JSON.stringify(slipped.slice(Math.max(0, at - 20), at + 20));
          assert.ok(told.length <= 1, `${name} at ${around}:\n${told.map((one) => one.message).join('\n')}`);
        }
      }
      workspace.setFile(file, text);
    });
});
