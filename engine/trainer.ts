/** The training process: takes one request, makes one run or runs the tests of bricks, ends. */
import { failureOf } from './failure';
import { makeRun } from './make-run';
import { runTests } from './probe/run-tests';
import { tryOut } from './probe/try-out';
import type {
  RuntimeAnswer,
  RuntimeRequest,
  TestAnswer,
  TestRequest,
  TrainerAnswer,
  TrainerRequest,
} from './request';
import { openExecutor } from './train/executor';
import { StopSignal } from './train/stop-signal';

const stop = new StopSignal();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.ask());
// The command that started this process is gone, and with it whoever waited for the result.
process.on('disconnect', () => stop.ask());

process.once('message', (request: TrainerRequest | TestRequest | RuntimeRequest) => {
  serve(request)
    .catch((error: unknown) => {
      const failure = failureOf(error);
      if (failure.code === 'internal') console.error(error);
      answer({ type: 'refused', failure });
    })
    .finally(leave);
});

async function serve(request: TrainerRequest | TestRequest | RuntimeRequest): Promise<void> {
  const { executor, note } = await openExecutor(request.engine, request.device);
  if (request.kind === 'runtime') {
    await tryOut(executor);
    answer({ type: 'runtime', description: executor.description });
    return;
  }
  if (request.kind === 'test') {
    await runTests(request, executor, stop, answer);
    return;
  }
  await makeRun(request, executor, stop, {
    note,
    onCreated: ({ id, path }) => answer({ type: 'created', id, folder: path }),
  });
}

function answer(message: TrainerAnswer | TestAnswer | RuntimeAnswer): void {
  // Where nobody listens any more, `disconnect` stops the run; a listener gone just now is the same.
  if (process.connected) process.send?.(message, () => undefined);
}

function leave(): void {
  process.removeAllListeners('disconnect');
  if (process.connected) process.disconnect();
}
