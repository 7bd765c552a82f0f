import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { thirdPartyPage } from '../../scripts/third-party';
import { needsBundle } from './brique';

describe('the page of third-party software', () => {
  needsBundle();

  it('names what is bundled, with its licences', () => {
    const page = readFileSync(join(__dirname, '../../THIRD-PARTY.md'), 'utf8');
    assert.equal(page, thirdPartyPage(), '`npm run package` makes it anew');
    for (const name of ['react-dom', 'yaml', '@tensorflow/tfjs-core'])
      assert.ok(page.includes(`| ${name} |`));
  });
});
