import {
  type Command,
  MarkdownString,
  ThemeColor,
  ThemeIcon,
  TreeItem,
  TreeItemCollapsibleState,
  Uri,
} from 'vscode';
import type { RegistryBrick, RegistryVersion } from '../../protocol/registry';
import { agoText } from '../../protocol/runs/words';

const KINDS = {
  module: ['package', 'brick'],
  dataset: ['database', 'dataset'],
  model: ['symbol-structure', 'composition'],
} as const;

/** One row of the Registry view: a brick, with the newest version that can be taken. */
export function brickItem({ name, kind, versions, source, failure }: RegistryBrick): TreeItem {
  const [icon, what] = KINDS[kind];
  const newest = versions.find(({ yanked, broken }) => !yanked && broken === undefined);
  const item = new TreeItem(name, TreeItemCollapsibleState.Collapsed);
  item.id = `brick ${name}`;
  item.iconPath = new ThemeIcon(icon);
  const parts = [
    newest?.version ?? 'none to take',
    ...(source ? [`source ${source.version ?? ''}`.trim()] : []),
  ];
  item.description = failure ? 'cannot be read' : parts.join(' · ');
  item.tooltip = failure ?? `${what} with ${counted(versions.length, 'published version')}`;
  item.contextValue = `brick ${kind}`;
  label(item, [name, what, item.description, item.tooltip]);
  return item;
}

/** The file of the workspace: it is taken wherever a range admits its version. */
export function sourceItem({ name, source }: RegistryBrick): TreeItem {
  const item = new TreeItem(source?.version ?? 'no version', TreeItemCollapsibleState.None);
  item.id = `source ${name}`;
  item.iconPath = new ThemeIcon('edit');
  item.description = 'source in this workspace, wins';
  item.tooltip = 'It is taken before any published version, wherever a range admits its version.';
  item.contextValue = 'source';
  item.command = open(Uri.parse(source!.uri));
  label(item, [`${name} ${source?.version ?? ''}`, item.description]);
  return item;
}

export function versionItem(version: RegistryVersion): TreeItem {
  const { name, yanked, deprecated, broken, kind, uri } = version;
  const item = new TreeItem(version.version, TreeItemCollapsibleState.Collapsed);
  item.id = idOf(version);
  const [icon, color, state] = stateOf(version);
  item.iconPath = new ThemeIcon(icon, color === undefined ? undefined : new ThemeColor(color));
  item.description = [state, ...(version.time ? [agoText(version.time)] : [])].filter(Boolean).join(' · ');
  item.tooltip = tooltip(version);
  const flags = [
    yanked ? 'yanked' : 'taken',
    deprecated ? 'deprecated' : 'advised',
    broken ? 'broken' : 'sound',
  ];
  item.contextValue = ['version', kind, ...flags].join(' ');
  if (broken === undefined) item.command = open(Uri.parse(uri));
  label(item, [`${name} ${version.version}`, item.description, yanked?.reason, deprecated?.message, broken]);
  return item;
}

export function idOf({
  registry,
  name,
  version,
}: Pick<RegistryVersion, 'registry' | 'name' | 'version'>): string {
  return `version ${registry} ${name} ${version}`;
}

function stateOf({
  yanked,
  deprecated,
  broken,
  weights,
}: RegistryVersion): [string, string | undefined, string] {
  if (broken !== undefined) return ['error', 'list.errorForeground', 'damaged'];
  if (yanked) return ['circle-slash', 'testing.iconSkipped', 'yanked'];
  if (deprecated) return ['warning', 'list.warningForeground', 'deprecated'];
  return ['tag', undefined, weights ? 'with weights' : ''];
}

function tooltip(version: RegistryVersion): MarkdownString {
  const { name, yanked, deprecated, broken, time } = version;
  const rows: [string, string | undefined][] = [
    ['Version', `${name} ${version.version}`],
    ['Damaged', broken],
    ['Yanked', yanked && (yanked.reason || 'without a reason')],
    ['Deprecated', deprecated?.message],
    ['Instead', deprecated?.replacement],
    ['Hash', version.hash],
    ['Interface', version.interface],
    ['Weights', version.weights],
    ['Published', time && new Date(time).toLocaleString()],
    ['Registry', version.registry],
  ];
  const text = new MarkdownString();
  for (const [key, value] of rows)
    if (value !== undefined) text.appendMarkdown(`**${key}:** `).appendText(value).appendMarkdown('  \n');
  return text;
}

function open(uri: Uri): Command {
  return { command: 'vscode.open', title: 'Open', arguments: [uri] };
}

/** What a screen reader says. */
export function label(item: TreeItem, parts: (string | undefined)[]): void {
  item.accessibilityInformation = { label: parts.filter(Boolean).join(', '), role: 'treeitem' };
}

export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
