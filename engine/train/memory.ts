import { freemem } from 'node:os';
import { bytesText } from '../../protocol/runs/words';
import type { EventLog } from '../run/event-log';
import type { Rows, StepMemory } from '../step/cost/memory';
import type { ExecutorDescription, Step } from '../step/program';
import { eagerMemory } from '../tensorflow/eager/memory';
import { graphMemory } from '../tensorflow/graph/memory';

/** By how much training with so many rows at a time makes the process grow, on the executor that runs it; the data come on top. */
export function expectedMemory(
  step: Step,
  { executor }: Pick<ExecutorDescription, 'executor'>,
  rows: Rows,
): StepMemory {
  return (executor === 'graph' ? graphMemory : eagerMemory)(step, rows);
}

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
