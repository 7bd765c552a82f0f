import type { ChildProcess } from 'node:child_process';
import type { TrainerRequest } from '../engine/request';
import { Hooks } from './hooks';
import { type LaunchEnd, type LaunchListener, launch } from './launch';

/** Makes a run with the hooks of its composition around it. Resolves when the hooks have ended too. */
export async function launchHooked(
  request: TrainerRequest,
  listener: LaunchListener,
  warn: (line: string) => void,
  child?: ChildProcess,
): Promise<LaunchEnd> {
  const hooks = new Hooks(request.plan.hooks ?? [], request.root, warn);
  let run: string | undefined;
  let epochs = 0;
  const hooked: LaunchListener = {
    onCreated(folder) {
      run = folder;
      hooks.fire('run_start', folder);
      listener.onCreated(folder);
    },
    onProgress(state) {
      // What is read of a run that goes on begins with its past.
      if (request.resume !== undefined && state.resumed === undefined) return;
      epochs = Math.max(epochs, state.resumed ?? 0);
      listener.onProgress(state);
      for (; run !== undefined && epochs < state.epochsDone.length; epochs++) hooks.fire('epoch_end', run);
    },
    onCancelling: () => listener.onCancelling(),
  };
  const end = await launch(request, hooked, child);
  if (end.ended) {
    for (; epochs < end.state.epochsDone.length; epochs++) hooks.fire('epoch_end', end.folder);
    hooks.fire('run_end', end.folder);
  }
  await hooks.settled();
  return end;
}
