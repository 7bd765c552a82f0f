/** Changes of form, as the editor offers them. */
import { type CodeAction, CodeActionKind, type Range as LspRange } from 'vscode-languageserver';
import type { Refactoring } from '../language/answers/refactor';
import type { Session } from './session';

const KINDS = {
  extract: CodeActionKind.RefactorExtract,
  inline: CodeActionKind.RefactorInline,
  rewrite: CodeActionKind.RefactorRewrite,
};

/** Those that make a file are for editors that can. */
export function refactorings(
  session: Session,
  file: string,
  range: LspRange,
  wanted: (kind: string) => boolean,
): CodeAction[] {
  if (!Object.values(KINDS).some(wanted)) return [];
  const canCreate = session.client.workspace?.workspaceEdit?.resourceOperations?.includes('create') ?? false;
  return session.workspace
    .refactorings(file, session.offsets(file, range))
    .filter(({ kind, create }) => wanted(KINDS[kind]) && (canCreate || !create))
    .map((refactoring) => ({
      title: refactoring.title,
      kind: KINDS[refactoring.kind],
      edit: editOf(session, refactoring),
    }));
}

function editOf(session: Session, { edits, create }: Refactoring) {
  const edit = session.workspaceEdit(edits);
  if (!create) return edit;
  const uri = session.files.uri(create.file);
  const start = { line: 0, character: 0 };
  return {
    documentChanges: [
      { kind: 'create' as const, uri },
      {
        textDocument: { uri, version: null },
        edits: [{ range: { start, end: start }, newText: create.text }],
      },
      ...(edit.documentChanges ?? []),
    ],
  };
}
