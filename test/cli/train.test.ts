import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readRun } from '../../protocol/runs/read';
import { temporaryFolder } from '../engine/data/fixture';
import { MODEL, writeWorkspace } from '../engine/train/workspace';
import { brique, needsBundle, start } from './brique';

describe('brique train and evaluate', () => {
  needsBundle();
  const root = temporaryFolder();
  const runs = () => join(root(), '.brique', 'runs');
  const onlyRun = () => {
    const names = readdirSync(runs());
    assert.equal(names.length, 1);
    return join(runs(), names[0]!);
  };

  it('train a model by name, evaluate it, list, show and compare its runs', async () => {
    writeWorkspace(root());
    const trained = await brique(root(), 'train', 'plain');
    assert.equal(trained.code, 0, trained.stderr);
    assert.match(trained.stdout, /^plain completed in .* 6 epochs, best \d/);
    assert.match(trained.stdout, /mood on test +examples +accuracy +f1 +loss\nall +40 +1\.000/);
    assert.match(trained.stdout, /mood\.accuracy >= 0\.9: met \(1\.000\)/);
    assert.match(trained.stderr, /^epoch 6\/6 · step 48 · validation /m);

    const evaluated = await brique(root(), 'evaluate', 'plain.brique.yaml', '--json', '--on', 'validation');
    assert.deepEqual([evaluated.code, evaluated.stderr], [0, '']);
    const document = JSON.parse(evaluated.stdout);
    assert.deepEqual([document.kind, document.report.split], ['evaluate', 'validation']);
    assert.equal(document.of, JSON.parse((await brique(root(), 'runs', '--json')).stdout)[1].run);

    const again = await brique(
      root(),
      'train',
      'plain',
      '--json',
      '--set',
      'head.dropout=0.5',
      '--set',
      'train.seed=9',
    );
    const other = JSON.parse(again.stdout);
    assert.deepEqual([other.seed, other.settings], [9, { 'head.dropout': '0.5', 'train.seed': '9' }]);

    const list = await brique(root(), 'runs');
    assert.equal(list.stdout.trim().split('\n').length, 4);
    assert.match(list.stdout, /train +completed +mood\.accuracy 1\.000 \(test\) +now/);
    const shown = JSON.parse((await brique(root(), 'runs', 'show', 'latest', '--json')).stdout);
    assert.equal(shown.run, other.run);
    assert.equal(shown.epochsDone.length, 6);
    const receipt = (await brique(root(), 'runs', 'show', 'latest')).stdout;
    assert.match(receipt, /^train\.epochs +6 +used$/m);
    assert.match(receipt, /^train\.optimizer\.adam\.beta1 +0\.9 +default$/m);
    const compared = await brique(root(), 'runs', 'compare', document.of, other.run);
    assert.match(compared.stdout, /seed +5 +9/);
    const unknown = await brique(root(), 'runs', 'show', 'nothing-like-it');
    assert.equal(unknown.code, 2);

    writeFileSync(join(runs(), document.of, 'run.json'), '{');
    const damaged = await brique(root(), 'runs');
    assert.match(damaged.stdout, new RegExp(`^${document.of} +broken +run\\.json is not JSON: `, 'm'));
    const entries = JSON.parse((await brique(root(), 'runs', '--json')).stdout);
    assert.deepEqual([entries.length, entries[2].run, entries[2].status], [3, document.of, 'broken']);
    for (const [command, ...ids] of [['show'], ['compare', other.run]]) {
      const asked = await brique(root(), 'runs', command!, ...ids, document.of);
      assert.equal(asked.code, 2);
      assert.match(asked.stderr, /^error: Run plain-\S+ cannot be read: run\.json is not JSON: /);
    }
  });

  it('give 1 for a requirement that is not met, the result all the same', async () => {
    writeWorkspace(root(), {
      'plain.brique.yaml': MODEL.replace("'>= 0.9'", "'> 1.5'"),
    });
    const { code, stdout } = await brique(root(), 'train', 'plain');
    assert.equal(code, 1);
    assert.match(stdout, /not met/);
  });

  it('give 1 and the findings for a model with errors, and make no run', async () => {
    writeWorkspace(root(), { 'plain.brique.yaml': MODEL.replace('in: words.tokens }', 'in: words.token }') });
    const { code, stdout, stderr } = await brique(root(), 'train', 'plain');
    assert.deepEqual([code, stdout, existsSync(runs())], [1, '', false]);
    assert.match(stderr, /unresolved-port[\s\S]*error: plain\.brique\.yaml has an error, so it cannot run/);
    const document = JSON.parse((await brique(root(), 'train', 'plain', '--json')).stdout);
    assert.equal(document.findings[0].rule, 'unresolved-port');
    assert.match(document.failure.message, /has an error/);
  });

  it('check what --set says like the rest', async () => {
    writeWorkspace(root());
    const wrong = await brique(root(), 'train', 'plain', '--set', 'head.classes=3');
    assert.equal(wrong.code, 2);
    assert.match(
      wrong.stderr,
      /^error: --set head\.classes=3: .*has 3 classes, but `reviews\.class` has 2 labels/,
    );
    const misspelt = await brique(root(), 'train', 'plain', '--set', 'head.clases=2');
    assert.equal(misspelt.code, 2);
    assert.match(misspelt.stderr, /^error: --set head\.clases=2: .*did you mean `classes`\?\n$/);
    const unknown = await brique(root(), 'train', 'plain', '--set', 'haed.classes=2');
    assert.deepEqual(
      [unknown.code, unknown.stderr],
      [
        2,
        'error: --set haed.classes: there is no part haed; did you mean head? There are words, encoder, head\n',
      ],
    );
    for (const [setting, said] of [
      [
        'train.nonsense=1',
        /^error: --set train\.nonsense: there is no nonsense in train; there are epochs, batch, /,
      ],
      [
        'train.optimizer.adam.beta=1',
        /no beta in train\.optimizer\.adam; did you mean beta1\? There are learning_rate, /,
      ],
      ['tasks.moods.loss=mse', /there is no task moods; did you mean mood\? There is mood\n$/],
      ['parts.head.parms.classes=2', /no parms in parts\.head; did you mean params\? There are /],
    ] as const) {
      const { code, stderr } = await brique(root(), 'train', 'plain', '--set', setting);
      assert.equal(code, 2);
      assert.match(stderr, said);
    }
    assert.equal((await brique(root(), 'train', 'plain', '--set', 'nonsense')).code, 2);
  });

  it('take the device from the workspace file, unless they are told another', async () => {
    const workspace = 'kind: workspace\nname: here\ndevice: gpu\n';
    writeWorkspace(root(), { 'workspace.brique.yaml': workspace });
    const command = (...args: string[]) =>
      brique(root(), 'train', 'plain', '--set', 'train.epochs=1', ...args);
    const told = await command('--device', 'cpu', '--quiet');
    assert.notEqual(told.code, 2, told.stderr);
    // The embedded engine, which the tests run on, has no other device.
    assert.notEqual((await command('--quiet')).code, 2);
    for (const gpu of [await command('--device', 'gpu'), await command('--engine', 'auto')]) {
      if (gpu.code !== 2) assert.match(gpu.stdout, /, GPU/);
      else assert.match(gpu.stderr, /^No GPU can be used: .*\n {2}Choose --device cpu[;:] /);
    }
  });

  it('set what a composition inherits like its own', async () => {
    const extending =
      'kind: model\nname: more\nversion: 0.1.0\nextends: plain@^0.1.0\ntrain: { epochs: 1 }\n';
    writeWorkspace(root(), { 'more.brique.yaml': extending });
    const { code, stdout, stderr } = await brique(
      root(),
      'train',
      'more',
      '--json',
      '--set',
      'head.dropout=0.5',
    );
    assert.notEqual(code, 2, stderr);
    assert.deepEqual(JSON.parse(stdout).settings, { 'head.dropout': '0.5' });
  });

  it('give 2 for models that are not there, with what helps', async () => {
    writeWorkspace(root());
    const misspelt = await brique(root(), 'train', 'plian');
    assert.equal(misspelt.code, 2);
    assert.match(
      misspelt.stderr,
      /^error: There is no model plian below .*; did you mean plain\?\n {2}There are plain\.\n$/,
    );
    const untrained = await brique(root(), 'evaluate', 'plain');
    assert.equal(untrained.code, 2);
    assert.match(
      untrained.stderr,
      /^There is no completed run of plain.*\n {2}Train it first: brique train plain/,
    );
  });

  it('find a split that is not there before anything runs', async () => {
    writeWorkspace(root());
    const { code, stderr } = await brique(root(), 'evaluate', 'plain', '--on', 'tset');
    assert.deepEqual([code, existsSync(runs())], [2, false]);
    assert.match(stderr, /^error: --on tset: `reviews` has no split `tset`; it has /);
  });

  it('find a split or a run that is not there before an evaluation is begun', async () => {
    writeWorkspace(root());
    const dataset = join(root(), 'reviews.brique.yaml');
    const today = readFileSync(dataset, 'utf8');
    writeFileSync(dataset, today.replace('validation: 0.2, test: 0.2', 'validation: 0.4'));
    const few = ['--set', 'train.epochs=1', '--set', 'evaluate.on=validation', '--quiet'];
    assert.notEqual((await brique(root(), 'train', 'plain', ...few)).code, 2);
    const [trained] = readdirSync(runs());
    // What the run was trained on has no such split, though the dataset has one today.
    writeFileSync(dataset, today);
    const missing = await brique(root(), 'evaluate', 'plain', '--on', 'test');
    assert.equal(missing.code, 2, missing.stderr);
    assert.match(
      missing.stderr,
      /^Dataset plain-reviews has no split test, which was asked for\n.*\n {2}It has train, validation\.\n$/,
    );
    const nobody = await brique(root(), 'evaluate', 'plain', '--run', 'nope');
    assert.deepEqual(
      [nobody.code, nobody.stderr],
      [2, 'error: There is no run nope\n  brique runs lists them.\n'],
    );
    const near = await brique(root(), 'evaluate', 'plain', '--run', `${trained}x`);
    assert.match(near.stderr, new RegExp(`did you mean ${trained}\\?`));
    assert.deepEqual(readdirSync(runs()), [trained], 'no failed evaluation is left behind');
    const latest = await brique(
      root(),
      'evaluate',
      'plain',
      '--run',
      'latest',
      '--on',
      'validation',
      '--json',
    );
    assert.equal(JSON.parse(latest.stdout).of, trained);

    const word = await brique(root(), 'runs', 'nope');
    assert.deepEqual(
      [word.code, word.stderr],
      [2, 'error: There is no command runs nope; there are list, show <id> and compare <id…>\n'],
    );
    assert.match(
      (await brique(root(), 'runs', trained!)).stderr,
      new RegExp(`brique runs show ${trained} shows`),
    );
  });

  it('find data that are not there before anything runs', async () => {
    writeWorkspace(root());
    rmSync(join(root(), 'reviews.json'));
    const { code, stderr } = await brique(root(), 'train', 'plain');
    assert.deepEqual([code, existsSync(runs())], [1, false]);
    assert.match(stderr, /data-file-missing/);
  });

  it('give 2 for labels outside the contract, naming file and row', async () => {
    writeWorkspace(root());
    writeFileSync(join(root(), 'reviews.json'), JSON.stringify([{ text: 'so so', class: 2 }]));
    const { code, stderr } = await brique(root(), 'train', 'plain');
    assert.equal(code, 2);
    assert.match(
      stderr,
      /error: reviews\.json row 1: column class holds 2, .*\n {2}at reviews\.brique\.yaml:8/,
    );
    assert.equal(readRun(onlyRun())!.status, 'failed');
  });

  const LONG = ['--set', 'train.epochs=100000'];

  it('are cancelled cleanly by Ctrl-C: weights kept, exit code 130, nothing left behind', async () => {
    writeWorkspace(root());
    const { child, ended, said } = start(root(), 'train', 'plain', ...LONG);
    await said(/epoch 2\//);
    child.kill('SIGINT');
    const { code, stdout, stderr } = await ended;
    assert.equal(code, 130);
    assert.match(stderr, /Stopping after this step/);
    assert.match(stdout, /^plain cancelled in/);
    const folder = onlyRun();
    assert.equal(readRun(folder)!.status, 'cancelled');
    assert.ok(existsSync(join(folder, 'weights/encoder.safetensors')));
  });

  it('end at once on a second Ctrl-C, with exit code 130 too', async () => {
    writeWorkspace(root());
    const { child, ended, said } = start(root(), 'train', 'plain', ...LONG);
    await said(/epoch 2\//);
    child.kill('SIGINT');
    await said(/Stopping after this step/);
    child.kill('SIGINT');
    assert.equal((await ended).code, 130);
    assert.match(readRun(onlyRun())!.status, /cancelled|interrupted/);
  });

  it('end as cancelled when the command is killed: nobody trains on unseen', async () => {
    writeWorkspace(root());
    const { child, ended, said } = start(root(), 'train', 'plain', ...LONG);
    await said(/epoch 2\//);
    child.kill('SIGKILL');
    await ended;
    assert.equal(readRun(onlyRun())!.status, 'cancelled');
  });

  it('show a training process that was killed as interrupted, never as running', async () => {
    writeWorkspace(root());
    const { ended, said } = start(root(), 'train', 'plain', ...LONG);
    await said(/epoch 2\//);
    const { record } = readRun(onlyRun())!;
    assert.equal(readRun(onlyRun())!.status, 'running');
    process.kill(record.process.pid, 'SIGKILL');
    const { code, stderr } = await ended;
    assert.equal(code, 1);
    assert.match(stderr, /error: The training process was killed\.\n {2}brique train --resume plain-/);
    assert.equal(readRun(onlyRun())!.status, 'interrupted');
    assert.match((await brique(root(), 'runs')).stdout, /train +interrupted/);
  });

  it('say so where the plan of a run is broken', async () => {
    writeWorkspace(root());
    await brique(root(), 'train', 'plain', '--set', 'train.epochs=1');
    writeFileSync(join(onlyRun(), 'plan.json'), '{');
    const { code, stderr } = await brique(root(), 'train', '--resume', 'latest');
    assert.equal(code, 2);
    assert.match(stderr, /^error: The plan of run plain-\S+ cannot be read\n {2}Train the model again\.\n$/);
  });

  it('go on with a run that was killed, told from where it goes on', async () => {
    writeWorkspace(root(), { 'plain.brique.yaml': MODEL.replace('seed: 5', 'seed: 5\n  checkpoint: last') });
    const { ended, said } = start(root(), 'train', 'plain', '--set', 'train.epochs=60');
    await said(/epoch 5\//);
    process.kill(readRun(onlyRun())!.record.process.pid, 'SIGKILL');
    await ended;
    const { code, stdout, stderr } = await brique(root(), 'train', '--resume', 'latest');
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^plain completed in .* 60 epochs/);
    assert.equal(stderr.match(/^Training with batch/gm)?.length, 1, 'what was said before is no news');
    const told = [...stderr.matchAll(/^epoch (\d+)\/60/gm)].map(([, epoch]) => Number(epoch));
    const [first] = told;
    assert.ok(first! > 4, stderr);
    assert.deepEqual(
      told,
      Array.from({ length: 61 - first! }, (_, i) => first! + i),
    );
    const again = await brique(root(), 'train', '--resume', 'latest');
    assert.equal(again.code, 2);
    assert.match(again.stderr, /is complete: nothing is left to do/);
    const named = await brique(root(), 'train', 'plain', '--resume', 'latest');
    assert.equal(named.code, 2);
    assert.match(named.stderr, /--resume takes no model \(plain\):/);
    assert.equal((await brique(root(), 'train')).code, 2);
  });

  /** A limit on the size of files, in KiB, stands for a full disk: a write fails half-way. */
  async function limited(kibibytes: number, ...settings: string[]) {
    const command = join(__dirname, '../../dist/brique.cjs');
    const set = settings.map((setting) => `--set ${setting}`).join(' ');
    const script = `ulimit -f ${kibibytes}; exec "${process.execPath}" "${command}" train plain --engine eager ${set}`;
    const child = spawn('bash', ['-c', script], { cwd: root() });
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk;
    });
    const code = await new Promise((resolve) => child.on('close', resolve));
    return { code, stderr };
  }
  const FULL = /error: A file became larger than the system allows, so the run stopped writing/;

  it('say what happened when weights cannot be written, and end the run', async function () {
    if (process.platform === 'win32') return this.skip();
    writeWorkspace(root());
    const { code, stderr } = await limited(24, 'encoder.vocab=9000');
    assert.equal(code, 1, stderr);
    assert.match(stderr, FULL);
    const state = readRun(onlyRun())!;
    assert.deepEqual([state.status, state.failure!.code], ['failed', 'file-too-large']);
    const left = readdirSync(join(onlyRun(), 'weights'));
    assert.deepEqual(
      left.filter((name) => !name.endsWith('.json')),
      [],
    );
  });

  it('say what happened when events cannot be written, and keep those that were', async function () {
    if (process.platform === 'win32') return this.skip();
    writeWorkspace(root());
    const { code, stderr } = await limited(24, 'train.epochs=100000');
    assert.equal(code, 1, stderr);
    assert.match(stderr, FULL);
    const state = readRun(onlyRun())!;
    assert.equal(state.status, 'interrupted');
    assert.ok(state.epochsDone.length > 3);
  });
});
