import { DEFAULT_REGISTRIES } from '../names/published';
import type { SourceFile } from '../names/source-file';
import { type RuleSettings, type Severities, severitiesFor, workspaceFileOf } from '../rules/severities';
import { asText, get, itemsOf, toValue } from '../syntax/path';

/** How rules weigh and which engine is chosen, by the editor's settings and the workspace files. */
export class Settings {
  /** By name, so that of two in one folder the same one counts whichever came first. */
  #files: readonly SourceFile[];
  rules: RuleSettings;
  /** One that is asked about, whatever the workspace files choose. */
  engine: string | undefined;

  constructor(from?: Settings) {
    this.#files = from ? from.#files : [];
    this.rules = from ? from.rules : new Map();
    this.engine = from?.engine;
  }

  severitiesOf(file: string): Severities {
    return severitiesFor(file, this.#files, this.rules);
  }

  engineOf(file: string): string | undefined {
    return this.engine ?? asText(get(this.fileFor(file)?.tree.root, 'engine'));
  }

  /** Where the root that a file is in has its published versions. */
  registriesOf(file: string): readonly string[] {
    const written = get(this.fileFor(file)?.tree.root, 'registries');
    return written ? itemsOf(written).flatMap((item) => asText(item) ?? []) : DEFAULT_REGISTRIES;
  }

  /** All that is said for whatever file, as text. */
  get everything(): string {
    const rules = [...this.rules].sort(([a], [b]) => (a < b ? -1 : 1));
    const files = this.#files.map((source) => [source.file, said(source)]);
    return JSON.stringify([rules, files, this.engine ?? null]);
  }

  /** The workspace file nearest above a file. */
  fileFor(file: string): SourceFile | undefined {
    return workspaceFileOf(file, this.#files);
  }

  /** Whether what this says may be something else now, for some file. */
  replace(file: string, after: SourceFile | undefined): boolean {
    const before = this.#files.find((source) => source.file === file);
    const isOne = after?.kind === 'workspace';
    if (!before && !isOne) return false;
    const others = this.#files.filter((source) => source !== before);
    this.#files = (isOne ? [...others, after] : others).sort((a, b) => (a.file < b.file ? -1 : 1));
    return !before || !isOne || said(before) !== said(after);
  }
}

function said({ tree }: SourceFile): string {
  return JSON.stringify([
    toValue(get(tree.root, 'rules')),
    toValue(get(tree.root, 'engine')),
    toValue(get(tree.root, 'registries')),
  ]);
}
