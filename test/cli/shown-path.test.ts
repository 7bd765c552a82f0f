import assert from 'node:assert/strict';
import { dirname, join, resolve, sep } from 'node:path';
import { shownPath } from '../../cli/shown-path';

describe('a path that is shown', () => {
  it('starts at the current folder where it lies below it', () => {
    assert.equal(shownPath(resolve('a', 'b.yaml')), join('a', 'b.yaml'));
    assert.equal(shownPath(resolve('..well', 'b.yaml')), join('..well', 'b.yaml'));
  });

  it('is absolute elsewhere, however deep the current folder lies', () => {
    const above = dirname(process.cwd());
    for (const path of [process.cwd(), above, join(above, 'beside.yaml'), `${sep}registry`])
      assert.equal(shownPath(path), resolve(path));
  });
});
