import { type DocumentSymbol, type SymbolInformation, SymbolKind } from 'vscode-languageserver';
import type { OutlineItem } from '../../language/answers/answers';
import type { Gradual } from '../../language/gradual';
import type { Feature, Session } from '../session';

const KINDS: Record<OutlineItem['kind'], SymbolKind> = {
  module: SymbolKind.Module,
  dataset: SymbolKind.Struct,
  model: SymbolKind.Class,
  section: SymbolKind.Namespace,
  input: SymbolKind.Interface,
  output: SymbolKind.Interface,
  param: SymbolKind.Property,
  node: SymbolKind.Function,
  part: SymbolKind.Object,
  task: SymbolKind.Event,
  column: SymbolKind.Field,
  test: SymbolKind.Method,
};

export const outline: Feature = {
  capabilities: () => ({ documentSymbolProvider: true }),
  register(session) {
    session.connection.onDocumentSymbol(async ({ textDocument }, token) => {
      const file = await session.find(textDocument);
      if (file === undefined) return [];
      const asked = () => describing(session, file, session.workspace.outline(file));
      const symbols = await session.answer(file, asked, token);
      const nests = session.client.textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport === true;
      return nests ? symbols : symbols.flatMap((symbol) => flat(symbol, textDocument.uri));
    });
  },
};

function* describing(session: Session, file: string, items: OutlineItem[]): Gradual<DocumentSymbol[]> {
  const symbols: DocumentSymbol[] = [];
  for (const item of items) {
    symbols.push({
      name: item.name || '…',
      ...(item.detail === undefined ? {} : { detail: item.detail }),
      kind: KINDS[item.kind],
      range: session.range(file, item.range),
      selectionRange: session.range(file, item.selection),
      children: yield* describing(session, file, item.children),
    });
    yield;
  }
  return symbols;
}

/** For editors that know no nesting. */
function flat(symbol: DocumentSymbol, uri: string, containerName?: string): SymbolInformation[] {
  const { name, kind, range, children = [] } = symbol;
  const own: SymbolInformation = {
    name,
    kind,
    location: { uri, range },
    ...(containerName ? { containerName } : {}),
  };
  return [own, ...children.flatMap((child) => flat(child, uri, name))];
}
