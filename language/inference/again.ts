import type { Lookup } from '../names/catalogue';
import type { Declaration, ModelDeclaration, ModuleDeclaration } from '../names/declarations';
import type { BrickReference } from '../names/reference';
import { entryOf } from '../syntax/path';
import type { ModelInference } from './model';
import type { ModuleInference } from './module';

/** What types follow from. */
const OF_MODULE = ['params', 'inputs', 'outputs', 'graph', 'where', 'code'] as const;
const OF_MODEL = ['data', 'parts', 'plugs', 'dims', 'where', 'tasks', 'complete'] as const;

/**
 * The types of a file after an edit that leaves everything alone that they follow from, where no other file has changed
 * either; otherwise undefined.
 */
export function inferredAgain(
  before: ModuleInference | ModelInference | undefined,
  declaration: Declaration | undefined,
  find: (reference: BrickReference) => Lookup<'module'>,
): ModuleInference | ModelInference | undefined {
  if (!before || before.kind !== declaration?.kind) return undefined;
  const scope = { ...before.scope, module: find };
  if (before.kind === 'module') {
    const module = declaration as ModuleDeclaration;
    return OF_MODULE.every((key) => before.module[key] === module[key])
      ? { ...before, scope, module }
      : undefined;
  }
  const model = declaration as ModelDeclaration;
  const isSame =
    OF_MODEL.every((key) => before.model[key] === model[key]) &&
    entryOf(before.model.train, 'batch') === entryOf(model.train, 'batch');
  return isSame ? { ...before, scope, model } : undefined;
}
