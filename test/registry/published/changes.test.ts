import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { RegistryChanges } from '../../../registry/published/changes';
import { Registry } from '../../../registry/published/registry';
import { publishAll, temporaryFolder } from './made';

describe('changes of a registry', () => {
  const folder = temporaryFolder();

  it('are versions that come and go, and what is said of them; looking is none', async () => {
    const root = join(folder.path(), 'registry');
    const changes = new RegistryChanges(root);
    assert.equal(changes.look(), false);
    const isNews = () => [changes.look(), changes.look()];
    await publishAll(root, ['encoder', '1.0.0']);
    assert.deepEqual(isNews(), [true, false]);
    await publishAll(root, ['acme/encoder', '1.0.0']);
    assert.deepEqual(isNews(), [true, false]);
    await publishAll(root, ['encoder', '1.1.0'], ['acme/encoder', '1.1.0']);
    assert.deepEqual(isNews(), [true, false]);
    const registry = new Registry(root);
    registry.releases('encoder');
    changes.look();
    registry.yank('acme/encoder', '1.0.0', 'wrong');
    assert.deepEqual(isNews(), [true, false]);
    registry.unyank('acme/encoder', '1.0.0');
    assert.deepEqual(isNews(), [true, false]);
    rmSync(join(root, 'acme/encoder/1.0.0'), { recursive: true });
    assert.deepEqual(isNews(), [true, false]);
    rmSync(root, { recursive: true });
    assert.deepEqual(isNews(), [true, false]);
  });
});
