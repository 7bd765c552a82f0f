import type { TextEdit } from 'vscode-languageserver';
import { formatting as layingOut } from '../../language/answers/format';
import type { Gradual } from '../../language/gradual';
import type { Range } from '../../language/syntax/tree';
import type { Feature, Session } from '../session';

/** Layout without a change of meaning. A broken file is left as it is, silently: it is being typed. */
export const formatting: Feature = {
  capabilities: () => ({ documentFormattingProvider: true, documentRangeFormattingProvider: true }),
  register(session) {
    session.connection.onDocumentFormatting(async ({ textDocument }, token) => {
      const file = await session.find(textDocument);
      return file === undefined ? [] : session.answer(file, () => edits(session, file), token);
    });
    session.connection.onDocumentRangeFormatting(async ({ textDocument, range }, token) => {
      const file = await session.find(textDocument);
      if (file === undefined) return [];
      return session.answer(file, () => edits(session, file, session.offsets(file, range)), token);
    });
  },
};

function* edits(session: Session, file: string, within?: Range): Gradual<TextEdit[]> {
  const tree = session.workspace.source(file)?.tree;
  return tree
    ? (yield* layingOut(tree, within)).map(({ range, text }) => ({
        range: session.range(file, range),
        newText: text,
      }))
    : [];
}
