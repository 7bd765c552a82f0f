import {
  type CallHierarchyIncomingCall,
  type CallHierarchyItem,
  type CallHierarchyOutgoingCall,
  SymbolKind,
} from 'vscode-languageserver';
import { occurrenceAt } from '../../language/answers/definition';
import { type Relation, usedBy } from '../../language/answers/uses';
import type { Declaration } from '../../language/names/declarations';
import type { Feature, Session } from '../session';
import { usersOf } from '../users';

const KINDS = { module: SymbolKind.Class, dataset: SymbolKind.Struct, model: SymbolKind.Module };

/** Who uses a brick, a dataset or a composition, and what these use; a composition uses the one that it extends. */
export const calls: Feature = {
  capabilities: () => ({ callHierarchyProvider: true }),
  register(session) {
    const { connection, workspace } = session;
    connection.languages.callHierarchy.onPrepare(async (request) => {
      const at = await session.at(request);
      const analysis = at && workspace.analysis(at.file);
      if (!analysis) return null;
      const meaning = occurrenceAt(analysis, at.offset)?.meaning;
      const declaration =
        meaning?.kind === 'module'
          ? meaning.module
          : meaning?.kind === 'dataset'
            ? meaning.dataset
            : meaning?.kind === 'model'
              ? meaning.model
              : meaning?.kind === 'step' && meaning.inferred.target.kind === 'module'
                ? meaning.inferred.target.module
                : workspace.source(at.file)?.declaration;
      return declaration?.name ? [itemOf(session, declaration)] : null;
    });
    connection.languages.callHierarchy.onIncomingCalls(
      async ({ item }, token): Promise<CallHierarchyIncomingCall[]> => {
        const file = await session.find(item);
        const sought = file === undefined ? undefined : workspace.source(file)?.declaration;
        if (!sought) return [];
        const users = await usersOf(session, sought, token);
        return users.map((relation) => ({
          from: itemOf(session, relation.declaration),
          fromRanges: rangesOf(session, relation.source.file, relation),
        }));
      },
    );
    connection.languages.callHierarchy.onOutgoingCalls(
      async ({ item }): Promise<CallHierarchyOutgoingCall[]> => {
        const file = await session.find(item);
        const analysis = file === undefined ? undefined : workspace.analysis(file);
        const declaration = analysis?.source.declaration;
        if (!declaration) return [];
        return usedBy(declaration, analysis.catalogue).map((relation) => ({
          to: itemOf(session, relation.declaration),
          fromRanges: rangesOf(session, file!, relation),
        }));
      },
    );
  },
};

function itemOf(session: Session, declaration: Declaration): CallHierarchyItem {
  const { file, name, version, kind, root } = declaration;
  return {
    name: name?.value ?? kind,
    kind: KINDS[kind],
    detail: [version?.value, declaration.summary].filter(Boolean).join('  '),
    uri: session.files.uri(file),
    range: session.range(file, root.range),
    selectionRange: session.range(file, name?.range ?? root.range),
  };
}

function rangesOf(session: Session, file: string, { places }: Relation) {
  return places.map((range) => session.range(file, range));
}
