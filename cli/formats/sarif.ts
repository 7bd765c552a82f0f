import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { Finding } from '../../language/answers/answers';
import { rules } from '../../language/rules/rules';
import type { Workspace } from '../../language/workspace';
import { rulePage } from '../../registry/rule-pages';
import { placeOf } from './json';

const LEVELS = { error: 'error', warning: 'warning', information: 'note', hint: 'note' } as const;

/** SARIF 2.1.0 (OASIS), as code scanning of GitHub and others reads it. */
export function sarifOf(findings: Finding[], workspace: Workspace, version: string): unknown {
  const used = [...new Set(findings.map(({ rule }) => rule))].sort();
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'brique', version, rules: used.map(ruleOf) } },
        columnKind: 'utf16CodeUnits',
        results: findings.map((finding) => ({
          ruleId: finding.rule,
          ruleIndex: used.indexOf(finding.rule),
          level: LEVELS[finding.severity],
          message: { text: finding.help ? `${finding.message}\n${finding.help}` : finding.message },
          locations: [locationOf(finding, workspace)],
          relatedLocations: finding.related.map((related) => ({
            ...locationOf(related, workspace),
            message: { text: related.message },
          })),
        })),
      },
    ],
  };
}

function ruleOf(id: string): unknown {
  const rule = rules.find((candidate) => candidate.id === id);
  const page = rulePage(id);
  return {
    id,
    ...(rule
      ? {
          shortDescription: { text: rule.summary },
          fullDescription: { text: rule.why },
          defaultConfiguration: { level: LEVELS[rule.severity], enabled: rule.optIn !== true },
        }
      : {}),
    ...(page
      ? {
          helpUri: pathToFileURL(page).href,
          help: { text: rule?.why ?? id, markdown: readFileSync(page, 'utf8') },
        }
      : {}),
  };
}

function locationOf(location: Parameters<typeof placeOf>[0], workspace: Workspace) {
  const { file, line, column, endLine, endColumn } = placeOf(location, workspace);
  return {
    physicalLocation: {
      artifactLocation: { uri: file.split('/').map(encodeURIComponent).join('/') },
      region: { startLine: line, startColumn: column, endLine, endColumn },
    },
  };
}
