/** What must hold of every answer, whatever the text. */
import assert from 'node:assert/strict';
import { format } from '../../language/answers/format';
import { commentsIn, sameMeaning } from '../../language/answers/format/written';
import { linksIn } from '../../language/answers/links';
import { signatureAt } from '../../language/answers/signature';
import { applyEdits } from '../../language/syntax/edits';
import { parse } from '../../language/syntax/parse';
import type { Range, TreeNode } from '../../language/syntax/tree';
import type { Workspace } from '../../language/workspace';

/** Of the processor, so that other work on the machine does not count. */
const MOST_MS = 1000;

/** The operation that took longest, and how long. */
export const slowest = { name: '', ms: 0 };

export function timed<T>(name: string, work: () => T): T {
  const start = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(start);
  const ms = (user + system) / 1000;
  if (ms > slowest.ms) Object.assign(slowest, { name, ms });
  assert.ok(ms <= MOST_MS, `${name} took ${ms.toFixed(0)} ms`);
  return result;
}

/** Half of a character without its other half. */
const halves = /\p{Surrogate}/u;

function isBetweenHalves(text: string, offset: number): boolean {
  return /[\ud800-\udbff]/.test(text[offset - 1] ?? '') && /[\udc00-\udfff]/.test(text[offset] ?? '');
}

export function rangeHolds(what: string, text: string, { start, end }: Range): void {
  assert.ok(0 <= start && start <= end && end <= text.length, `${what}: ${start}-${end} of ${text.length}`);
  for (const offset of [start, end])
    assert.ok(!isBetweenHalves(text, offset), `${what}: ${offset} is inside of a character`);
}

export function treeHolds(text: string): void {
  const tree = timed('parse', () => parse(text));
  for (const { range } of tree.problems) rangeHolds('problem', text, range);
  const down = (node: TreeNode | undefined): void => {
    if (!node) return;
    rangeHolds(node.kind, text, node.range);
    if (node.kind === 'scalar') return;
    if (node.kind === 'sequence') for (const item of node.items) down(item);
    else
      for (const { key, value, range } of node.entries) {
        rangeHolds('entry', text, range);
        down(key);
        down(value);
      }
  };
  timed('walk', () => down(tree.root));
  layoutHolds(text);
}

function layoutHolds(text: string): void {
  const tree = parse(text);
  const edits = timed('format', () => format(tree));
  editsHold('format', text, edits);
  const once = applyEdits(text, edits);
  const after = parse(once);
  assert.ok(edits.length === 0 || sameMeaning(tree, after), 'formatting changed what the text says');
  assert.equal(commentsIn(after).length, commentsIn(tree).length, 'formatting lost a comment');
  assert.equal(applyEdits(once, format(after)), once, 'formatting again changes more');
}

export function editsHold(what: string, text: string, edits: { range: Range; text: string }[]): void {
  const sorted = [...edits].sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
  for (const [i, { range }] of sorted.entries()) {
    rangeHolds(what, text, range);
    assert.ok(i === 0 || sorted[i - 1]!.range.end <= range.start, `${what}: edits overlap`);
  }
}

type Placed = { file: string; range: Range };

/** Places in any files of the workspace. */
function placesHold(what: string, workspace: Workspace, places: Placed[]): void {
  for (const { file, range } of places) {
    const text = workspace.source(file)?.text;
    assert.ok(text !== undefined, `${what}: there is no file ${file}`);
    rangeHolds(what, text, range);
  }
}

export function editsHoldIn(what: string, workspace: Workspace, edits: (Placed & { text: string })[]): void {
  placesHold(what, workspace, edits);
  for (const file of new Set(edits.map((edit) => edit.file)))
    editsHold(
      what,
      workspace.source(file)!.text,
      edits.filter((edit) => edit.file === file),
    );
}

/** Findings of a file, and its fixes. */
export function findingsHold(workspace: Workspace, file: string): void {
  const findings = timed('check', () => workspace.check(file));
  const { text } = workspace.source(file)!;
  for (const finding of findings) {
    assert.equal(finding.file, file, `${finding.rule} is about another file`);
    // A text may say itself that something is not a number.
    const slips = /\.nan/i.test(text) ? /undefined|\[object/ : /undefined|\[object|NaN/;
    assert.ok(finding.message !== '' && !slips.test(finding.message), finding.message);
    assert.ok(!halves.test(finding.message) || halves.test(text), finding.message);
    placesHold(finding.rule, workspace, [finding, ...finding.related]);
  }
  for (const { range } of findings.slice(0, 6))
    for (const fix of timed('fixes', () => workspace.fixes(file, range)))
      editsHoldIn(fix.title, workspace, fix.edits);
  for (const finding of findings.slice(0, 2)) {
    const ignoring = timed('ignore', () => workspace.ignore(file, finding));
    if (ignoring) editsHold('ignore', text, [ignoring.edit]);
  }
}

/** What an editor asks about a whole file. */
export function overviewHolds(workspace: Workspace, file: string): void {
  const { text } = workspace.source(file)!;
  const all = { start: 0, end: text.length };
  const tokens = timed('tokens', () => workspace.tokens(file));
  for (const { range } of tokens) rangeHolds('token', text, range);
  for (const range of timed('folds', () => workspace.folds(file))) rangeHolds('fold', text, range);
  const kinds = new Set(['types', 'versions', 'parameters'] as const);
  for (const { offset } of timed('hints', () => workspace.hints(file, all, kinds)))
    rangeHolds('hint', text, { start: offset, end: offset });
  const outline = timed('outline', () => workspace.outline(file));
  for (const item of outline) itemHolds(text, item);
  const analysis = workspace.analysis(file)!;
  for (const { range } of timed('links', () => linksIn(analysis.source, analysis.catalogue)))
    rangeHolds('link', text, range);
  for (const { range } of timed('runnables', () => workspace.runnables(file)))
    rangeHolds('runnable', text, range);
  timed('named', () => workspace.named());
  timed('cost', () => workspace.cost(file));
  timed('plan', () => workspace.plan(file));
  timed('tests', () => workspace.tests(file));
}

type Item = ReturnType<Workspace['outline']>[number];

function itemHolds(text: string, { range, selection, children }: Item): void {
  rangeHolds('outline', text, range);
  rangeHolds('outline', text, selection);
  assert.ok(range.start <= selection.start && selection.end <= range.end, 'the name is outside of the item');
  for (const child of children) itemHolds(text, child);
}

/** What an editor asks at a place. */
export function answersHold(workspace: Workspace, file: string, offset: number): void {
  const { text } = workspace.source(file)!;
  const hover = timed('hover', () => workspace.hover(file, offset));
  if (hover) {
    rangeHolds('hover', text, hover.range);
    placesHold('hover fact', workspace, hover.facts ?? []);
  }
  for (const { replace, label } of timed('complete', () => workspace.complete(file, offset))) {
    rangeHolds(`candidate ${label}`, text, replace);
    assert.ok(replace.start <= offset && offset <= replace.end, `candidate ${label} replaces something else`);
  }
  placesHold(
    'definition',
    workspace,
    timed('definition', () => workspace.definition(file, offset)),
  );
  placesHold(
    'reference',
    workspace,
    timed('references', () => workspace.references(file, offset)),
  );
  const name = timed('renamable', () => workspace.renamable(file, offset));
  if ('range' in name) {
    rangeHolds('renamable', text, name.range);
    const renaming = timed('rename', () => workspace.rename(file, offset, 'renamed_here'));
    if ('edits' in renaming) editsHoldIn('rename', workspace, renaming.edits);
  }
  let inner: Range | undefined;
  for (const range of timed('selection', () => workspace.selection(file, offset))) {
    rangeHolds('selection', text, range);
    assert.ok(!inner || (range.start <= inner.start && inner.end <= range.end), 'selections do not grow');
    inner = range;
  }
  timed('signature', () => signatureAt(workspace.analysis(file)!, offset));
  const to = Math.min(text.length, offset + 40);
  for (const refactoring of timed('refactorings', () =>
    workspace.refactorings(file, { start: offset, end: to }),
  ))
    editsHoldIn('refactoring', workspace, editsOf(refactoring));
}

function editsOf(refactoring: ReturnType<Workspace['refactorings']>[number]) {
  return 'edits' in refactoring ? refactoring.edits : [];
}

export function unpolluted(): void {
  const made: Record<string, unknown> = {};
  assert.deepEqual([made.polluted, Object.keys(Object.prototype)], [undefined, []]);
}
