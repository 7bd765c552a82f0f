import type { Finding } from '../../language/answers/answers';
import type { Workspace } from '../../language/workspace';
import { placeOf } from './json';

const COMMANDS = { error: 'error', warning: 'warning', information: 'notice', hint: 'notice' } as const;

/** Workflow commands of GitHub Actions, which show findings at their lines. */
export function githubOf(findings: Finding[], workspace: Workspace): string {
  return findings
    .map((finding) => {
      const { file, line, column, endLine, endColumn } = placeOf(finding, workspace);
      const text = finding.help ? `${finding.message}\n${finding.help}` : finding.message;
      const place = `file=${property(file)},line=${line},endLine=${endLine},col=${column},endColumn=${endColumn}`;
      return `::${COMMANDS[finding.severity]} ${place},title=${property(finding.rule)}::${data(text)}`;
    })
    .join('\n');
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
