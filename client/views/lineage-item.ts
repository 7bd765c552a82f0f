import { ThemeIcon, TreeItem, TreeItemCollapsibleState, Uri } from 'vscode';
import type { Lineage, VersionId } from '../../protocol/registry';
import { label } from './registry-item';

/** One thing that a version came from, or that came from it. */
export interface Relative {
  /** What it has to do with the version: `trained by`, `used by`. */
  relation: string;
  name: string;
  icon: string;
  tooltip?: string;
  /** Where a click leads. */
  to?: { version: VersionId } | { run: string } | { file: string };
}

/** In the order of time: what was before it, then what came after. */
export function relativesOf({ run, data, parents, children, runs, failure }: Lineage): Relative[] {
  if (failure !== undefined)
    return [{ relation: 'cannot be said', name: 'Lineage', icon: 'error', tooltip: failure }];
  const trainedBy = run && {
    relation: run.folder ? 'trained by' : 'trained by, no longer here',
    name: run.id,
    icon: 'graph-line',
    tooltip: [run.model, run.part && `part ${run.part}`].filter(Boolean).join(', '),
    ...(run.folder ? { to: { run: run.folder } } : {}),
  };
  return [
    ...(trainedBy ? [trainedBy] : []),
    ...data.map(({ name, version, hash, uri }) => ({
      relation: 'trained on',
      name: `${name} ${version}`,
      icon: 'database',
      tooltip: hash,
      ...(uri === undefined ? {} : { to: { file: uri } }),
    })),
    ...parents.map(({ name, version, hash, registry }) => ({
      relation: registry === undefined ? 'started from, not at hand' : 'started from',
      name: `${name} ${version}`,
      icon: 'git-commit',
      tooltip: hash,
      ...(registry === undefined ? {} : { to: { version: { registry, name, version } } }),
    })),
    ...children.map((version) => ({
      relation: 'went into',
      name: `${version.name} ${version.version}`,
      icon: 'git-merge',
      to: { version },
    })),
    ...runs.map(({ id, folder, model, parts }) => ({
      relation: `used by run of ${model}`,
      name: id,
      icon: 'graph-line',
      tooltip: `as ${parts.join(', ')}`,
      to: { run: folder },
    })),
  ];
}

export function relativeItem({ relation, name, icon, tooltip, to }: Relative): TreeItem {
  const item = new TreeItem(name, TreeItemCollapsibleState.None);
  item.description = relation;
  item.iconPath = new ThemeIcon(icon);
  if (tooltip) item.tooltip = tooltip;
  item.contextValue = 'relative';
  label(item, [relation, name, tooltip]);
  if (!to) return item;
  if ('file' in to) item.command = { command: 'vscode.open', title: 'Open', arguments: [Uri.parse(to.file)] };
  else if ('run' in to)
    item.command = { command: 'brique.registry.openRun', title: 'Open Run', arguments: [to.run] };
  else
    item.command = { command: 'brique.registry.showLineage', title: 'Show Lineage', arguments: [to.version] };
  return item;
}
