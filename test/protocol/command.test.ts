import assert from 'node:assert/strict';
import { commandArguments } from '../../protocol/command';

describe('the arguments of the command', () => {
  it('say what was asked for, without a shell to quote for', () => {
    assert.deepEqual(
      commandArguments({
        command: 'train',
        model: 'my model.brique.yaml',
        engine: 'eager',
        set: { 'head.classes': 2 },
      }),
      ['train', 'my model.brique.yaml', '--engine', 'eager', '--set', 'head.classes=2'],
    );
    assert.deepEqual(commandArguments({ command: 'evaluate', model: 'm', run: 'm-1', on: 'test' }), [
      'evaluate',
      'm',
      '--run',
      'm-1',
      '--on',
      'test',
    ]);
  });
});
