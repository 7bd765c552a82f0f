import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Workspace } from '../../../language/workspace';

const folder = join(__dirname, '../../../modules');
const files = readdirSync(folder).filter((name) => name.endsWith('.brique.yaml'));

describe('the standard bricks', () => {
  const workspace = new Workspace();
  for (const file of files) workspace.setFile(file, readFileSync(join(folder, file), 'utf8'));

  for (const file of files) {
    it(`${file} has no findings, not even hints`, () => {
      assert.deepEqual(
        workspace.check(file).map(({ rule, message }) => `${rule}: ${message}`),
        [],
      );
    });

    it(`${file} is named like its file, documented and tested`, () => {
      const { declaration } = workspace.source(file)!;
      assert.equal(declaration?.kind, 'module');
      if (declaration?.kind !== 'module') return;
      assert.equal(`${declaration.name?.value}.brique.yaml`, `std/${file}`);
      assert.ok(declaration.summary?.endsWith('.'));
      for (const param of declaration.params.values()) assert.ok(param.doc, `${param.name} is documented`);
      assert.ok(declaration.hasTests && declaration.hasCard);
    });
  }
});
