import type { Size } from '../program';
import { product } from '../sizes';
import type { Lowering } from './context';

/** The plan knows every result's shape; these ops only have to take it on. */
const toPlannedShape: Lowering = (at) =>
  at.b.reshape(
    at.input(),
    at.type.shape.map((size) => product([size])),
  );

export const shapes: Record<string, Lowering> = {
  reshape: toPlannedShape,
  squeeze: toPlannedShape,
  expand_dims: toPlannedShape,
  flatten: (at) => {
    const shape = at.b.shape(at.input());
    return at.b.reshape(at.input(), [shape[0]!, product(shape.slice(1))] as Size[]);
  },
  transpose: (at) => {
    const rank = at.b.rank(at.input());
    const order = at.list('order') ?? at.fail(`'order' is missing`);
    return at.b.transpose(
      at.input(),
      order.map((axis) => at.axis(axis, rank)),
    );
  },
  concat: (at) => {
    const inputs = at.all('in');
    return at.b.concat(inputs, at.axis(at.number('axis', -1), at.b.rank(inputs[0]!)));
  },
  slice: (at) => {
    const { b } = at;
    const x = at.input();
    const axis = at.axis(at.number('axis'), b.rank(x));
    const begin = at.number('begin', 0);
    return b.cut(x, axis, begin, at.number('size', -1));
  },
};
