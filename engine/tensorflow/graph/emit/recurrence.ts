import type { CellName, Recurrence, Size } from '../../../step/program';
import type { Output } from '../graph-builder';
import type { EmitContext, EmitTable, InstructionOf } from './context';
import { recurrenceGradient } from './recurrence-gradient';
import { afterwards, boundsOf, type Taken, walk, zeros } from './steps';
import { Writer } from './writer';

/** Of one step: the new state, first of all `hidden`, and what else the gradient needs. */
interface Stepped {
  state: Output[];
  kept: Output[];
}

/** `input` is its share of the gates, `product` that of the old state. */
type Cell = (write: Writer, input: Output, product: Output, old: Output[], units: number) => Stepped;

const cells: Record<CellName, Cell> = {
  lstm: (write, input, product, [, cell], units) => {
    const gates = write.apply('AddV2', input, product);
    // Of all gates at once; that of the candidate is not used.
    const [i, f, , o] = write.split(write.apply('Sigmoid', gates), 4, 1);
    const g = write.apply('Tanh', write.slice(gates, [0, 2 * units], [-1, units]));
    const next = write.apply('AddV2', write.apply('Mul', f!, cell!), write.apply('Mul', i!, g));
    return { state: [write.apply('Mul', o!, write.apply('Tanh', next)), next], kept: [i!, f!, g, o!] };
  },
  gru: (write, input, product, [hidden], units) => {
    const [front, last] = [0, 2 * units];
    const both = [input, product].map((x) => write.slice(x, [0, front], [-1, 2 * units]));
    const [z, r] = write.split(write.apply('Sigmoid', write.apply('AddV2', both[0]!, both[1]!)), 2, 1);
    const past = write.slice(product, [0, last], [-1, units]);
    const fresh = write.slice(input, [0, last], [-1, units]);
    const n = write.apply('Tanh', write.apply('AddV2', fresh, write.apply('Mul', r!, past)));
    const moved = write.apply('Mul', write.apply('Sub', write.float(1), z!), n);
    return { state: [write.apply('AddV2', write.apply('Mul', z!, hidden!), moved)], kept: [z!, r!, n, past] };
  },
  simple_rnn: (write, input, product) => ({
    state: [write.apply('Tanh', write.apply('AddV2', input, product))],
    kept: [],
  }),
};

/** All steps: the states alone, or with them what the gradient needs. */
function run(
  {
    cell,
    reverse,
    input,
    recurrent,
    bias,
    mask,
    shape,
  }: Recurrence & { shape: InstructionOf<'recurrence'>['shape'] },
  to: EmitContext,
  keepsAll: boolean,
): Output {
  const [steps, batch, width] = shape as [Size, Size, number];
  const units = to.spec(recurrent).shape[0] as number;
  const none = zeros(to, batch, units);
  const start = cell === 'lstm' ? [none, none] : [none];
  return walk(
    to,
    { steps, batch, mask, backward: reverse },
    width,
    start,
    (step, old, loop, write): Taken => {
      const inside = (id: number) => loop.invariant(to.output(id), to.spec(id).dtype);
      const whole = write.multiply(old[0]!, inside(recurrent));
      const product = bias === undefined ? whole : write.apply('BiasAdd', whole, inside(bias));
      const { state, kept } = cells[cell](write, write.row(inside(input), step), product, old, units);
      const counts = mask === undefined ? undefined : write.row(inside(mask), step, 'bool');
      const carried =
        counts === undefined ? state : state.map((fresh, i) => write.select(counts, fresh, old[i]!));
      const all = [...carried, ...kept];
      return { row: keepsAll && all.length > 1 ? write.concat(all, 1) : carried[0]!, carried };
    },
  );
}

/** The steps after the last one that any row takes have its state. */
function held(to: EmitContext, states: Output, steps: Size, mask: number, reverse: boolean): Output {
  const write = new Writer(to);
  const { first, end } = boundsOf(to, { steps, mask });
  const last = reverse
    ? write.integers('Minimum', first, write.integers('Sub', to.size(steps), write.integer(1)))
    : write.integers('Maximum', write.integers('Sub', end, write.integer(1)), write.integer(0));
  const isAfter = afterwards(to, { steps, mask }, reverse);
  return write.select(isAfter, write.row(states, last), states);
}

export const recurrence: EmitTable<'recurrence' | 'recurrence_tape' | 'recurrence_grad'> = {
  recurrence: (instruction, to) => {
    const [steps, , units] = instruction.shape as [Size, Size, number];
    const { tape, mask, reverse } = instruction;
    const states =
      tape === undefined
        ? run(instruction, to, false)
        : new Writer(to).slice(to.output(tape), [0, 0, 0], [-1, -1, units]);
    return mask === undefined ? states : held(to, states, steps, mask, reverse);
  },
  recurrence_tape: (instruction, to) => run(instruction, to, true),
  recurrence_grad: recurrenceGradient,
};
