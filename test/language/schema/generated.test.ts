import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { validateRunEvent, validateRunRecord } from '../../../protocol/generated/validate';

const root = join(__dirname, '../../..');

describe('what is generated from schemas', () => {
  it('is what the schemas say', async function () {
    this.timeout(60_000);
    const generate = ['--require', 'tsx/cjs', join(root, 'scripts/generate.ts'), '--check'];
    await promisify(execFile)(process.execPath, generate, { cwd: root });
  });

  it('tells events and records from what is none', () => {
    const event = { seq: 0, time: new Date(0).toISOString(), type: 'phase_started', phase: 'train' };
    assert.ok(validateRunEvent(event));
    assert.ok(!validateRunEvent({ ...event, phase: 'dream' }));
    assert.ok(!validateRunEvent({ ...event, time: 'yesterday' }));
    assert.ok(!validateRunEvent({ ...event, more: 1 }));
    assert.ok(!validateRunRecord({ format: 1 }));
    assert.match(validateRunRecord.errors?.[0]?.message ?? '', /required/);
  });
});
