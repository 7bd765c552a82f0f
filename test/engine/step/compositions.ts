import { strict as assert } from 'node:assert';
import type { Plan } from '../../../language/plan/format';
import { Workspace } from '../../../language/workspace';
import { libraryFiles } from '../../language/library';

/** One task on one dataset `text`, as lines of the files. */
export interface Composition {
  bricks: string[];
  columns: string[];
  parts: string[];
  task: string;
  optimizer: string;
}

/** The plan of a composition; the standard bricks are at hand. */
export function composed({ bricks, columns, parts, task, optimizer }: Composition): Plan {
  const workspace = new Workspace();
  for (const { file, text } of libraryFiles()) workspace.setFile(file, text, 'library');
  for (const [i, text] of bricks.entries()) workspace.setFile(`/brick${i}.brique.yaml`, text);
  workspace.setFile(
    '/text.brique.yaml',
    [
      'kind: dataset',
      'name: text',
      'version: 1.0.0',
      'license: MIT',
      'files: { all: text.csv }',
      'columns:',
      ...columns.map((line) => `  ${line}`),
      '',
    ].join('\n'),
  );
  workspace.setFile(
    '/model.brique.yaml',
    [
      'kind: model',
      'name: demo',
      'version: 0.1.0',
      'data: { text: text@^1 }',
      'parts:',
      ...parts.map((line) => `  ${line}`),
      'tasks:',
      `  task: ${task}`,
      `train: { optimizer: ${optimizer}, seed: 3 }`,
      '',
    ].join('\n'),
  );
  const { plan, findings } = workspace.plan('/model.brique.yaml');
  assert.ok(plan, findings.map(({ rule, message }) => `${rule}: ${message}`).join('\n'));
  return plan;
}
