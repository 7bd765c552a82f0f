import { strict as assert } from 'node:assert';
import { compileStep } from '../../../engine/step/compile';
import type { Program } from '../../../engine/step/program';
import { fuse, liveInstructions } from '../../../engine/tensorflow/graph/fuse';
import type { Plan } from '../../../language/plan/format';
import { perceptronPlan, recurrentPlan, squashedPlan, textCnnPlan } from './models';

/** How often each op is left in the training program after fusing. */
function opCounts(plan: Plan): Record<string, number> {
  const program = fuse(compileStep(plan, { phase: 0 }).step.programs.train as Program);
  const counts: Record<string, number> = {};
  for (const id of liveInstructions(program)) {
    const { op } = program.instructions[id]!;
    counts[op] = (counts[op] ?? 0) + 1;
  }
  return counts;
}

describe('graph: fusing', () => {
  it('joins biases with products, and finds the gradients of bias and relu as the compiler writes them', () => {
    const counts = opCounts(perceptronPlan(20, 16, 3));
    assert.deepEqual([counts.bias_add, counts.bias_grad, counts.relu_grad], [2, 2, 1]);
    assert.deepEqual([counts.sign, counts.broadcast_like], [undefined, undefined]);
  });

  it('finds the gradients of tanh and sigmoid', () => {
    const counts = opCounts(squashedPlan());
    // Nothing is left of how the rules write them.
    assert.deepEqual([counts.tanh_grad, counts.sigmoid_grad, counts.square], [1, 1, undefined]);
  });

  it('leaves a recurrence whole, however long it is', () => {
    const [short, long] = [recurrentPlan(5), recurrentPlan(500)].map(opCounts);
    assert.deepEqual(short, long);
    assert.deepEqual([long!.recurrence_tape, long!.recurrence, long!.recurrence_grad], [1, 1, 1]);
  });

  it('finds them behind a convolution too', () => {
    const counts = opCounts(textCnnPlan(30, 12, 8, 8, 3));
    assert.deepEqual([counts.bias_grad, counts.relu_grad, counts.sign], [2, 1, undefined]);
  });
});
