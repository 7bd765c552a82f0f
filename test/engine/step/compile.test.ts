import { strict as assert } from 'node:assert';
import { compileStep, unsupported } from '../../../engine/step/compile';
import { phasesOf } from '../../../engine/step/phases';
import type { Program } from '../../../engine/step/program';
import type { Plan, TrainPhase } from '../../../language/plan/format';
import { floats, ints, PlanBuilder } from './plans';

const learning = (program: Program | undefined): string[] =>
  (program?.updates ?? []).flatMap((update) => (update.kind === 'adam' ? [update.state] : []));

/** An encoder of three layers with dropout and a head of one. */
function planOf(...train: TrainPhase[]): Plan {
  const p = new PlanBuilder({ x: floats(4), y: ints() }, { epochs: 10 }).part('encoder', ...train);
  const first = p.dense('first', 'data.x', 4, 5, 'relu');
  const thinned = p.node('thin', {
    op: 'dropout',
    inputs: { in: first },
    attributes: { rate: 0.5 },
    shape: ['batch', 5],
  });
  const code = p.dense('third', p.dense('second', thinned, 5, 6, 'relu'), 6, 7);
  p.part('head');
  return p.task(p.dense('out', code, 7, 2), 'data.y', 'cross_entropy', { metrics: ['accuracy', 'f1'] }).plan;
}

describe('compile', () => {
  it('names programs, inputs, outputs and state', () => {
    const { step, description } = compileStep(planOf(), { phase: 0 });
    const { train, evaluate, serve, frozen } = step.programs;
    assert.equal(frozen, undefined);
    assert.deepEqual(train!.inputs, {
      'data.x': { dtype: 'float32', shape: ['batch', 4] },
      'data.y': { dtype: 'int32', shape: ['batch'] },
    });
    assert.deepEqual(Object.keys(train!.outputs).sort(), [
      'loss',
      'task/count',
      'task/loss',
      'task/sum/accuracy',
    ]);
    assert.deepEqual(Object.keys(evaluate.outputs).sort(), [
      'task/count',
      'task/loss',
      'task/predictions',
      'task/sum/accuracy',
    ]);
    assert.deepEqual(Object.keys(serve.inputs), ['data.x']);
    const names = step.state.map(({ name }) => name);
    assert.ok(names.includes('encoder/first.kernel') && names.includes('optimizer/m/encoder/first.kernel'));
    assert.ok(names.includes('optimizer/step') && names.includes('random/counter'));
    assert.deepEqual(description.parameters, {
      encoder: { total: 110, trainable: 110 },
      head: { total: 16, trainable: 16 },
    });
  });

  it('says of every instruction of the forward pass which node it came from', () => {
    const { step } = compileStep(planOf(), { phase: 0 });
    const nodes = new Set(step.programs.evaluate.instructions.map(({ from }) => from));
    assert.ok(nodes.has('encoder/second') && nodes.has('head/out'));
  });

  it('drops only in training, and only where something learns', () => {
    const random = (program: Program | undefined) =>
      program!.instructions.filter(({ op }) => op === 'random_uniform').length;
    const full = compileStep(planOf(), { phase: 0 }).step.programs;
    assert.deepEqual([random(full.train), random(full.evaluate), random(full.serve)], [1, 0, 0]);
    const frozen = compileStep(planOf({ mode: 'frozen' }), { phase: 0 }).step.programs;
    assert.deepEqual([random(frozen.train), random(frozen.frozen)], [0, 0]);
  });

  it('computes what is frozen once', () => {
    const { step, description } = compileStep(planOf({ mode: 'frozen' }), { phase: 0 });
    assert.deepEqual(description.cached, {
      values: ['encoder/third.out'],
      nodes: ['encoder/first', 'encoder/thin', 'encoder/second', 'encoder/third'],
    });
    assert.deepEqual(Object.keys(step.programs.train!.inputs).sort(), ['data.y', 'encoder/third.out']);
    assert.deepEqual(Object.keys(step.programs.frozen!.outputs), ['encoder/third.out']);
    assert.deepEqual(Object.keys(step.programs.serve.inputs), ['data.x']);
    assert.deepEqual(learning(step.programs.train), ['head/out.kernel', 'head/out.bias']);
  });

  it('trains the last layers of a part', () => {
    const { step } = compileStep(planOf({ mode: 'last', count: 1 }), { phase: 0 });
    assert.deepEqual(learning(step.programs.train).sort(), [
      'encoder/third.bias',
      'encoder/third.kernel',
      'head/out.bias',
      'head/out.kernel',
    ]);
    assert.deepEqual(Object.keys(step.programs.frozen!.outputs), ['encoder/second.out']);
  });

  it('cuts a schedule into phases', () => {
    const plan = planOf(
      { mode: 'frozen', epochs: 3 },
      { mode: 'last', count: 1, epochs: 2 },
      { mode: 'full' },
    );
    assert.deepEqual(
      phasesOf(plan).map(({ from, modes }) => [from, modes.get('encoder')?.mode]),
      [
        [0, 'frozen'],
        [3, 'last'],
        [5, 'full'],
      ],
    );
    const counts = phasesOf(plan).map(
      (_, phase) => learning(compileStep(plan, { phase }).step.programs.train).length,
    );
    assert.deepEqual(counts, [2, 4, 8]);
  });

  it('has no train program when nothing learns', () => {
    const plan = planOf({ mode: 'frozen' });
    plan.parts[1]!.train = [{ mode: 'frozen' }];
    const { step } = compileStep(plan, { phase: 0 });
    assert.equal(step.programs.train, undefined);
    assert.ok(step.programs.evaluate.outputs['task/loss'] !== undefined);
  });

  it('uses a part of its own pace', () => {
    const plan = planOf();
    plan.parts[1]!.learning_rate = 0.5;
    const program = compileStep(plan, { phase: 0 }).step.programs.train!;
    const rates = program.updates.flatMap((update) => {
      if (update.kind !== 'adam') return [];
      const rate = program.instructions[update.learningRate]!;
      return [[update.state, rate.op === 'constant' ? rate.value : undefined]];
    });
    assert.deepEqual(Object.fromEntries(rates)['head/out.kernel'], 0.5);
    assert.deepEqual(Object.fromEntries(rates)['encoder/first.kernel'], 0.01);
  });

  it('adds up tasks by their weights', () => {
    const plan = planOf();
    plan.tasks.push({ ...plan.tasks[0]!, name: 'other', weight: 0.5 });
    const { outputs } = compileStep(plan, { phase: 0 }).step.programs.train!;
    assert.ok(outputs['other/loss'] !== undefined && outputs['task/loss'] !== undefined);
  });

  describe('says what it cannot do', () => {
    const message = (plan: Plan): string | undefined => unsupported(plan)[0]?.message;

    it('nothing, for a plan it can compile', () => assert.deepEqual(unsupported(planOf()), []));
    it('an op without a lowering', () => {
      const plan = planOf();
      plan.graph[0]!.op = 'teleport';
      assert.match(message(plan)!, /cannot run the op 'teleport'/);
    });
    it('an unknown loss', () => {
      const plan = planOf();
      plan.tasks[0]!.loss = 'regret';
      assert.match(message(plan)!, /no loss 'regret'/);
    });
    it('windows without padding over an axis of unknown length', () => {
      const p = new PlanBuilder({ x: floats('steps', 3), y: ints() }).part('net');
      const windows = p.node('read', {
        op: 'conv1d',
        inputs: { in: 'data.x' },
        attributes: { filters: 2, kernel: 3 },
        shape: ['batch', 'places', 2],
        weights: { kernel: [3, 3, 2], bias: [2] },
      });
      p.task(windows, 'data.y', 'cross_entropy');
      assert.match(message(p.plan)!, /conv1d in net\/read: a window of 3 needs an axis of fixed length/);
    });
  });
});
