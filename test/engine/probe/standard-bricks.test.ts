/** Every standard brick runs, forward and through one training step, on what its own tests give. */
import assert from 'node:assert/strict';
import { probe } from '../../../engine/probe/probe';
import { compileStep } from '../../../engine/step/compile';
import { Workspace } from '../../../language/workspace';
import { libraryFiles } from '../../language/library';
import { forEachExecutor } from '../executors';

const workspace = new Workspace();
const files = libraryFiles();
for (const { file, text } of files) workspace.setFile(file, text, 'library');

forEachExecutor('standard bricks', (executor) => {
  for (const { file } of files) {
    for (const { module, name, test, at, failure } of workspace.tests(file)) {
      it(`${module} ${name}`, async () => {
        assert.equal(failure, undefined);
        assert.ok(test);
        assert.deepEqual(await probe(test, at, executor()), { status: 'passed' });
      });
    }
  }
});

describe('standard bricks', () => {
  for (const { file } of files) {
    // Others may show edges where some weights have nothing to learn, such as a recurrent layer with a single step.
    const [first] = workspace.tests(file);
    if (!first?.test || first.test.plan.tasks.length === 0) continue;
    const { plan } = first.test;
    it(`${first.module}: every weight that learns gets a gradient`, () => {
      assert.deepEqual(compileStep(plan, { phase: 0 }).description.pruned, []);
    });
  }
});
