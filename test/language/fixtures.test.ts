import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rules } from '../../language/rules/rules';
import { Workspace } from '../../language/workspace';
import { libraryFiles } from './library';
import { markersIn, placeOf } from './markers';

const root = join(__dirname, 'fixtures');
const folders = readdirSync(root);

/** What a fixture is not about is not marked in it. */
const quiet = new Set(rules.filter((rule) => rule.severity === 'hint').map((rule) => rule.id));

describe('rules on fixtures', () => {
  for (const folder of folders) {
    describe(folder, () => {
      const files = readdirSync(join(root, folder)).filter((name) => name.endsWith('.brique.yaml'));
      const texts = new Map(files.map((name) => [name, readFileSync(join(root, folder, name), 'utf8')]));
      for (const [name, text] of texts) {
        it(`finds exactly what is marked in ${name}`, () => {
          const workspace = workspaceOf(texts);
          const found = workspace
            .check(name)
            .filter((finding) => finding.rule === folder || !quiet.has(finding.rule));
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
      }
    });
  }

  it('has a fixture for every rule', () => {
    const marked = new Set(
      folders.flatMap((folder) =>
        readdirSync(join(root, folder)).flatMap((name) =>
          markersIn(readFileSync(join(root, folder, name), 'utf8')).map((marker) => marker.rule),
        ),
      ),
    );
    assert.deepEqual(
      rules.map((rule) => rule.id).filter((id) => !marked.has(id)),
      [],
    );
  });
});

function workspaceOf(texts: Map<string, string>): Workspace {
  const workspace = new Workspace({
    dataFile: (_, pattern) => (pattern.startsWith('missing') ? 'missing' : 'unknown'),
  });
  for (const { file, text } of libraryFiles()) workspace.setFile(file, text, 'library');
  for (const [name, text] of texts) workspace.setFile(name, text);
  return workspace;
}
