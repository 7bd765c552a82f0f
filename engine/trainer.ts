/** The training process: takes one request, and maybe word of it before, makes one run or runs the tests of bricks, ends. */
import { failureOf } from './failure';
import { makeRun } from './make-run';
import { runTests } from './probe/run-tests';
import { tryOut } from './probe/try-out';
import type {
  PrepareRequest,
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

type Request = TrainerRequest | TestRequest | RuntimeRequest;
type Opened = ReturnType<typeof openExecutor>;

listen();

/** `prepared`: what a request before this one had opened. */
function listen(prepared?: { request: PrepareRequest; opened: Opened }): void {
  process.once('message', (request: Request | PrepareRequest) => {
    if (request.kind !== 'prepare') {
      const fits = prepared?.request.engine === request.engine && prepared.request.device === request.device;
      take(request, fits ? prepared.opened : openExecutor(request.engine, request.device));
      return;
    }
    const opened = openExecutor(request.engine, request.device);
    // Why it cannot be opened is said to whoever asks for it.
    opened.catch(() => undefined);
    listen({ request, opened });
  });
}

function take(request: Request, opened: Opened): void {
  serve(request, opened)
    .catch((error: unknown) => {
      const failure = failureOf(error);
      if (failure.code === 'internal') console.error(error);
      answer({ type: 'refused', failure });
    })
    .finally(leave);
}

async function serve(request: Request, opened: Opened): Promise<void> {
  const { executor, note } = await opened;
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
