import {
  type CompletionItem,
  CompletionItemKind,
  CompletionItemTag,
  InsertTextFormat,
  InsertTextMode,
  MarkupKind,
} from 'vscode-languageserver';
import type { Candidate } from '../../language/answers/answers';
import type { Feature, Session } from '../session';

const KINDS: Record<Candidate['kind'], CompletionItemKind> = {
  key: CompletionItemKind.Property,
  value: CompletionItemKind.EnumMember,
  op: CompletionItemKind.Function,
  module: CompletionItemKind.Module,
  dataset: CompletionItemKind.Struct,
  part: CompletionItemKind.Variable,
  port: CompletionItemKind.Interface,
  column: CompletionItemKind.Field,
  param: CompletionItemKind.Property,
  node: CompletionItemKind.Variable,
  type: CompletionItemKind.TypeParameter,
};

const MANY = 100;

export const completion: Feature = {
  capabilities: () => ({
    completionProvider: { triggerCharacters: [' ', ':', '.', '$', '/', '@', '{', '[', ','] },
  }),
  register(session) {
    session.connection.onCompletion(async (request) => {
      const at = await session.at(request);
      const candidates = at ? session.workspace.complete(at.file, at.offset) : [];
      // Of many, the best are worked out as more is typed.
      const isIncomplete = candidates.length > MANY;
      return { isIncomplete, items: candidates.map((each, index) => itemOf(session, at!.file, each, index)) };
    });
  },
};

function itemOf(session: Session, file: string, candidate: Candidate, index: number): CompletionItem {
  const { label, kind, detail, documentation, insert, plain, replace, rank, deprecated } = candidate;
  const snippets = session.client.textDocument?.completion?.completionItem?.snippetSupport === true;
  return {
    label,
    kind: KINDS[kind],
    ...(detail === undefined ? {} : { detail }),
    ...(documentation === undefined
      ? {}
      : { documentation: { kind: MarkupKind.Markdown, value: documentation } }),
    ...(deprecated ? { tags: [CompletionItemTag.Deprecated] } : {}),
    sortText: `${rank}${String(index).padStart(4, '0')}`,
    filterText: label,
    textEdit: {
      range: session.range(file, replace),
      newText: snippets ? insert : (plain ?? withoutPlaceholders(insert)),
    },
    insertTextFormat: snippets ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    insertTextMode: InsertTextMode.adjustIndentation,
  };
}

/** `${1:default}` becomes `default`, `$0` nothing. */
export function withoutPlaceholders(snippet: string): string {
  return snippet
    .replace(/\$\{\d+\|([^,|}]*)[^}]*\}/g, '$1')
    .replace(/\$\{\d+(?::([^}]*))?\}/g, '$1')
    .replace(/\$\d+/g, '')
    .replace(/\\([$}\\])/g, '$1');
}
