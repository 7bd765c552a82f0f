/** Code actions that silence: one finding with a reason, or a rule in the whole workspace. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type CodeAction, CodeActionKind, type Diagnostic, type WorkspaceEdit } from 'vscode-languageserver';
import { WORKSPACE_FILE } from '../language/names/roots';
import { rules } from '../language/rules/rules';
import { lineMap } from '../language/syntax/lines';

import { isPath, uriOf } from './paths';
import type { Session } from './session';

export function silencing(session: Session, file: string, diagnostics: Diagnostic[]): CodeAction[] {
  return diagnostics.flatMap((diagnostic) => {
    const rule = rules.find(({ id }) => id === diagnostic.code && diagnostic.source === 'brique');
    if (!rule || rule.aboutText) return [];
    return [
      ...ignoreHere(session, file, rule.id, diagnostic),
      ...turnOff(session, file, rule.id, diagnostic),
    ];
  });
}

function ignoreHere(session: Session, file: string, rule: string, diagnostic: Diagnostic): CodeAction[] {
  const ignoring = session.workspace.ignore(file, { rule, range: session.offsets(file, diagnostic.range) });
  if (!ignoring) return [];
  const { placeCursor } = session.options;
  const { line, character } = lineMap(ignoring.text).place(ignoring.reasonAt);
  const title = `Ignore \`${rule}\` here, with a reason`;
  return [
    {
      title,
      kind: CodeActionKind.QuickFix,
      diagnostics: [diagnostic],
      edit: session.workspaceEdit([ignoring.edit]),
      ...(placeCursor
        ? { command: { title, command: placeCursor, arguments: [session.files.uri(file), line, character] } }
        : {}),
    },
  ];
}

function turnOff(session: Session, file: string, rule: string, diagnostic: Diagnostic): CodeAction[] {
  const edit = session.workspace.turnOff(file, rule);
  const change = edit ? session.workspaceEdit([edit]) : newWorkspaceFile(session, file, rule);
  const title = `Turn off \`${rule}\` in the workspace file`;
  return change ? [{ title, kind: CodeActionKind.QuickFix, diagnostics: [diagnostic], edit: change }] : [];
}

/** For editors that can make files; in the folder that is open, so that all of it stays one root. */
function newWorkspaceFile({ client, files }: Session, file: string, rule: string): WorkspaceEdit | undefined {
  const canCreate = client.workspace?.workspaceEdit?.resourceOperations?.includes('create');
  if (!canCreate || !isPath(file)) return undefined;
  const path = join(files.folderOf(file) ?? dirname(file), WORKSPACE_FILE);
  if (existsSync(path)) return undefined;
  const uri = uriOf(path);
  const start = { line: 0, character: 0 };
  const newText = `kind: workspace\nrules: { ${rule}: off }\n`;
  return {
    documentChanges: [
      { kind: 'create', uri, options: { ignoreIfExists: true } },
      { textDocument: { uri, version: null }, edits: [{ range: { start, end: start }, newText }] },
    ],
  };
}
