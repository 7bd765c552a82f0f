import assert from 'node:assert/strict';
import type { TextEdit } from '../../language/answers/answers';
import { rules } from '../../language/rules/rules';
import type { Range } from '../../language/syntax/tree';
import type { Workspace } from '../../language/workspace';
import { fixtures, workspaceOf } from '../../scripts/rule-fixtures';
import { markersIn, placeOf } from '../../scripts/rule-markers';

/** True of most bricks here, and marked only where the fixture is about them. */
const everywhere = new Set(['card-missing', 'module-untested']);

const all = fixtures();

/** Whether a place touches what an edit has written. */
function meets(place: Range, { range, text }: TextEdit): boolean {
  return place.start <= range.start + text.length && range.start <= place.end;
}

function findingsOf(workspace: Workspace, file: string, fixture: string) {
  return workspace.check(file).filter(({ rule }) => rule === fixture || !everywhere.has(rule));
}

describe('rules on fixtures', () => {
  for (const fixture of all) {
    const { name: folder, texts, good } = fixture;
    describe(folder, () => {
      for (const [name, text] of texts) {
        it(`finds exactly what is marked in ${name}`, () => {
          const workspace = workspaceOf(texts, fixture);
          const found = findingsOf(workspace, name, folder);
          const markers = markersIn(text);
          const shown = found.map((finding) => ({
            rule: finding.rule,
            ...placeOf(text, finding.range),
            message: finding.message,
          }));
          assert.deepEqual(
            shown.map(({ message: _, ...place }) => place),
            markers.map(({ rule, line, start, end }) => ({ rule, line, start, end })),
            `found:\n${shown.map((one) => `  ${one.line + 1}:${one.start}-${one.end} ${one.rule}: ${one.message}`).join('\n')}`,
          );
          markers.forEach((marker, i) => {
            if (marker.message)
              assert.ok(
                shown[i]!.message.includes(marker.message),
                `${shown[i]!.message}\ndoes not say\n${marker.message}`,
              );
            if (marker.fix) {
              const titles = workspace
                .fixes(name, found[i]!.range)
                .filter((fix) => fix.rule === marker.rule)
                .map((fix) => fix.title);
              assert.ok(titles.includes(marker.fix), `fixes: ${titles.join('; ') || 'none'}`);
            }
          });
        });

        it(`offers only fixes that help in ${name}`, () => {
          const before = workspaceOf(texts, fixture);
          const found = before.check(name);
          for (const fix of before.fixes(name, { start: 0, end: text.length })) {
            const after = workspaceOf(texts, fixture);
            after.apply(fix.edits);
            const left = after.check(name);
            const news = left.filter((one) => countOf(left, one) > countOf(found, one));
            // What a word gives meaning to may be wrong elsewhere, which nobody could see before.
            const isUncovered = ({ range }: { range: Range }) =>
              fix.title.startsWith('Change ') && !fix.edits.some((edit) => meets(range, edit));
            const worst = fix.safe
              ? news
              : news.filter((one) => one.severity === 'error' && !isUncovered(one));
            assert.deepEqual(worst, [], `${fix.title} brings findings`);
            assert.ok(left.length < found.length || news.length > 0, `${fix.title} changes nothing`);
          }
        });

        it(`has no safe fix left after all of them in ${name}`, () => {
          const workspace = workspaceOf(texts, fixture);
          for (const [file, fixed] of workspace.fixAll(name).texts) workspace.setFile(file, fixed);
          const end = workspace.source(name)!.text.length;
          assert.deepEqual(
            workspace.fixes(name, { start: 0, end }).filter(({ safe }) => safe),
            [],
          );
          assert.deepEqual(workspace.fixAll(name).done, []);
        });
      }

      for (const name of good.keys()) {
        it(`finds nothing in the mended ${name}`, () => {
          assert.deepEqual(findingsOf(workspaceOf([...texts, ...good], fixture), name, folder), []);
        });
      }
    });
  }

  it('has a fixture for every rule', () => {
    const marked = new Set(
      all.flatMap(({ texts }) =>
        [...texts.values()].flatMap((text) => markersIn(text).map((marker) => marker.rule)),
      ),
    );
    assert.deepEqual(
      rules.map((rule) => rule.id).filter((id) => !marked.has(id)),
      [],
    );
  });
});

function countOf<T extends { rule: string; message: string }>(findings: T[], { rule, message }: T): number {
  return findings.filter((other) => other.rule === rule && other.message === message).length;
}
