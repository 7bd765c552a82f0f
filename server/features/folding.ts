import type { SelectionRange } from 'vscode-languageserver';
import type { Feature } from '../session';

export const folding: Feature = {
  capabilities: () => ({ foldingRangeProvider: true, selectionRangeProvider: true }),
  register(session) {
    session.connection.onFoldingRanges(async ({ textDocument }, token) => {
      const file = await session.find(textDocument);
      if (file === undefined) return [];
      const folds = await session.answer(file, () => session.workspace.folding(file), token);
      const lines = session.files.lines(file);
      return folds.map((fold) => {
        const [start, end] = [lines.place(fold.start), lines.place(fold.end)];
        // A range that ends at the start of a line does not hold that line.
        return { startLine: start.line, endLine: end.character === 0 ? end.line - 1 : end.line };
      });
    });
    session.connection.onSelectionRanges(async ({ textDocument, positions }) => {
      const file = await session.find(textDocument);
      return positions.map((position): SelectionRange => {
        if (file === undefined) return { range: { start: position, end: position } };
        const { start: offset } = session.offsets(file, { start: position, end: position });
        const ranges = session.workspace.selection(file, offset);
        const chain = ranges.reduceRight<SelectionRange | undefined>(
          (parent, range) => ({ range: session.range(file, range), ...(parent ? { parent } : {}) }),
          undefined,
        );
        return chain ?? { range: { start: position, end: position } };
      });
    });
  },
};
