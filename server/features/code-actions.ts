import {
  type CodeAction,
  CodeActionKind,
  type Diagnostic,
  type Range as LspRange,
} from 'vscode-languageserver';
import type { Fix } from '../../language/answers/answers';
import type { Gradual } from '../../language/gradual';
import { refactorings } from '../refactorings';
import { silencing } from '../rule-actions';
import type { Feature, Session } from '../session';

const FIX_ALL = `${CodeActionKind.SourceFixAll}.brique`;

export const codeActions: Feature = {
  capabilities: () => ({
    codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.Refactor, FIX_ALL] },
  }),
  register(session) {
    session.connection.onCodeAction(async ({ textDocument, range, context }, token) => {
      const file = await session.find(textDocument);
      if (file === undefined) return [];
      const wanted = (kind: string) =>
        context.only?.some((only) => kind === only || kind.startsWith(`${only}.`)) ?? true;
      const offered = () => [
        ...(wanted(CodeActionKind.QuickFix) ? quickFixes(session, file, range, context.diagnostics) : []),
        ...(wanted(CodeActionKind.QuickFix) ? silencing(session, file, context.diagnostics) : []),
        ...refactorings(session, file, range, wanted),
      ];
      const gathering = function* () {
        const actions = yield* session.workspace.trying(offered);
        return context.only && wanted(FIX_ALL) ? [...actions, ...(yield* fixAll(session, file))] : actions;
      };
      return session.answer(file, gathering, token);
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

/** All fixes that keep the meaning, one after the other, as one edit a file. */
function* fixAll(session: Session, file: string): Gradual<CodeAction[]> {
  const { done, texts } = yield* session.workspace.fixingAll(file);
  if (done.length === 0) return [];
  const edits = [...texts].map(([each, text]) => {
    const before = session.workspace.source(each)?.text ?? '';
    return { file: each, ...differenceOf(before, text) };
  });
  return [{ title: 'Fix all that is safe to fix', kind: FIX_ALL, edit: session.workspaceEdit(edits) }];
}

/** The one edit between what two texts begin and end with alike. */
function differenceOf(
  before: string,
  after: string,
): { range: { start: number; end: number }; text: string } {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start++;
  let same = 0;
  while (same < most - start && before.at(-1 - same) === after.at(-1 - same)) same++;
  return { range: { start, end: before.length - same }, text: after.slice(start, after.length - same) };
}
