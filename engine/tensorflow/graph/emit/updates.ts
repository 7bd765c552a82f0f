import type { TensorId, Update } from '../../../step/program';
import type { Output } from '../graph-builder';
import * as attr from '../protobuf/attributes';
import type { EmitContext } from './context';

const float32 = attr.type('float32');

/** What must be done before a state may change: its value of before the step has been read, and used. */
export type Readers = ReadonlyMap<string, readonly Output[]>;

type UpdateOf<K extends Update['kind']> = Extract<Update, { kind: K }>;

/** Writes the fused kernel of one update; returns the node that has done it. */
export function emitUpdate(update: Update, to: EmitContext, readers: Readers): Output {
  switch (update.kind) {
    case 'assign':
      return assign(update, to, readers);
    case 'adam':
      return adam(update, to, readers);
    case 'sgd':
      return sgd(update, to, readers);
  }
}

/** A node named after the state that it changes. */
function node(
  op: string,
  update: Update,
  to: EmitContext,
  inputs: readonly Output[],
  attributes: Record<string, attr.Attribute>,
  controls: readonly Output[],
): Output {
  return to.graph.node(op, `${to.scope}/update/${update.state}/${op}`, inputs, attributes, controls);
}

const waiting = (readers: Readers, ...states: string[]): Output[] =>
  states.flatMap((state) => readers.get(state) ?? []);

function assign(update: UpdateOf<'assign'>, to: EmitContext, readers: Readers): Output {
  const { state, value } = update;
  return node(
    'AssignVariableOp',
    update,
    to,
    [to.states.get(state)!, to.output(value)],
    { dtype: attr.type(to.spec(value).dtype) },
    waiting(readers, state),
  );
}

function adam(update: UpdateOf<'adam'>, to: EmitContext, readers: Readers): Output {
  const { state, m, v, beta1, beta2, epsilon, learningRate, gradient } = update;
  const [variable, first, second] = [state, m, v].map((name) => to.states.get(name)!);
  const controls = waiting(readers, state, m, v);
  const decayed = update.weightDecay === 0 ? controls : [decay(update, to, controls)];
  const step = asFloat(update.step, to);
  return node(
    'ResourceApplyAdam',
    update,
    to,
    [
      variable!,
      first!,
      second!,
      power(beta1, step, to),
      power(beta2, step, to),
      to.output(learningRate),
      ...[beta1, beta2, epsilon].map((value) => to.graph.scalar('float32', value)),
      to.output(gradient),
    ],
    { T: float32, use_locking: attr.bool(false), use_nesterov: attr.bool(false) },
    decayed,
  );
}

/** w <- w - learningRate * weightDecay * w, before Adam moves it. */
function decay(update: UpdateOf<'adam'>, to: EmitContext, controls: readonly Output[]): Output {
  const variable = to.states.get(update.state)!;
  const scope = `${to.scope}/update/${update.state}`;
  const { graph } = to;
  const rate = graph.node(
    'Mul',
    `${scope}/decay_rate`,
    [to.output(update.learningRate), graph.scalar('float32', update.weightDecay)],
    { T: float32 },
  );
  const value = graph.node('ReadVariableOp', `${scope}/before`, [variable], { dtype: float32 }, controls);
  const amount = graph.node('Mul', `${scope}/decay`, [value, rate], { T: float32 });
  return node('AssignSubVariableOp', update, to, [variable, amount], { dtype: float32 }, []);
}

function sgd(update: UpdateOf<'sgd'>, to: EmitContext, readers: Readers): Output {
  const { state, velocity, gradient, learningRate, momentum, nesterov } = update;
  const variable = to.states.get(state)!;
  const rate = to.output(learningRate);
  const slope = to.output(gradient);
  if (velocity === undefined) {
    return node(
      'ResourceApplyGradientDescent',
      update,
      to,
      [variable, rate, slope],
      { T: float32, use_locking: attr.bool(false) },
      waiting(readers, state),
    );
  }
  return node(
    'ResourceApplyMomentum',
    update,
    to,
    [variable, to.states.get(velocity)!, rate, slope, to.graph.scalar('float32', momentum)],
    { T: float32, use_locking: attr.bool(false), use_nesterov: attr.bool(nesterov) },
    waiting(readers, state, velocity),
  );
}

function asFloat(id: TensorId, to: EmitContext): Output {
  const { dtype } = to.spec(id);
  if (dtype === 'float32') return to.output(id);
  return to.shared(`cast ${id}`, () =>
    to.graph.node('Cast', `${to.scope}/update/step`, [to.output(id)], {
      SrcT: attr.type(dtype),
      DstT: float32,
    }),
  );
}

function power(base: number, exponent: Output, to: EmitContext): Output {
  return to.shared(`power ${base} ${exponent}`, () =>
    to.graph.node('Pow', `${to.scope}/update/power`, [to.graph.scalar('float32', base), exponent], {
      T: float32,
    }),
  );
}
