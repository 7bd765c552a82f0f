import {
  type CodeAction,
  CodeActionKind,
  type Diagnostic,
  type Range as LspRange,
} from 'vscode-languageserver';
import type { Fix } from '../../language/answers/answers';
import type { Feature, Session } from '../session';

const FIX_ALL = `${CodeActionKind.SourceFixAll}.brique`;

export const codeActions: Feature = {
  capabilities: () => ({ codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, FIX_ALL] } }),
  register(session) {
    session.connection.onCodeAction(async ({ textDocument, range, context }) => {
      const file = await session.find(textDocument);
      if (file === undefined) return [];
      const wanted = (kind: string) =>
        context.only?.some((only) => kind === only || kind.startsWith(`${only}.`)) ?? true;
      return [
        ...(wanted(CodeActionKind.QuickFix) ? quickFixes(session, file, range, context.diagnostics) : []),
        ...(context.only && wanted(FIX_ALL) ? fixAll(session, file) : []),
      ];
    });
  },
};

function quickFixes(
  session: Session,
  file: string,
  range: LspRange,
  diagnostics: Diagnostic[],
): CodeAction[] {
  const fixes = session.workspace.fixes(file, session.offsets(file, range));
  return fixes.map((fix) => {
    const solved = diagnostics.filter(
      (diagnostic) => diagnostic.code === fix.rule && startsAt(session, file, diagnostic, fix),
    );
    const alone =
      fixes.filter(({ rule, range }) => rule === fix.rule && range.start === fix.range.start).length === 1;
    return {
      title: fix.title,
      kind: CodeActionKind.QuickFix,
      diagnostics: solved,
      ...(fix.safe && alone ? { isPreferred: true } : {}),
      edit: session.workspaceEdit(fix.edits),
    };
  });
}

function startsAt(session: Session, file: string, diagnostic: Diagnostic, fix: Fix): boolean {
  return session.offsets(file, diagnostic.range).start === fix.range.start;
}

/** All fixes that keep the meaning and do not touch one another. */
function fixAll(session: Session, file: string): CodeAction[] {
  const end = session.workspace.source(file)?.text.length ?? 0;
  const chosen: Fix[] = [];
  for (const fix of session.workspace.fixes(file, { start: 0, end })) {
    if (fix.safe && !chosen.some((other) => touches(fix, other))) chosen.push(fix);
  }
  if (chosen.length === 0) return [];
  const edits = chosen.flatMap((fix) => fix.edits);
  return [{ title: 'Fix all that is safe to fix', kind: FIX_ALL, edit: session.workspaceEdit(edits) }];
}

function touches(one: Fix, other: Fix): boolean {
  return one.edits.some((a) =>
    other.edits.some(
      (b) => a.file === b.file && a.range.start <= b.range.end && b.range.start <= a.range.end,
    ),
  );
}
