import type { TaskDefinition } from 'vscode';

export const TASK_TYPE = 'brique';

const COMMANDS = ['train', 'evaluate', 'check', 'test', 'diff'] as const;
export type BriqueCommand = (typeof COMMANDS)[number];
/** They look at a whole folder where no file is named, and make no run; `diff` at the two versions in its `args`. */
export type FolderCommand = 'check' | 'test' | 'diff';

export function isFolderCommand(command: BriqueCommand): command is FolderCommand {
  return command === 'check' || command === 'test' || command === 'diff';
}

/** As it stands in tasks.json. */
export interface BriqueTaskDefinition extends TaskDefinition {
  type: typeof TASK_TYPE;
  command: BriqueCommand;
  /** The model's (or for `test` the brick's) file, relative to the workspace folder, or its name. */
  model?: string;
  /** Instead of a model: the id of a run to go on with. */
  resume?: string;
  args?: string[];
}

/** Undefined where it is not a task that can run; a person may have typed it. */
export function briqueDefinition(definition: TaskDefinition): BriqueTaskDefinition | undefined {
  const { type, command, model, resume, args } = definition;
  if (type !== TASK_TYPE || !COMMANDS.includes(command)) return undefined;
  if (model !== undefined && typeof model !== 'string') return undefined;
  if (resume !== undefined && !(typeof resume === 'string' && command === 'train' && model === undefined)) {
    return undefined;
  }
  if (model === undefined && resume === undefined && !isFolderCommand(command)) return undefined;
  if (args !== undefined && !(Array.isArray(args) && args.every((arg) => typeof arg === 'string'))) {
    return undefined;
  }
  return definition as BriqueTaskDefinition;
}
