import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '../engine/data/fixture';
import { MODEL, writeWorkspace } from '../engine/train/workspace';
import { brique, needsBundle, start } from './brique';

const BROKEN = MODEL.replace('in: words.tokens }', 'in: words.token }');

describe('brique check', () => {
  needsBundle();
  const root = temporaryFolder();

  it('is content with what is right', async () => {
    writeWorkspace(root());
    const { code, stdout, stderr } = await brique(root(), 'check');
    assert.deepEqual([code, stdout, stderr], [0, '', 'No findings in 3 files\n']);
  });

  it('shows a finding with its code, for people', async () => {
    writeWorkspace(root(), { 'plain.brique.yaml': BROKEN });
    const { code, stdout, stderr } = await brique(root(), 'check');
    assert.equal(code, 1);
    assert.match(stdout, /^plain\.brique\.yaml:7:44 error unresolved-port\n {2}\S/m);
    assert.match(stdout, /^> 7 │ {3}encoder: .*\n {4}│ +\^+$/m);
    assert.match(stderr, /^1 error.* in 3 files\n$/m);
  });

  it('is not upset by a reader that has seen enough', async () => {
    writeWorkspace(root(), { 'plain.brique.yaml': BROKEN });
    const { child, ended } = start(root(), 'check', '--json');
    child.stdout!.destroy();
    const { code, stderr } = await ended;
    assert.deepEqual([code, stderr], [1, '']);
  });

  it('gives one JSON document, with places counted from 1', async () => {
    writeWorkspace(root(), { 'plain.brique.yaml': BROKEN });
    const { code, stdout, stderr } = await brique(root(), 'check', '--json');
    assert.deepEqual([code, stderr], [1, '']);
    const document = JSON.parse(stdout);
    const [finding] = document.findings;
    const { rule, severity, file, line, column, endLine, endColumn } = finding;
    assert.deepEqual(
      { rule, severity, file, line, column, endLine, endColumn },
      {
        rule: 'unresolved-port',
        severity: 'error',
        file: 'plain.brique.yaml',
        line: 7,
        column: 44,
        endLine: 7,
        endColumn: 49,
      },
    );
    assert.equal(document.summary.errors, 1);
    assert.equal((await brique(root(), 'check', '--format', 'json')).stdout, stdout);
  });

  it('gives SARIF and the commands of GitHub', async () => {
    writeWorkspace(root(), { 'plain.brique.yaml': BROKEN });
    const sarif = JSON.parse((await brique(root(), 'check', '--format', 'sarif')).stdout);
    assert.equal(sarif.version, '2.1.0');
    const [run] = sarif.runs;
    assert.equal(run.tool.driver.rules[run.results[0].ruleIndex].id, run.results[0].ruleId);
    const [rule] = run.tool.driver.rules;
    assert.ok(existsSync(fileURLToPath(rule.helpUri)), rule.helpUri);
    assert.match(rule.help.markdown, /^# unresolved-port$/m);
    assert.deepEqual(run.results[0].locations[0].physicalLocation.region, {
      startLine: 7,
      startColumn: 44,
      endLine: 7,
      endColumn: 49,
    });
    const github = await brique(root(), 'check', '--format', 'github');
    assert.match(
      github.stdout,
      /^::error file=plain\.brique\.yaml,line=7,endLine=7,col=44,endColumn=49,title=unresolved-port::/,
    );
  });

  it('fixes what is safe to fix, or shows how', async () => {
    writeWorkspace(root(), { 'plain.brique.yaml': MODEL.replace('version: 0.1.0', 'version: 0.10') });
    const file = join(root(), 'plain.brique.yaml');
    const before = readFileSync(file, 'utf8');
    const tried = await brique(root(), 'check', '--fix', '--dry-run');
    assert.match(
      tried.stdout,
      /^--- a\/plain\.brique\.yaml\n.*\n@@ .*@@\n[\s\S]*^-version: 0\.10\n\+version: 0\.10\.0$/m,
    );
    assert.match(tried.stderr, /^Would make 1 fix in 1 file\n/);
    assert.equal(readFileSync(file, 'utf8'), before);
    const alone = await brique(root(), 'check', '--dry-run');
    assert.deepEqual(
      [alone.stdout, alone.stderr],
      [tried.stdout, tried.stderr],
      '--dry-run alone means the same',
    );
    const fixed = await brique(root(), 'check', '--fix');
    assert.deepEqual([fixed.code, fixed.stdout], [0, '']);
    assert.equal(readFileSync(file, 'utf8'), before.replace('0.10', '0.10.0'));
    const again = JSON.parse((await brique(root(), 'check', '--fix', '--json')).stdout);
    assert.deepEqual(again.fixed.fixes, []);
    assert.match(
      (await brique(root(), 'check', '--dry-run')).stderr,
      /^There is nothing that is safe to fix/,
    );
  });

  it('says what an engine cannot run, whichever the workspace file chooses', async () => {
    const code = `kind: module
name: in-code
version: 1.0.0
python: encode.py
inputs: { tokens: 'int32[batch, seq]' }
outputs: { features: 'float32[batch, 8]' }
`;
    const texts = {
      'in-code.brique.yaml': code,
      'plain.brique.yaml': MODEL.replace('encoder@^1', 'in-code@^1'),
    };
    writeWorkspace(root(), texts);
    const rules = async (...options: string[]) => {
      const { stdout } = await brique(root(), 'check', '--json', ...options);
      const { findings } = JSON.parse(stdout) as { findings: { rule: string; message: string }[] };
      return findings.filter(({ rule }) => rule === 'engine-unsupported').map(({ message }) => message);
    };
    for (const engine of ['tensorflow', 'graph', 'eager', 'auto'])
      assert.match(
        (await rules('--engine', engine)).join(),
        /^`tensorflow` cannot run bricks written in Python/,
      );
    assert.match(
      (await rules('--engine', 'lightning')).join(),
      /^The engine `lightning` is chosen, which this version/,
    );
    // Not what another engine was said to lack a moment ago.
    assert.match((await rules()).join(), /^`tensorflow` cannot run/);
    const { code: exit, stderr } = await brique(root(), 'check', '--engine', 'torch');
    assert.equal(exit, 2);
    assert.match(stderr, /tensorflow, lightning, auto, graph, eager/);
  });

  it('reports on the files that are named, and knows the rest', async () => {
    writeWorkspace(root(), { 'plain.brique.yaml': BROKEN });
    assert.equal((await brique(root(), 'check', 'encoder.brique.yaml')).code, 0);
    assert.equal((await brique(root(), 'check', 'plain.brique.yaml')).code, 1);
  });

  it('finds broken YAML, and never falls over it', async () => {
    writeFileSync(
      join(root(), 'torn.brique.yaml'),
      'kind: model\nname: [a\nparts: { a: { module: "x\n\u0000',
    );
    const { code, stdout, stderr } = await brique(root(), 'check');
    assert.equal(code, 1);
    assert.match(stdout, /torn\.brique\.yaml:\d+:\d+ error/);
    assert.doesNotMatch(stdout + stderr, /\n\s+at /);
  });

  it('says what it cannot read or find, with exit code 2', async () => {
    const nothing = await brique(root(), 'check');
    assert.deepEqual([nothing.code, nothing.stdout], [2, '']);
    assert.match(nothing.stderr, /^error: There is no file that ends in \.brique\.yaml in this folder\n$/);
    const missing = await brique(root(), 'check', 'nowhere');
    assert.deepEqual([missing.code, missing.stderr], [2, 'error: There is no file or folder nowhere\n']);
    mkdirSync(join(root(), 'odd.brique.yaml'));
    writeWorkspace(root());
    assert.equal((await brique(root(), 'check')).code, 0);
    if (process.getuid?.() === 0) return; // Root may read anything.
    chmodSync(join(root(), 'plain.brique.yaml'), 0);
    const unreadable = await brique(root(), 'check');
    assert.equal(unreadable.code, 2);
    assert.match(unreadable.stderr, /plain\.brique\.yaml cannot be read/);
  });

  it('holds apart what lies in two roots, and together what does not', async () => {
    for (const folder of ['one', 'two']) {
      mkdirSync(join(root(), folder));
      writeWorkspace(join(root(), folder));
      writeFileSync(join(root(), folder, 'workspace.brique.yaml'), 'kind: workspace\n');
    }
    const apart = await brique(root(), 'check');
    assert.deepEqual([apart.code, apart.stdout], [0, '']);
    rmSync(join(root(), 'one', 'workspace.brique.yaml'));
    rmSync(join(root(), 'two', 'workspace.brique.yaml'));
    const together = await brique(root(), 'check');
    assert.equal(together.code, 1);
    assert.match(together.stdout, /duplicate-name/);
  });

  it('refuses what it does not know, with a hint', async () => {
    const { code, stdout, stderr } = await brique(root(), 'chekc');
    assert.deepEqual([code, stdout], [2, '']);
    assert.match(stderr, /unknown command 'chekc'/);
    assert.equal((await brique(root(), 'check', '--format', 'xml')).code, 2);
    assert.equal((await brique(root(), '--help')).code, 0);
    assert.match((await brique(root(), '--version')).stdout, /^\d+\.\d+\.\d+/);
  });
});
