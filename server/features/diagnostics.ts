import {
  type Diagnostic,
  DiagnosticSeverity,
  DiagnosticTag,
  DocumentDiagnosticReportKind,
  type FullDocumentDiagnosticReport,
  type UnchangedDocumentDiagnosticReport,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver';
import type { Finding, Severity } from '../../language/answers/answers';
import { idOf } from '../paths';
import type { Feature, Session } from '../session';

const SEVERITIES: Record<Severity, DiagnosticSeverity> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};
const TAGS = { unnecessary: DiagnosticTag.Unnecessary, deprecated: DiagnosticTag.Deprecated } as const;

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
  languages.diagnostics.on(async ({ textDocument, previousResultId }) => {
    const file = await session.find(textDocument);
    if (file === undefined) return { kind: DocumentDiagnosticReportKind.Full, items: [] };
    const related = session.client.textDocument?.diagnostic?.relatedDocumentSupport
      ? reports.related(file)
      : undefined;
    const report = reports.report(file, previousResultId);
    return related ? { ...report, relatedDocuments: related } : report;
  });
  languages.diagnostics.onWorkspace(async ({ previousResultIds }) => {
    await session.loaded;
    const previous = new Map(previousResultIds.map(({ uri, value }) => [idOf(uri), value]));
    const files = session.workspace.files();
    const gone = [...previous.keys()].filter((file) => !files.includes(file));
    const items: WorkspaceDocumentDiagnosticReport[] = files.map((file) => {
      const report = reports.report(file, previous.get(file));
      return { uri: session.files.uri(file), version: session.files.version(file), ...report };
    });
    const none = { version: null, kind: DocumentDiagnosticReportKind.Full } as const;
    return {
      items: [...items, ...gone.map((file) => ({ uri: session.files.uri(file), ...none, items: [] }))],
    };
  });
}

function refresh(session: Session): void {
  if (session.client.workspace?.diagnostics?.refreshSupport)
    void session.connection.languages.diagnostics.refresh();
}

interface Result {
  id: string;
  items: Diagnostic[];
  /** What the items were made from: the same findings at the same places are the same result. */
  key: string;
}

/** What was found in each file, with an id by which an editor says that it has it already. */
class Reports {
  readonly #results = new Map<string, Result>();
  /** Of each file, what other files can see of it. */
  readonly #interfaces = new Map<string, string>();
  #count = 0;

  constructor(readonly session: Session) {}

  result(file: string): Result {
    const items = this.#check(file);
    const key = JSON.stringify(items);
    const known = this.#results.get(file);
    if (known?.key === key) return known;
    const result = { id: String(++this.#count), items, key };
    this.#results.set(file, result);
    return result;
  }

  /** A fault of ours in one file must not end the conversation about all others. */
  #check(file: string): Diagnostic[] {
    const { workspace, connection } = this.session;
    try {
      return workspace.check(file).map((finding) => diagnosticOf(this.session, file, finding));
    } catch (error) {
      connection.console.error(`${file}: ${(error as Error).stack}`);
      const message = `Brique could not check this file, which is a fault in Brique: ${(error as Error).message}`;
      const start = { line: 0, character: 0 };
      return [
        { range: { start, end: start }, severity: DiagnosticSeverity.Error, source: 'brique', message },
      ];
    }
  }

  report(
    file: string,
    has: string | undefined,
  ): FullDocumentDiagnosticReport | UnchangedDocumentDiagnosticReport {
    const { id, items } = this.result(file);
    return id === has
      ? { kind: DocumentDiagnosticReportKind.Unchanged, resultId: id }
      : { kind: DocumentDiagnosticReportKind.Full, resultId: id, items };
  }

  /** New findings in other files, when this file's interface has changed since it was last asked about. */
  related(file: string): Record<string, FullDocumentDiagnosticReport> | undefined {
    const { workspace, files } = this.session;
    const seen = workspace.source(file)?.interfaceKey ?? '';
    const before = this.#interfaces.get(file);
    this.#interfaces.set(file, seen);
    if (before === undefined || before === seen) return undefined;
    const changed = workspace.files().flatMap((other): [string, FullDocumentDiagnosticReport][] => {
      const known = this.#results.get(other);
      if (other === file || !known) return [];
      const { id, items } = this.result(other);
      const report = { kind: DocumentDiagnosticReportKind.Full, resultId: id, items } as const;
      return id === known.id ? [] : [[files.uri(other), report]];
    });
    return changed.length > 0 ? Object.fromEntries(changed) : undefined;
  }
}

/** Sends findings; changes that come in one go are checked once. */
class Push {
  /** What the editor shows: by URI, the id of the result. */
  readonly #sent = new Map<string, string>();
  #waiting = false;

  constructor(
    readonly session: Session,
    readonly reports: Reports,
  ) {}

  soon(): void {
    if (this.#waiting) return;
    this.#waiting = true;
    // After the messages that are already here, so that only the newest text is checked.
    void this.session.loaded.then(() =>
      setImmediate(() => {
        this.#waiting = false;
        this.#send();
      }),
    );
  }

  #send(): void {
    const { connection, files, workspace } = this.session;
    const shown = [
      ...new Set([...files.openIds().filter((id) => workspace.source(id)), ...workspace.files()]),
    ];
    const gone = new Set(this.#sent.keys());
    for (const file of shown) {
      const uri = files.uri(file);
      gone.delete(uri);
      const { id, items } = this.reports.result(file);
      if (
        this.#sent.get(uri) === id ||
        (items.length === 0 && !this.#sent.has(uri) && files.version(file) === null)
      )
        continue;
      this.#sent.set(uri, id);
      const version = files.version(file);
      void connection.sendDiagnostics({ uri, diagnostics: items, ...(version === null ? {} : { version }) });
    }
    for (const uri of gone) {
      this.#sent.delete(uri);
      void connection.sendDiagnostics({ uri, diagnostics: [] });
    }
  }
}

function diagnosticOf(session: Session, file: string, finding: Finding): Diagnostic {
  const { rule, severity, message, help, related, tags, range } = finding;
  const knowsRelated =
    session.client.textDocument?.diagnostic?.relatedInformation ??
    session.client.textDocument?.publishDiagnostics?.relatedInformation ??
    false;
  return {
    range: session.range(file, range),
    severity: SEVERITIES[severity],
    source: 'brique',
    code: rule,
    message: help === undefined ? message : `${message}\nhelp: ${help}`,
    ...(tags ? { tags: tags.map((tag) => TAGS[tag]) } : {}),
    ...(knowsRelated && related.length > 0
      ? {
          relatedInformation: related.map((place) => ({
            message: place.message,
            location: session.location(place),
          })),
        }
      : {}),
  };
}
