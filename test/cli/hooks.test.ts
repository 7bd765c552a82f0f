import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Hooks } from '../../cli/hooks';
import { temporaryFolder } from '../engine/data/fixture';
import { MODEL, writeWorkspace } from '../engine/train/workspace';
import { brique, needsBundle } from './brique';

/** Appends what it was told to a file beside it. */
const SCRIPT = `import { appendFileSync } from 'node:fs';
const [word, folder] = process.argv.slice(2);
const { BRIQUE_RUN, BRIQUE_EVENT } = process.env;
appendFileSync('told.jsonl', JSON.stringify({ word, folder, BRIQUE_RUN, BRIQUE_EVENT }) + '\\n');
process.exit(word === 'fails' ? 3 : 0);
`;

const at = { file: 'model.brique.yaml', line: 1 };

describe('hooks', () => {
  const root = temporaryFolder();
  const told = () =>
    readFileSync(join(root(), 'told.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, string>);
  const node = process.execPath;

  it('run in order, with the folder as argument and in the environment', async () => {
    writeFileSync(join(root(), 'hook.mjs'), SCRIPT);
    const warnings: string[] = [];
    const hooks = new Hooks(
      [
        { on: 'run_start', run: [node, 'hook.mjs', 'a; b $(c)'], at },
        { on: 'run_end', run: [node, 'hook.mjs', 'fails'], at },
        { on: 'run_end', run: ['no-such-program-here'], at },
        { on: 'epoch_end', run: [node, 'hook.mjs', 'never'], at },
      ],
      root(),
      (line) => warnings.push(line),
    );
    hooks.fire('run_start', '/runs/one');
    hooks.fire('run_end', '/runs/one');
    await hooks.settled();
    const one = { folder: '/runs/one', BRIQUE_RUN: '/runs/one' };
    assert.deepEqual(told(), [
      { word: 'a; b $(c)', ...one, BRIQUE_EVENT: 'run_start' },
      { word: 'fails', ...one, BRIQUE_EVENT: 'run_end' },
    ]);
    assert.equal(warnings.length, 2);
    assert.match(warnings[0]!, /^warning: the run_end hook `.* hook\.mjs fails` ended with code 3$/);
    assert.match(warnings[1]!, /`no-such-program-here` could not be started: .*ENOENT/);
  });

  it('are ended when they take too long', async () => {
    const warnings: string[] = [];
    const forever = [node, '-e', 'setInterval(() => {}, 1000)'];
    const hooks = new Hooks(
      [{ on: 'run_end', run: forever, at }],
      root(),
      (line) => warnings.push(line),
      0.2,
    );
    hooks.fire('run_end', root());
    await hooks.settled();
    assert.match(warnings.join(), /took longer than 0\.2 s and was ended/);
  });
});

describe('brique train with hooks', () => {
  needsBundle();
  const root = temporaryFolder();

  it('tells of the start, of every epoch and of the end, and no hook makes a run fail', async () => {
    const hooks = ['run_start', 'epoch_end', 'run_end']
      .map(
        (on) =>
          `  - { on: ${on}, run: [${JSON.stringify(process.execPath)}, hook.mjs, ${on === 'epoch_end' ? 'fails' : 'fine'}] }`,
      )
      .join('\n');
    writeWorkspace(root(), {
      'plain.brique.yaml': `${MODEL.replace('epochs: 6', 'epochs: 3')}hooks:\n${hooks}\n`,
    });
    writeFileSync(join(root(), 'hook.mjs'), SCRIPT);
    const { code, stdout, stderr } = await brique(root(), 'train', 'plain', '--json');
    const document = JSON.parse(stdout);
    assert.notEqual(code, 2, stderr);
    assert.equal(document.status, 'completed');
    const lines = readFileSync(join(root(), 'told.jsonl'), 'utf8').trim().split('\n');
    const events = lines.map((line) => JSON.parse(line).BRIQUE_EVENT);
    assert.deepEqual(events, ['run_start', 'epoch_end', 'epoch_end', 'epoch_end', 'run_end']);
    assert.equal(stderr.match(/warning: the epoch_end hook .* ended with code 3/g)?.length, 3);
  });
});
