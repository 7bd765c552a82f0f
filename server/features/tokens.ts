import {
  type CancellationToken,
  type Range as LspRange,
  type SemanticTokens,
  SemanticTokensBuilder,
} from 'vscode-languageserver';
import type { TokenKind } from '../../language/answers/answers';
import type { Gradual } from '../../language/gradual';
import type { Feature, Session } from '../session';

const kinds: TokenKind[] = [
  'class',
  'struct',
  'function',
  'property',
  'parameter',
  'variable',
  'namespace',
  'event',
  'typeParameter',
];
const modifiers = ['declaration', 'deprecated'];

export const tokens: Feature = {
  capabilities: () => ({
    semanticTokensProvider: {
      legend: { tokenTypes: kinds, tokenModifiers: modifiers },
      full: { delta: true },
      range: true,
    },
  }),
  register(session) {
    const { semanticTokens } = session.connection.languages;
    /** What the editor has of each document, to say only what is new. */
    const sent = new Map<string, SemanticTokens>();
    let count = 0;
    const all = async (uri: string, file: string, token: CancellationToken): Promise<SemanticTokens> => {
      const data = await session.answer(file, () => gathering(session, file), token);
      const result = { resultId: String(++count), data };
      for (const id of sent.keys()) if (!session.files.isOpen(id)) sent.delete(id);
      sent.set(uri, result);
      return result;
    };
    semanticTokens.on(async ({ textDocument: { uri } }, token) => {
      const file = await session.find({ uri });
      return file === undefined ? { data: [] } : all(uri, file, token);
    });
    semanticTokens.onRange(async ({ textDocument, range }) => {
      const file = await session.find(textDocument);
      if (file === undefined) return { data: [] };
      return { data: await session.answer(file, () => gathering(session, file, range)) };
    });
    semanticTokens.onDelta(async ({ textDocument: { uri }, previousResultId }, token) => {
      const file = await session.find({ uri });
      if (file === undefined) return { data: [] };
      const before = sent.get(uri);
      const now = await all(uri, file, token);
      if (before?.resultId !== previousResultId) return now;
      const edit = difference(before.data, now.data);
      return { resultId: now.resultId!, edits: edit ? [edit] : [] };
    });
  },
};

function* gathering(session: Session, file: string, range?: LspRange): Gradual<number[]> {
  const builder = new SemanticTokensBuilder();
  const within = range && session.offsets(file, range);
  const found = yield* session.workspace.findingTokens(file, within);
  for (const { range, kind, declaration, deprecated } of found) {
    yield;
    if (within && (range.end < within.start || within.end < range.start)) continue;
    const { start, end } = session.range(file, range);
    if (start.line !== end.line) continue;
    const bits = (declaration ? 1 : 0) | (deprecated ? 2 : 0);
    builder.push(start.line, start.character, end.character - start.character, kinds.indexOf(kind), bits);
  }
  return builder.build().data;
}

/** The one edit between what both begin and end with. */
function difference(before: number[], now: number[]) {
  const most = Math.min(before.length, now.length);
  let start = 0;
  while (start < most && before[start] === now[start]) start++;
  if (start === before.length && start === now.length) return undefined;
  let same = 0;
  while (same < most - start && before.at(-1 - same) === now.at(-1 - same)) same++;
  return { start, deleteCount: before.length - same - start, data: now.slice(start, now.length - same) };
}
