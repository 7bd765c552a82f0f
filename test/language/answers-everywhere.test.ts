import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Candidate } from '../../language/answers/answers';
import { format } from '../../language/answers/format';
import { linksIn } from '../../language/answers/links';
import { signatureAt } from '../../language/answers/signature';
import { applyEdits } from '../../language/syntax/edits';
import { parse } from '../../language/syntax/parse';
import { Workspace } from '../../language/workspace';
import { withoutPlaceholders } from '../../server/features/completion';
import { libraryFiles } from './library';

const examples = join(__dirname, '../../examples');

function exampleFiles(): { file: string; text: string }[] {
  return readdirSync(examples, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.brique.yaml'))
    .map((name) => ({ file: join(examples, name), text: readFileSync(join(examples, name), 'utf8') }));
}

function loaded(): Workspace {
  const workspace = new Workspace();
  for (const { file, text } of libraryFiles()) workspace.setFile(file, text, 'library');
  for (const { file, text } of exampleFiles()) workspace.setFile(file, text);
  return workspace;
}

function inserted(text: string, { replace, insert, plain }: Candidate): string {
  return text.slice(0, replace.start) + (plain ?? withoutPlaceholders(insert)) + text.slice(replace.end);
}

const slips = (text: string) => parse(text).problems.filter(({ kind }) => kind === 'syntax').length;

/** Whatever an editor may ask at an offset. */
function askAll(workspace: Workspace, file: string, offset: number): Candidate[] {
  workspace.hover(file, offset);
  workspace.definition(file, offset);
  workspace.selection(file, offset);
  workspace.renamable(file, offset);
  signatureAt(workspace.analysis(file)!, offset);
  return workspace.complete(file, offset);
}

/** `tried`: texts that were looked at before, as each candidate comes again at every letter of a word. */
function assertPortsParse(workspace: Workspace, file: string, offset: number, tried = new Set<string>()) {
  const { text } = workspace.source(file)!;
  const before = slips(text);
  for (const candidate of askAll(workspace, file, offset)) {
    if (!['port', 'column', 'node'].includes(candidate.kind)) continue;
    const after = inserted(text, candidate);
    if (tried.has(after)) continue;
    tried.add(after);
    assert.ok(
      slips(after) <= before,
      `${candidate.label} at ${offset} of ${file}:\n${after.slice(Math.max(0, offset - 80), offset + 80)}`,
    );
  }
}

/** Whatever an editor may ask about a file. */
function askAboutAll(workspace: Workspace, file: string): void {
  const analysis = workspace.analysis(file)!;
  const { text, tree } = analysis.source;
  const end = text.length;
  workspace.tokens(file);
  workspace.hints(file, { start: 0, end }, new Set(['types', 'versions', 'parameters'] as const));
  workspace.outline(file);
  workspace.folds(file);
  workspace.cost(file);
  workspace.refactorings(file, { start: end >> 1, end });
  linksIn(analysis.source, analysis.catalogue);
  const once = applyEdits(text, format(tree));
  assert.equal(applyEdits(once, format(parse(once))), once);
}

describe('answers at every place', function () {
  this.timeout(120_000);

  for (const { file, text } of exampleFiles()) {
    const name = file.slice(examples.length + 1);
    it(`never fail in ${name}, and ports that are chosen parse`, () => {
      const workspace = loaded();
      const tried = new Set<string>();
      for (let offset = 0; offset <= text.length; offset++) assertPortsParse(workspace, file, offset, tried);
    });
    it(`never fail where ${name} is cut off`, () => {
      const workspace = loaded();
      // Every offset takes minutes; a step that shares no factor with the indentation meets every kind of place.
      for (let offset = 0; offset <= text.length; offset += 7) {
        workspace.setFile(file, text.slice(0, offset));
        if (offset % 3 === 0) askAboutAll(workspace, file);
        assertPortsParse(workspace, file, offset);
      }
    });
  }
});
