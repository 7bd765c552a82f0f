import {
  Disposable,
  EventEmitter,
  type TreeDataProvider,
  type TreeItem,
  type TreeView,
  window,
} from 'vscode';
import type { RegistryBrick, RegistryVersion, VersionId } from '../../protocol/registry';
import type { Published } from '../registry/published';
import { type Relative, relativeItem, relativesOf } from './lineage-item';
import { brickItem, idOf, label, sourceItem, versionItem } from './registry-item';

export type RegistryNode =
  | { kind: 'brick'; brick: RegistryBrick }
  | { kind: 'source'; brick: RegistryBrick }
  | { kind: 'version'; brick: RegistryBrick; version: RegistryVersion }
  | { kind: 'relative'; relative: Relative; parent: RegistryNode };

/** Bricks, their published versions, and where these came from, in the side bar. */
export class RegistryView implements TreeDataProvider<RegistryNode>, Disposable {
  readonly #changed = new EventEmitter<undefined>();
  readonly #subscriptions: Disposable;
  readonly #view: TreeView<RegistryNode>;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(private readonly published: Published) {
    this.#view = window.createTreeView('brique.registry', { treeDataProvider: this, showCollapseAll: true });
    this.#subscriptions = Disposable.from(
      this.#view,
      this.#changed,
      published.onDidChange(() => this.#changed.fire(undefined)),
    );
  }

  async getChildren(node?: RegistryNode): Promise<RegistryNode[]> {
    if (!node) return (await this.published.bricks()).map((brick) => ({ kind: 'brick', brick }));
    const { kind } = node;
    if (kind === 'brick') return childrenOf(node.brick);
    if (kind !== 'version') return [];
    const lineage = await this.published.lineage(node.version);
    const relatives = lineage ? relativesOf(lineage) : [];
    const shown = relatives.length > 0 ? relatives : [NOTHING];
    return shown.map((relative) => ({ kind: 'relative', relative, parent: node }));
  }

  getTreeItem(node: RegistryNode): TreeItem {
    if (node.kind === 'brick') return brickItem(node.brick);
    if (node.kind === 'source') return sourceItem(node.brick);
    if (node.kind === 'relative') return relativeItem(node.relative);
    const item = versionItem(node.version);
    const { source } = node.brick;
    if (source?.version !== node.version.version) return item;
    // The number is the same, so whoever names it gets the source.
    item.description = ['source wins', item.description].filter(Boolean).join(' · ');
    item.contextValue += ' hidden';
    label(item, [item.accessibilityInformation?.label, 'the source of the workspace wins over it']);
    return item;
  }

  getParent(node: RegistryNode): RegistryNode | undefined {
    if (node.kind === 'brick') return undefined;
    return node.kind === 'relative' ? node.parent : { kind: 'brick', brick: node.brick };
  }

  get selection(): readonly RegistryNode[] {
    return this.#view.selection;
  }

  /** Opens the tree down to where a version came from. */
  async showLineage(id: VersionId): Promise<void> {
    const brick = (await this.published.bricks()).find(({ name }) => name === id.name);
    const version = brick?.versions.find((each) => idOf(each) === idOf(id));
    if (!brick || !version) return;
    await this.#view.reveal({ kind: 'version', brick, version }, { expand: true, focus: true, select: true });
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }
}

const NOTHING: Relative = {
  relation: 'no weights, no runs',
  name: 'Nothing came of it yet',
  icon: 'dash',
};

function childrenOf(brick: RegistryBrick): RegistryNode[] {
  const versions = brick.versions.map((version): RegistryNode => ({ kind: 'version', brick, version }));
  return brick.source ? [{ kind: 'source', brick }, ...versions] : versions;
}
