import {
  ProcessExecution,
  Task,
  type TaskDefinition,
  TaskGroup,
  TaskPanelKind,
  TaskRevealKind,
  type TaskScope,
  type WorkspaceFolder,
} from 'vscode';
import { commandArguments } from '../../protocol/command';
import { nodeRuntime, type Programs } from '../programs';
import { settings } from '../settings';
import { type BriqueTaskDefinition, isFolderCommand } from './definition';

/** A task that calls the `brique` command without a shell; `original` is the definition that VS Code compares. */
export function briqueTask(
  programs: Programs,
  folder: WorkspaceFolder,
  definition: BriqueTaskDefinition,
  name: string,
  original: TaskDefinition = definition,
  scope: WorkspaceFolder | TaskScope.Workspace = folder,
): Task {
  const node = nodeRuntime();
  const where = ['--root', folder.uri.fsPath];
  const args = [programs.brique, ...argumentsOf(definition), ...where, ...(definition.args ?? [])];
  const execution = new ProcessExecution(node.path, args, { cwd: folder.uri.fsPath, env: node.env });
  const task = new Task(original, scope, name, 'brique', execution, []);
  task.detail = `brique ${argumentsOf(definition).join(' ')}`;
  task.presentationOptions = {
    reveal: isFolderCommand(definition.command) ? TaskRevealKind.Always : TaskRevealKind.Never,
    panel: TaskPanelKind.Dedicated,
    clear: true,
    showReuseMessage: false,
  };
  if (isFolderCommand(definition.command)) task.group = TaskGroup.Test;
  return task;
}

function argumentsOf({ command, model, resume }: BriqueTaskDefinition): string[] {
  // A run goes on with the engine that it began on.
  if (resume !== undefined) return commandArguments({ command: 'train', resume });
  if (isFolderCommand(command) || model === undefined)
    return [command, ...(model === undefined ? [] : [model])];
  const { engine } = settings();
  return commandArguments({ command, model, ...(engine === 'auto' ? {} : { engine }) });
}
