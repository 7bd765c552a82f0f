import { type Task, type TaskProvider, TaskScope, type WorkspaceFolder, workspace } from 'vscode';
import { foldersOnDisk, type Model, type Models } from '../models';
import type { Programs } from '../programs';
import { relativeTo } from '../runs/paths';
import {
  type BriqueCommand,
  type BriqueTaskDefinition,
  briqueDefinition,
  type FolderCommand,
  TASK_TYPE,
} from './definition';
import { briqueTask } from './task';

/** Offers to train and to evaluate every model, and to check and to test every folder. */
export class BriqueTasks implements TaskProvider {
  constructor(
    private readonly programs: Programs,
    private readonly models: Models,
  ) {}

  async provideTasks(): Promise<Task[]> {
    if (!workspace.isTrusted) return [];
    const models = await this.models.refresh();
    return [
      ...models.flatMap((model) => [this.of(model, 'train'), this.of(model, 'evaluate')]),
      ...foldersOnDisk().flatMap((folder) => [this.ofFolder(folder, 'check'), this.ofFolder(folder, 'test')]),
    ];
  }

  /** Fills in what runs for an entry of tasks.json. */
  resolveTask(task: Task): Task | undefined {
    const definition = briqueDefinition(task.definition);
    const folder = folderOf(task);
    if (!definition || !folder || !workspace.isTrusted) return undefined;
    const scope = typeof task.scope === 'object' ? task.scope : TaskScope.Workspace;
    return briqueTask(this.programs, folder, definition, task.name, task.definition, scope);
  }

  of(model: Model, command: Exclude<BriqueCommand, FolderCommand>, args?: string[]): Task {
    const definition: BriqueTaskDefinition = {
      type: TASK_TYPE,
      command,
      model: relativeTo(model.folder, model.uri),
      ...(args ? { args } : {}),
    };
    return briqueTask(this.programs, model.folder, definition, `${command} ${model.name}`);
  }

  /** Goes on with a run. */
  ofRun(folder: WorkspaceFolder, id: string, name: string): Task {
    const definition: BriqueTaskDefinition = { type: TASK_TYPE, command: 'train', resume: id };
    return briqueTask(this.programs, folder, definition, `resume ${name}`);
  }

  ofFolder(folder: WorkspaceFolder, command: FolderCommand, args?: string[]): Task {
    const definition: BriqueTaskDefinition = { type: TASK_TYPE, command, ...(args ? { args } : {}) };
    return briqueTask(this.programs, folder, definition, [command, ...(args ?? [])].join(' '));
  }
}

function folderOf(task: Task): WorkspaceFolder | undefined {
  return typeof task.scope === 'object' ? task.scope : foldersOnDisk()[0];
}
