import { type DocumentSymbol, type SymbolInformation, SymbolKind } from 'vscode-languageserver';
import type { OutlineItem } from '../../language/answers/answers';
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
    session.connection.onDocumentSymbol(async ({ textDocument }) => {
      const file = await session.find(textDocument);
      if (file === undefined) return [];
      const symbols = session.workspace.outline(file).map((item) => symbolOf(session, file, item));
      const nests = session.client.textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport === true;
      return nests ? symbols : symbols.flatMap((symbol) => flat(symbol, textDocument.uri));
    });
  },
};

function symbolOf(session: Session, file: string, item: OutlineItem): DocumentSymbol {
  return {
    name: item.name || '…',
    ...(item.detail === undefined ? {} : { detail: item.detail }),
    kind: KINDS[item.kind],
    range: session.range(file, item.range),
    selectionRange: session.range(file, item.selection),
    children: item.children.map((child) => symbolOf(session, file, child)),
  };
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
