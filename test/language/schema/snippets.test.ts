import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Workspace } from '../../../language/workspace';
import { withoutPlaceholders } from '../../../server/features/completion';
import { libraryFiles } from '../library';

type Name =
  | 'Module'
  | 'Dataset'
  | 'Model'
  | 'Derived model'
  | 'Workspace'
  | 'Hook'
  | 'Sweep'
  | 'Plug'
  | 'Brick test'
  | 'Node'
  | 'Part'
  | 'Task';

const path = join(__dirname, '../../../snippets/brique.json');
const snippets: Record<Name, { body: string[] }> = JSON.parse(readFileSync(path, 'utf8'));

/** The snippet as it stands when Tab was pressed through it. */
function inserted(name: Name): string {
  const body = snippets[name].body.join('\n');
  // The first of several choices is what Tab leaves.
  const chosen = body.replace(/\$\{(\d+)\|([^,|]*)[^}]*\}/g, (_, number, first) => `\${${number}:${first}}`);
  const defaults = new Map([...chosen.matchAll(/\$\{(\d+):([^}]*)\}/g)].map((match) => [match[1], match[2]]));
  return withoutPlaceholders(
    chosen.replace(/\$\{(\d+)(:[^}]*)?\}/g, (whole, number) => defaults.get(number) ?? whole),
  );
}

function check(files: Record<string, string>): string[] {
  const workspace = new Workspace({});
  for (const { file, text } of libraryFiles()) workspace.setFile(file, text, 'library');
  for (const [file, text] of Object.entries(files)) workspace.setFile(file, text);
  return Object.keys(files).flatMap((file) =>
    workspace.check(file).map(({ message }) => `${file}: ${message}`),
  );
}

describe('snippets', () => {
  it('make files without findings', () => {
    const files = {
      module: inserted('Module'),
      dataset: inserted('Dataset'),
      model: inserted('Model'),
      derived: inserted('Derived model'),
      workspace: inserted('Workspace'),
    };
    assert.deepEqual(check(files), []);
  });

  it('make hooks that fit', () => {
    const model = `${inserted('Model')}\nhooks:\n  ${inserted('Hook')}\n`;
    assert.deepEqual(check({ dataset: inserted('Dataset'), model }), []);
  });

  it('make sweeps, plugs and tests that fit', () => {
    const indented = (name: Name) => inserted(name).replaceAll('\n', '\n  ');
    const swept = inserted('Model').replace('train:\n', `train:\n  ${indented('Sweep')}\n`);
    const tests = `tests:\n  ${indented('Brick test').replace('keeps', 'also keeps')}\n`;
    const files = {
      module: inserted('Module').replace('tests:\n', tests),
      dataset: inserted('Dataset'),
      model: `${swept}\n${inserted('Plug')}\n`,
    };
    assert.ok(files.module !== inserted('Module') && swept !== inserted('Model'));
    assert.deepEqual(check(files), []);
  });

  it('make nodes, parts and tasks that fit', () => {
    const insert = (file: Name, after: string, name: Name) =>
      inserted(file).replace(`${after}\n`, `${after}\n  ${inserted(name)}\n`);
    const model = insert('Model', 'parts:', 'Part');
    const files = {
      module: insert('Module', 'graph:', 'Node'),
      dataset: inserted('Dataset'),
      model: model.replace('tasks:\n', `tasks:\n  ${inserted('Task')}\n`),
    };
    assert.notEqual(files.module, inserted('Module'));
    assert.deepEqual(
      check(files).filter((message) => !message.includes('Nothing uses')),
      [],
    );
  });
});
