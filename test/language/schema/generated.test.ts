import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { validateRunEvent, validateRunRecord } from '../../../protocol/generated/validate';
import { repository, typescript } from '../../../scripts/shell';

describe('what is generated from schemas', () => {
  it('is what the schemas say', async function () {
    this.timeout(60_000);
    const generate = [...typescript, join(repository, 'scripts/generate.ts'), '--check'];
    // From another folder than usual, on which nothing may depend.
    const cwd = mkdtempSync(join(tmpdir(), 'brique-generate-'));
    try {
      await promisify(execFile)(process.execPath, generate, { cwd });
    } finally {
      rmSync(cwd, { recursive: true, force: true });
    }
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
