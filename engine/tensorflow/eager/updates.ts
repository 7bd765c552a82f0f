import type { Update } from '../../step/program';
import type { Heap, Tensor } from './heap';

/** What an update works on: state by name, and the tensors of the program. */
export interface UpdateContext {
  heap: Heap;
  state(name: string): Tensor;
  tensor(id: number): Tensor;
}

type Adam = Extract<Update, { kind: 'adam' }>;
type Sgd = Extract<Update, { kind: 'sgd' }>;

/** Changes the state in place, one pass over the memory. */
export function applyUpdate(update: Update, at: UpdateContext): void {
  switch (update.kind) {
    case 'assign':
      at.heap.copy(at.tensor(update.value), at.state(update.state));
      return;
    case 'adam':
      adam(update, at);
      return;
    case 'sgd':
      sgd(update, at);
  }
}

const scalar = ({ heap, tensor }: UpdateContext, id: number): number => heap.view(tensor(id))[0]!;

/** Kingma & Ba 2015, algorithm 1 in the efficient order of section 2; decoupled decay of Loshchilov & Hutter 2019. */
function adam(update: Adam, at: UpdateContext): void {
  const { heap } = at;
  const { beta1, beta2, epsilon, weightDecay } = update;
  const step = scalar(at, update.step);
  const rate = scalar(at, update.learningRate);
  const corrected = (rate * Math.sqrt(1 - beta2 ** step)) / (1 - beta1 ** step);
  const keep = 1 - rate * weightDecay;
  const weight = at.state(update.state);
  const w = heap.floats(weight);
  const m = heap.floats(at.state(update.m));
  const v = heap.floats(at.state(update.v));
  const g = heap.floats(at.tensor(update.gradient));
  const rest1 = 1 - beta1;
  const rest2 = 1 - beta2;
  for (let i = 0; i < w.length; i++) {
    const gradient = g[i]!;
    const first = m[i]! + (gradient - m[i]!) * rest1;
    const second = v[i]! + (gradient * gradient - v[i]!) * rest2;
    m[i] = first;
    v[i] = second;
    w[i] = w[i]! * keep - (corrected * first) / (Math.sqrt(second) + epsilon);
  }
  heap.changed(weight);
}

/** With momentum as TensorFlow and PyTorch have it: v = momentum * v + g; w -= rate * v, or g + momentum * v (Nesterov). */
function sgd(update: Sgd, at: UpdateContext): void {
  const { heap } = at;
  const { momentum, nesterov } = update;
  const rate = scalar(at, update.learningRate);
  const weight = at.state(update.state);
  const w = heap.floats(weight);
  const g = heap.floats(at.tensor(update.gradient));
  if (update.velocity === undefined) {
    for (let i = 0; i < w.length; i++) w[i]! -= rate * g[i]!;
  } else {
    const v = heap.floats(at.state(update.velocity));
    for (let i = 0; i < w.length; i++) {
      const velocity = momentum * v[i]! + g[i]!;
      v[i] = velocity;
      w[i]! -= rate * (nesterov ? g[i]! + momentum * velocity : velocity);
    }
  }
  heap.changed(weight);
}
