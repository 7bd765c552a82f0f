/** What a thousand metric points a second cost. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { EventLog } from '../../engine/run/event-log';
import type { Figure } from '../figures';
import { bound, timed } from '../language/timing';
import { median, round } from './rounds';

const POINTS = 1000;
const ROUNDS = 15;

export function events(root: string): Figure {
  const folder = join(root, 'events');
  mkdirSync(folder);
  const log = new EventLog(folder);
  let step = 0;
  const second = () => {
    for (let point = 0; point < POINTS; point++) {
      step += 1;
      const metrics = { loss: 1 / step, 'class.loss': 1 / step, 'class.accuracy': 1 - 1 / step };
      log.append({ type: 'step_done', epoch: 1, step, steps: step, metrics, examples_per_second: 12345 });
    }
  };
  second();
  const times = Array.from({ length: ROUNDS }, () => timed(second));
  const share = (median(times) / 1000) * 100;
  const notes = `${round(median(times))} ms for ${POINTS} events of three metrics each, written one by one; a run itself writes at most ten a second`;
  return bound(`${POINTS} metric points a second`, share, '% of the time', 2, notes);
}
