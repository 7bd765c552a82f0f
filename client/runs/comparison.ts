import {
  commands,
  type Disposable,
  EventEmitter,
  type TextDocumentContentProvider,
  Uri,
  window,
  workspace,
} from 'vscode';
import { type Comparison, compareRuns, differenceName } from '../../protocol/runs/compare';
import { changeText, valueText } from '../../protocol/runs/words';
import type { Run, Runs } from './runs';

const SCHEME = 'brique-comparison';

/** Pages that say what differs between runs, and what that can come from; made anew whenever they are opened. */
export class Comparisons implements TextDocumentContentProvider, Disposable {
  readonly #changed = new EventEmitter<Uri>();
  readonly #subscription: Disposable;

  readonly onDidChange = this.#changed.event;

  constructor(private readonly runs: Runs) {
    this.#subscription = workspace.registerTextDocumentContentProvider(SCHEME, this);
  }

  /** Rendered, or as text where no Markdown preview is installed. */
  async show(chosen: readonly Run[]): Promise<void> {
    if (chosen.length < 2) {
      void window.showInformationMessage('Select two runs or more to compare them.');
      return;
    }
    const folders = chosen.map(({ folder }) => folder);
    const uri = Uri.from({ scheme: SCHEME, path: '/Comparison.md', query: JSON.stringify(folders) });
    this.#changed.fire(uri);
    try {
      await commands.executeCommand('markdown.showPreview', uri);
    } catch {
      await window.showTextDocument(uri);
    }
  }

  provideTextDocumentContent(uri: Uri): string {
    const folders = JSON.parse(uri.query) as string[];
    const chosen = folders.flatMap((folder) => this.runs.get(folder) ?? []);
    if (chosen.length < 2) return 'These runs are no longer here.';
    return comparisonPage(compareRuns(chosen));
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }
}

/** In Markdown. */
export function comparisonPage({ runs, metrics, differences, same, conclusion }: Comparison): string {
  const ids = runs.map(({ id }) => id);
  const hasDifference = metrics.some(({ difference }) => difference !== undefined);
  const measured = metrics.map(({ name, split, values, difference }) => [
    `${name} (${split})`,
    ...values.map((value) => (value === undefined ? '–' : valueText(value))),
    ...(hasDifference ? [difference === undefined ? '' : changeText(difference)] : []),
  ]);
  const made = differences.map((difference) => [
    differenceName(difference),
    ...difference.values.map((value) => value ?? '–'),
  ]);
  return [
    `# ${runs
      .map(({ model }) => model)
      .filter((model, index, all) => all.indexOf(model) === index)
      .join(' and ')}`,
    conclusion,
    '## What they came to',
    measured.length > 0
      ? tableOf(['', ...ids, ...(hasDifference ? ['difference'] : [])], measured)
      : 'No run has a report.',
    '## What differs',
    made.length > 0 ? tableOf(['', ...ids], made) : 'Nothing.',
    ...(same.length > 0 ? [`The same in all of them: ${same.map((part) => `\`${part}\``).join(', ')}.`] : []),
  ].join('\n\n');
}

function tableOf(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.map(escaped).join(' | ')} |`;
  return [line(head), `|${head.map(() => ' --- |').join('')}`, ...rows.map(line)].join('\n');
}

/** What runs say is shown as it is. */
function escaped(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]<>|#&~]/g, '\\$&').replaceAll(/\s+/g, ' ');
}
