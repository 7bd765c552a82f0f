import {
  type CancellationToken,
  type Diagnostic,
  DiagnosticSeverity,
  DiagnosticTag,
  DocumentDiagnosticReportKind,
  type FullDocumentDiagnosticReport,
  type UnchangedDocumentDiagnosticReport,
} from 'vscode-languageserver';
import type { Finding, Severity } from '../language/answers/answers';
import { stopIfCancelled } from './cancel';
import { rulePageOf } from './rule-pages';
import type { Session } from './session';
import { pauses } from './slices';

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
  /** What the items were made from: the workspace gives the same array as long as nothing changes. */
  findings: Finding[] | undefined;
}

const PUBLISHED: Finding[] = [];

type Full = FullDocumentDiagnosticReport;

/** What was found in each file, with an id by which an editor says that it has it already. */
export class Reports {
  readonly #results = new Map<string, Result>();
  /** Of each file, the id of the result that the editor was told last. */
  readonly #told = new Map<string, string>();
  #count = 0;

  constructor(readonly session: Session) {}

  result(file: string): Result {
    const known = this.#results.get(file);
    const findings = this.#check(file);
    if (known && 'all' in findings && known.findings === findings.all) return known;
    const items =
      'fault' in findings
        ? findings.fault
        : findings.all.map((finding) => diagnosticOf(this.session, file, finding));
    const isSame = known && JSON.stringify(known.items) === JSON.stringify(items);
    const result = {
      id: isSame ? known.id : String(++this.#count),
      items,
      findings: 'all' in findings ? findings.all : undefined,
    };
    this.#results.set(file, result);
    return result;
  }

  /** A fault of ours in one file must not end the conversation about all others. */
  #check(file: string): { all: Finding[] } | { fault: Diagnostic[] } {
    const { workspace, connection } = this.session;
    // What was published is checked where it is used.
    if (workspace.source(file)?.origin === 'registry') return { all: PUBLISHED };
    try {
      return { all: workspace.check(file) };
    } catch (error) {
      connection.console.error(`${file}: ${(error as Error).stack}`);
      const message = `Brique could not check this file, which is a fault in Brique: ${(error as Error).message}`;
      const start = { line: 0, character: 0 };
      const range = { start, end: start };
      return { fault: [{ range, severity: DiagnosticSeverity.Error, source: 'brique', message }] };
    }
  }

  report(file: string, has: string | undefined): Full | UnchangedDocumentDiagnosticReport {
    const { id, items } = this.result(file);
    this.#told.set(file, id);
    return id === has
      ? { kind: DocumentDiagnosticReportKind.Unchanged, resultId: id }
      : { kind: DocumentDiagnosticReportKind.Full, resultId: id, items };
  }

  /**
   * Findings of other files that are no longer what the editor was told. Pauses for other messages; ends early, and
   * forgets nothing, when the editor no longer waits.
   */
  async related(file: string, token: CancellationToken): Promise<Record<string, Full> | undefined> {
    const { workspace, files } = this.session;
    const changed = new Map<string, Result>();
    const pause = pauses();
    for (const [other, told] of [...this.#told]) {
      if (other === file) continue;
      if (!workspace.source(other)) {
        this.#forget(other);
        continue;
      }
      await this.session.prepared(other);
      if (!workspace.source(other)) continue;
      const result = this.result(other);
      if (result.id !== told) changed.set(other, result);
      const waited = pause();
      if (!waited) continue;
      await waited;
      stopIfCancelled(token);
    }
    for (const [other, { id }] of changed) this.#told.set(other, id);
    if (changed.size === 0) return undefined;
    return Object.fromEntries(
      [...changed].map(([other, { id, items }]): [string, Full] => [
        files.uri(other),
        { kind: DocumentDiagnosticReportKind.Full, resultId: id, items },
      ]),
    );
  }

  #forget(file: string): void {
    this.#told.delete(file);
    this.#results.delete(file);
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
