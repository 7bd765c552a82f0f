import { freemem } from 'node:os';
import { bytesText } from '../../protocol/runs/words';
import type { EventLog } from '../run/event-log';
import type { StepMemory } from '../step/cost/memory';

/** Says before training how much memory it will hold; as a warning where there is not so much. */
export function tellMemory(log: EventLog, { total }: StepMemory, batch: number, free = freemem()): void {
  const text = `Training with batch ${batch} holds about ${bytesText(total)} of tensors`;
  if (total <= free) log.append({ type: 'message', level: 'info', code: 'memory-estimate', text });
  else
    log.append({
      type: 'message',
      level: 'warning',
      code: 'memory-short',
      text: `${text}, and only ${bytesText(free)} of memory is free: a smaller batch needs less`,
    });
}
