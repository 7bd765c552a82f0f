/** Tries to take a run when it is told to, says whether it could, and holds it until it is ended. */
import { failureOf } from '../../../engine/failure';
import { RunLock } from '../../../engine/run/lock';

process.on('message', (folder: string) => {
  try {
    RunLock.take(folder, 'demo');
    process.send!('taken');
  } catch (error) {
    process.send!(failureOf(error).code);
  }
});
process.on('disconnect', () => process.exit());
process.send!('ready');
