import { loaded } from './corpus';
import { answersHold, findingsHold, overviewHolds, slowest, treeHolds, unpolluted } from './holds';
import { hostile } from './hostile';

const SIZE = 150;

describe('what is written to hurt', () => {
  const workspace = loaded([]);

  after(() => console.log(`      slowest: ${slowest.name}, ${slowest.ms.toFixed(0)} ms`));

  for (const { name, texts } of hostile) {
    it(`does no harm: ${name}`, () => {
      const all = Object.entries(texts(SIZE));
      const [file, text] = all[0]!;
      treeHolds(text);
      for (const [path, each] of all) workspace.setFile(path, each);
      findingsHold(workspace, file);
      overviewHolds(workspace, file);
      for (const place of [0.1, 0.5, 0.99]) answersHold(workspace, file, Math.floor(place * text.length));
      unpolluted();
      for (const [path] of all) workspace.removeFile(path);
    });
  }
});
