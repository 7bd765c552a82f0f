import { loaded } from './corpus';
import { answersHold, findingsHold, overviewHolds, slowest, treeHolds, unpolluted } from './holds';
import { hostile } from './hostile';

const SIZE = 400;

describe('what is written to hurt', () => {
  after(() => console.log(`      slowest: ${slowest.name}, ${slowest.ms.toFixed(0)} ms`));

  for (const { name, texts } of hostile) {
    it(`does no harm: ${name}`, () => {
      const all = Object.entries(texts(SIZE));
      const [file, text] = all[0]!;
      treeHolds(text);
      const workspace = loaded(all);
      findingsHold(workspace, file);
      overviewHolds(workspace, file);
      for (const place of [0.1, 0.5, 0.99]) answersHold(workspace, file, Math.floor(place * text.length));
      unpolluted();
    });
  }
});
