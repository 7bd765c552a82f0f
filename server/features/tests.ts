import { declaredTests } from '../../language/plan/test';
import { lineMap } from '../../language/syntax/lines';
import { type BrickTests, TESTS_REQUEST } from '../../protocol/tests';
import type { Feature } from '../session';

/** Which tests the bricks of the workspace declare, for the editor's list of tests. */
export const tests: Feature = {
  capabilities: () => ({}),
  register(session) {
    session.connection.onRequest(TESTS_REQUEST, async (): Promise<BrickTests[]> => {
      await session.loaded;
      const { workspace, files } = session;
      const found = workspace.files().flatMap((file): BrickTests[] => {
        const source = workspace.source(file);
        const module = source?.declaration;
        if (module?.kind !== 'module' || !module.name || module.tests.length === 0) return [];
        const lines = lineMap(source!.text);
        const lineOf = (offset: number) => lines.place(offset).line + 1;
        return [
          {
            module: module.name.value,
            uri: files.uri(file),
            line: lineOf(module.name.range.start),
            tests: declaredTests(module).map(({ name, range }) => ({ name, line: lineOf(range.start) })),
          },
        ];
      });
      return found.sort((a, b) => a.module.localeCompare(b.module));
    });
  },
};
