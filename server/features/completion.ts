import {
  type CompletionItem,
  CompletionItemKind,
  CompletionItemTag,
  InsertTextFormat,
  InsertTextMode,
  MarkupKind,
} from 'vscode-languageserver';
import type { Candidate } from '../../language/answers/answers';
import type { At, Feature, Session } from '../session';

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
  snippet: CompletionItemKind.Snippet,
};

/** What is told of these is short. */
const BESIDE = new Set<Candidate['kind']>([
  'port',
  'column',
  'node',
  'param',
  'module',
  'dataset',
  'key',
  'type',
]);

/** Of more than this, those that have the letters typed so far, and the best of them; asked again as more is typed. */
const MANY = 200;

export const completion: Feature = {
  capabilities: () => ({
    completionProvider: { triggerCharacters: [' ', ':', '.', '$', '/', '@', '{', '[', ','] },
  }),
  register(session) {
    session.connection.onCompletion(async (request) => {
      const at = await session.at(request);
      if (!at) return { isIncomplete: false, items: [] };
      const candidates = session.workspace.complete(at.file, at.offset);
      const isMany = candidates.length > MANY;
      const isIncomplete = isMany || candidates.some(({ partial }) => partial);
      const offered = isMany ? best(candidates, typedBefore(session, at)) : candidates;
      return { isIncomplete, items: offered.map((each, index) => itemOf(session, at.file, each, index)) };
    });
  },
};

function typedBefore({ workspace }: Session, { file, offset }: At): (candidate: Candidate) => string {
  const text = workspace.source(file)?.text ?? '';
  return ({ replace }) =>
    text
      .slice(replace.start, offset)
      .replace(/^[\s'"]+/, '')
      .toLowerCase();
}

/** In the order of their ranks, those whose label has the letters that were typed, one after the other. */
function best(candidates: Candidate[], typed: (candidate: Candidate) => string): Candidate[] {
  const fitting = candidates.filter((candidate) => holds(candidate.label.toLowerCase(), typed(candidate)));
  return fitting.sort((a, b) => a.rank - b.rank).slice(0, MANY);
}

function holds(label: string, letters: string): boolean {
  let at = -1;
  return [...letters].every((letter) => {
    at = label.indexOf(letter, at + 1);
    return at >= 0;
  });
}

function itemOf(session: Session, file: string, candidate: Candidate, index: number): CompletionItem {
  const { label, kind, detail, documentation, insert, plain, replace, rank, deprecated } = candidate;
  const client = session.client.textDocument?.completion?.completionItem;
  const snippets = client?.snippetSupport === true;
  // Beside every row, not only beside the one that is chosen; longer ones would leave no room for the name.
  const isBeside = client?.labelDetailsSupport === true && BESIDE.has(kind) && detail !== undefined;
  return {
    label,
    kind: KINDS[kind],
    ...(isBeside ? { labelDetails: { description: detail } } : detail === undefined ? {} : { detail }),
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
