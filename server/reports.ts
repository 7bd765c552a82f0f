import {
  type Diagnostic,
  DiagnosticSeverity,
  DiagnosticTag,
  DocumentDiagnosticReportKind,
  type FullDocumentDiagnosticReport,
  type UnchangedDocumentDiagnosticReport,
} from 'vscode-languageserver';
import type { Finding, Severity } from '../language/answers/answers';
import { rulePageOf } from './rule-pages';
import type { Session } from './session';

const SEVERITIES: Record<Severity, DiagnosticSeverity> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};
const TAGS = { unnecessary: DiagnosticTag.Unnecessary, deprecated: DiagnosticTag.Deprecated } as const;

interface Result {
  id: string;
  items: Diagnostic[];
  /** What the items were made from: the same findings at the same places are the same result. */
  key: string;
}

/** What was found in each file, with an id by which an editor says that it has it already. */
export class Reports {
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

function diagnosticOf(session: Session, file: string, finding: Finding): Diagnostic {
  const { rule, severity, message, help, related, tags, range } = finding;
  const knowsRelated =
    session.client.textDocument?.diagnostic?.relatedInformation ??
    session.client.textDocument?.publishDiagnostics?.relatedInformation ??
    false;
  const knowsPages =
    session.client.textDocument?.diagnostic?.codeDescriptionSupport ??
    session.client.textDocument?.publishDiagnostics?.codeDescriptionSupport ??
    false;
  const href = knowsPages ? rulePageOf(session, rule) : undefined;
  return {
    range: session.range(file, range),
    severity: SEVERITIES[severity],
    source: 'brique',
    code: rule,
    ...(href ? { codeDescription: { href } } : {}),
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
