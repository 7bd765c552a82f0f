import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Location } from '../../../language/answers/answers';
import { occurrencesIn } from '../../../language/answers/occurrences';
import { inPlainSight } from '../../../language/answers/plain-uses';
import { findingUses, soughtAt } from '../../../language/answers/references';
import { allAtOnce } from '../../../language/gradual';
import { loadWorkspace } from '../../../registry/sources';

const repository = join(__dirname, '../../..');

describe('what others name of a brick', () => {
  it('is found in what they declare, where it is found with all that is inferred', () => {
    let compared = 0;
    for (const folder of ['examples/reviews', 'test/language/fixtures']) {
      const { workspace, files } = loadWorkspace([join(repository, folder)]);
      for (const file of files) {
        const analysis = workspace.analysis(file)!;
        for (const { range } of occurrencesIn(analysis)) {
          const sought = soughtAt(analysis, range.start);
          if (!sought || sought.declared.file === file) continue;
          const plain = inPlainSight(analysis.source, sought.meaning, workspace.names(file));
          if (!plain) continue;
          const inferred = allAtOnce(findingUses(analysis, sought));
          const found = plain.map((each) => ({ file, range: each }));
          assert.deepEqual(found.sort(byPlace), inferred.sort(byPlace), `${file} ${range.start}`);
          compared += 1;
        }
      }
    }
    assert.ok(compared > 1_000, `${compared}`);
  });
});

function byPlace(a: Location, b: Location): number {
  return a.range.start - b.range.start;
}
