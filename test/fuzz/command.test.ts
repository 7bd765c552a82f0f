import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import fc from 'fast-check';
import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver';
import { findingsOf } from '../../cli/findings';
import { type FilePlace, findingsDocument } from '../../cli/formats/json';
import type { Severity } from '../../language/answers/answers';
import { loadWorkspace } from '../../registry/sources';
import { uriOf } from '../../server/paths';
import { type Client, connect, said } from '../server/client';
import { explore, limit } from './budget';
import { shown, wounded } from './damage';

const PART = 0.1;

interface Said extends FilePlace {
  rule: string;
  severity: Severity;
  message: string;
  help?: string;
}

/** A finding in one line, as both can say it. */
type Line = string;

const inLine = (
  rule: unknown,
  severity: string,
  [line, column, endLine, endColumn]: number[],
  message: string,
): Line => `${line}:${column}-${endLine}:${endColumn} ${severity} ${String(rule)}: ${message}`;

/** As `brique check --json` prints them, by file name. */
async function commandFindings(folder: string): Promise<Map<string, Line[]>> {
  const loaded = loadWorkspace([folder]);
  const findings = await findingsOf(loaded, loaded.files, undefined, undefined);
  const document = findingsDocument(findings, loaded.workspace) as { findings: Said[] };
  const lines = new Map<string, Line[]>(loaded.files.map((file) => [basename(file), []]));
  for (const { file, rule, severity, line, column, endLine, endColumn, message, help } of document.findings) {
    const text = help === undefined ? message : `${message}\nhelp: ${help}`;
    lines.get(basename(file))!.push(inLine(rule, severity, [line, column, endLine, endColumn], text));
  }
  return lines;
}

const severities: Record<DiagnosticSeverity, Severity> = {
  [DiagnosticSeverity.Error]: 'error',
  [DiagnosticSeverity.Warning]: 'warning',
  [DiagnosticSeverity.Information]: 'information',
  [DiagnosticSeverity.Hint]: 'hint',
};

function diagnosticLine(diagnostic: Diagnostic): Line {
  const { code, severity, range } = diagnostic;
  const { start, end } = range;
  const places = [start.line + 1, start.character + 1, end.line + 1, end.character + 1];
  return inLine(code, severities[severity!], places, said(diagnostic));
}

describe('the command and the editor', () => {
  it('find the same in files on disk, also where one of them is open', async () => {
    const inputs = fc.array(wounded, { minLength: 1, maxLength: 3 });
    let found = 0;
    await explore(
      PART,
      inputs,
      async (wounds) => {
        const folder = mkdtempSync(join(tmpdir(), 'brique-fuzz-'));
        const client: Client = connect();
        try {
          const { others } = wounds[0]!;
          const texts = new Map([...others].map(([path, text]) => [basename(path), text]));
          // Half of a character cannot be in a file.
          for (const { file, text } of wounds) texts.set(basename(file), Buffer.from(text).toString());
          mkdirSync(folder, { recursive: true });
          for (const [name, text] of texts) writeFileSync(join(folder, name), text);
          const byCommand = await commandFindings(folder);
          found += [...byCommand.values()].flat().length;

          await client.start([folder]);
          // An editor reads a byte order mark away, and so does whoever opens a file here.
          const [first] = texts;
          await client.open(uriOf(join(folder, first![0])), first![1].replace(/^\ufeff/, ''));
          for (const [name, lines] of byCommand) {
            const { items } = await client.pull(uriOf(join(folder, name)));
            assert.deepEqual(items.map(diagnosticLine).sort(), lines.sort(), relative(folder, name));
          }
        } finally {
          await client.stop();
          rmSync(folder, { recursive: true, force: true });
        }
      },
      (wounds) => wounds.map(shown).join('\n\n'),
    );
    assert.ok(found > 0, 'something is found');
  }).timeout(limit(PART));
});
