import { relative } from 'node:path';
import type { Finding, Location } from '../../language/answers/answers';
import { lineMap } from '../../language/syntax/lines';
import type { Workspace } from '../../language/workspace';
import { waysOut } from './ways-out';

/** Findings for programs, with all files that were looked at. */
export function jsonOf(findings: Finding[], workspace: Workspace, files: string[]): object {
  const count = (severity: Finding['severity']) =>
    findings.filter((each) => each.severity === severity).length;
  return {
    files: files.map(display),
    ...findingsDocument(findings, workspace),
    summary: {
      files: files.length,
      errors: count('error'),
      warnings: count('warning'),
      information: count('information'),
      hints: count('hint'),
    },
  };
}

/** Lines and columns count from 1, columns in UTF-16 code units; ends are exclusive. */
export function findingsDocument(findings: Finding[], workspace: Workspace): { findings: unknown[] } {
  const ways = waysOut(findings, workspace);
  return {
    findings: findings.map((finding) => {
      const { rule, severity, message, help, related, ...at } = finding;
      const fixes = ways.get(finding);
      return {
        ...{ rule, severity, message },
        ...(help ? { help } : {}),
        ...(fixes ? { fixes } : {}),
        ...placeOf(at, workspace),
        related: related.map((each) => ({ message: each.message, ...placeOf(each, workspace) })),
      };
    }),
  };
}

export interface FilePlace {
  file: string;
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
}

export function placeOf({ file, range }: Location, workspace: Workspace): FilePlace {
  const lines = lineMap(workspace.source(file)?.text ?? '');
  const start = lines.place(range.start);
  const end = lines.place(range.end);
  return {
    file: display(file),
    line: start.line + 1,
    column: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}

/** Relative to the current folder, with forward slashes. */
export function display(file: string): string {
  return relative(process.cwd(), file).replaceAll('\\', '/');
}
