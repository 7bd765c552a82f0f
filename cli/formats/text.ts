import type { Finding, Severity } from '../../language/answers/answers';
import { type LineMap, lineMap } from '../../language/syntax/lines';
import type { Workspace } from '../../language/workspace';
import type { Paint, Style } from '../output';
import { shownPath } from '../shown-path';
import { codeFrame } from './frame';
import { waysOut } from './ways-out';

const STYLES: Record<Severity, Style> = {
  error: 'red',
  warning: 'yellow',
  information: 'blue',
  hint: 'cyan',
};

/** Findings for people: place, what is wrong, the code, what helps. */
export function textOf(findings: Finding[], workspace: Workspace, paint: Paint): string {
  const maps = new Map<string, { text: string; lines: LineMap }>();
  const known = (file: string) => {
    let map = maps.get(file);
    if (!map) {
      const text = workspace.source(file)?.text ?? '';
      map = { text, lines: lineMap(text) };
      maps.set(file, map);
    }
    return map;
  };
  const place = (file: string, offset: number) => {
    const { line, character } = known(file).lines.place(offset);
    return `${shownPath(file)}:${line + 1}:${character + 1}`;
  };
  const ways = waysOut(findings, workspace);
  return findings
    .map((finding) => {
      const { text, lines } = known(finding.file);
      const head = `${paint('bold', place(finding.file, finding.range.start))} ${paint(STYLES[finding.severity], finding.severity)} ${paint('dim', finding.rule)}`;
      const related = finding.related.map(
        ({ file, range, message }) => `  ${paint('dim', `${place(file, range.start)}:`)} ${message}`,
      );
      const help = [...(finding.help ? [finding.help] : []), ...tried(ways.get(finding))].map(
        (text) => `  ${paint('cyan', 'help:')} ${text}`,
      );
      return [
        head,
        `  ${finding.message.replaceAll('\n', '\n  ')}`,
        codeFrame(text, lines, finding.range, paint),
        ...related,
        ...help,
      ].join('\n');
    })
    .join('\n\n');
}

function tried(titles: readonly string[] = []): string[] {
  if (titles.length === 0) return [];
  return [`${titles.map((title) => title[0]!.toLowerCase() + title.slice(1)).join(', or ')} (tried)`];
}

/** `2 errors, 1 warning in 7 files`. */
export function summaryOf(findings: Finding[], files: number): string {
  const counts = (['error', 'warning', 'information', 'hint'] as const).flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    const word = severity === 'information' ? 'note' : severity;
    return count > 0 ? [`${count} ${word}${count > 1 ? 's' : ''}`] : [];
  });
  return `${counts.join(', ') || 'No findings'} in ${files} file${files === 1 ? '' : 's'}`;
}
