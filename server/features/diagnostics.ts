import { DocumentDiagnosticReportKind, type WorkspaceDocumentDiagnosticReport } from 'vscode-languageserver';
import { stopIfCancelled } from '../cancel';
import { idOf } from '../paths';
import { Push } from '../push';
import { Reports } from '../reports';
import type { Feature, Session } from '../session';
import { inSlices } from '../slices';

/** Editors ask for findings when they want them; to those that cannot ask, findings are sent. */
export const diagnostics: Feature = {
  capabilities: (client) =>
    client.textDocument?.diagnostic
      ? {
          diagnosticProvider: {
            identifier: 'brique',
            interFileDependencies: true,
            workspaceDiagnostics: true,
          },
        }
      : {},
  register(session) {
    const reports = new Reports(session);
    answerRequests(session, reports);
    const push = new Push(session, reports);
    session.onChange((ids) => {
      if (!session.client.textDocument?.diagnostic) push.soon();
      // Open documents are asked for by themselves; what happens on disk is news.
      else if (ids.some((id) => session.files.version(id) === null)) refresh(session);
    });
  },
};

function answerRequests(session: Session, reports: Reports): void {
  const { languages } = session.connection;
  languages.diagnostics.on(async ({ textDocument, previousResultId }, token) => {
    const file = await findSoon(session, textDocument);
    stopIfCancelled(token);
    if (file === undefined) return { kind: DocumentDiagnosticReportKind.Full, items: [] };
    const report = reports.report(file, previousResultId);
    const related = session.client.textDocument?.diagnostic?.relatedDocumentSupport
      ? await reports.related(file, token)
      : undefined;
    return related ? { ...report, relatedDocuments: related } : report;
  });
  languages.diagnostics.onWorkspace(async ({ previousResultIds }, token, _, partial) => {
    await session.loaded;
    const { files, workspace } = session;
    const previous = new Map(previousResultIds.map(({ uri, value }) => [idOf(uri), value]));
    let items: WorkspaceDocumentDiagnosticReport[] = [];
    for await (const file of inSlices(workspace.files())) {
      stopIfCancelled(token);
      await session.prepared(file);
      if (!workspace.source(file)) continue;
      const report = reports.report(file, previous.get(file));
      items.push({ uri: files.uri(file), version: files.version(file), ...report });
      if (!partial || items.length < BATCH) continue;
      partial.report({ items });
      items = [];
    }
    for (const file of previous.keys()) {
      if (workspace.source(file)) continue;
      items.push({ uri: files.uri(file), version: null, kind: DocumentDiagnosticReportKind.Full, items: [] });
    }
    // After the answer.
    setImmediate(() => session.allChecked());
    return { items };
  });
}

/** Without waiting for files that do not concern it, where the editor can be told to ask again. */
async function findSoon(session: Session, document: { uri: string }): Promise<string | undefined> {
  const file = session.files.find(document.uri);
  const isEarly = file !== undefined && session.client.workspace?.diagnostics?.refreshSupport;
  return isEarly && (await session.canFind(file)) ? file : session.find(document);
}

/** How many files are told at once to an editor that takes results in parts. */
const BATCH = 100;

function refresh(session: Session): void {
  if (session.client.workspace?.diagnostics?.refreshSupport)
    void session.connection.languages.diagnostics.refresh();
}
