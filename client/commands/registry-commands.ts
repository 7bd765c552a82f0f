import { commands, Disposable, env, Uri, window, workspace } from 'vscode';
import type { FlagRequest, RegistryVersion, VersionId } from '../../protocol/registry';
import { mayRun } from '../may-run';
import { foldersOnDisk } from '../models';
import type { RunPanels } from '../panels/run-panels';
import type { Published } from '../registry/published';
import { relativeTo } from '../runs/paths';
import type { Runs } from '../runs/runs';
import type { Launches } from '../tasks/launches';
import type { BriqueTasks } from '../tasks/provider';
import type { RegistryNode, RegistryView } from '../views/registry-view';

interface Parts {
  published: Published;
  view: RegistryView;
  tasks: BriqueTasks;
  launches: Launches;
  runs: Runs;
  panels: RunPanels;
}

type VersionNode = Extract<RegistryNode, { kind: 'version' }>;

/** Commands on published versions: those of the tree's rows. What changes something asks first. */
export function registerRegistryCommands(parts: Parts): Disposable {
  const { published, view } = parts;
  const on = (name: string, act: (node: VersionNode) => unknown) =>
    commands.registerCommand(`brique.registry.${name}`, (clicked?: RegistryNode) => {
      const node = clicked ?? view.selection[0];
      return node?.kind === 'version' ? act(node) : undefined;
    });
  return Disposable.from(
    on('open', ({ version }) => commands.executeCommand('vscode.open', Uri.parse(version.uri))),
    on('compare', (node) => compare(node)),
    on('diff', (node) => diff(parts, node)),
    on('copyReference', ({ version }) => env.clipboard.writeText(`${version.name}@^${version.version}`)),
    on('copyHash', ({ version }) => env.clipboard.writeText(version.hash ?? '')),
    on('yank', ({ version }) => yank(published, version)),
    on('unyank', ({ version }) => flag(published, { ...idIn(version), flag: 'unyank' })),
    on('deprecate', ({ version }) => deprecate(published, version)),
    on('undeprecate', ({ version }) => flag(published, { ...idIn(version), flag: 'undeprecate' })),
    commands.registerCommand('brique.registry.showLineage', (clicked?: RegistryNode | VersionId) => {
      const id =
        clicked && 'kind' in clicked ? (clicked.kind === 'version' ? clicked.version : undefined) : clicked;
      return id && view.showLineage(id);
    }),
    commands.registerCommand('brique.registry.openRun', (folder: unknown) => openRun(parts, folder)),
    commands.registerCommand('brique.registry.refresh', () => published.refresh()),
  );
}

/** Text against text, beside each other. */
async function compare({ brick, version }: VersionNode): Promise<void> {
  if (!brick.source) {
    void window.showInformationMessage(`${brick.name} has no source in this workspace.`);
    return;
  }
  const title = `${version.name} ${version.version} ↔ ${brick.source.version ?? 'source'} of the workspace`;
  await commands.executeCommand('vscode.diff', Uri.parse(version.uri), Uri.parse(brick.source.uri), title);
}

/** What changed, whom it breaks and what the number must be: `brique diff` in a terminal. */
async function diff({ tasks, launches }: Parts, { brick, version }: VersionNode): Promise<void> {
  const source = brick.source && Uri.parse(brick.source.uri);
  const folder = source ? workspace.getWorkspaceFolder(source) : foldersOnDisk()[0];
  if (!source || !folder || !(await mayRun(source))) return;
  const versions = [`${version.name}@${version.version}`, relativeTo(folder, source)];
  await launches.start(tasks.ofFolder(folder, 'diff', versions));
}

async function yank(published: Published, version: RegistryVersion): Promise<void> {
  if (!(await mayChange())) return;
  const reason = await window.showInputBox({
    title: `Yank ${version.name} ${version.version}?`,
    prompt: 'It stays for those who have it locked, and is not chosen any more. Why?',
    validateInput: (text) =>
      text.trim() === '' ? 'Those who have it locked will read the reason.' : undefined,
  });
  if (reason) await flag(published, { ...idIn(version), flag: 'yank', reason: reason.trim() });
}

async function deprecate(published: Published, version: RegistryVersion): Promise<void> {
  if (!(await mayChange())) return;
  const message = await window.showInputBox({
    title: `Deprecate ${version.name} ${version.version}?`,
    prompt: 'Whoever uses it gets a warning with these words. What should they take instead?',
    validateInput: (text) => (text.trim() === '' ? 'Those who use it will read this.' : undefined),
  });
  if (message) await flag(published, { ...idIn(version), flag: 'deprecate', message: message.trim() });
}

async function flag(published: Published, request: FlagRequest): Promise<void> {
  if (!(await mayChange())) return;
  const failure = await published.flag(request);
  if (failure !== undefined) void window.showErrorMessage(failure);
}

function openRun({ runs, panels }: Parts, folder: unknown): void {
  const run = typeof folder === 'string' ? runs.get(folder) : undefined;
  if (run) panels.show(run);
  else void window.showInformationMessage('This run is no longer here.');
}

function idIn({ registry, name, version }: RegistryVersion): VersionId {
  return { registry, name, version };
}

/** Nothing is changed in a workspace that is not trusted, which is said. */
async function mayChange(): Promise<boolean> {
  if (workspace.isTrusted) return true;
  const manage = 'Manage Trust';
  const why = 'Published versions are changed only in a workspace that you trust.';
  if ((await window.showWarningMessage(why, manage)) === manage)
    await commands.executeCommand('workbench.trust.manage');
  return false;
}
