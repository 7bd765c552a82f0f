import { unbroadcast } from './elementwise';
import type { Rules } from './rule';

export const shape: Rules<
  'reshape' | 'transpose' | 'broadcast_like' | 'concat' | 'slice' | 'pad' | 'reverse'
> = {
  reshape: ({ b, instruction, gradient }) => [
    { to: instruction.input, gradient: b.reshape(gradient, b.shape(instruction.input)) },
  ],
  transpose: ({ b, instruction: { input, order }, gradient }) => [
    {
      to: input,
      gradient: b.transpose(
        gradient,
        order.map((_, axis) => order.indexOf(axis)),
      ),
    },
  ],
  broadcast_like: ({ b, instruction: { input }, gradient }) => [
    { to: input, gradient: unbroadcast(b, gradient, input) },
  ],
  concat: ({ b, instruction: { inputs, axis }, gradient, needs }) => {
    let begin = 0;
    return inputs.flatMap((to) => {
      const size = b.staticSize(to, axis);
      const from = begin;
      begin += size;
      return needs(to) ? [{ to, gradient: b.cut(gradient, axis, from, size) }] : [];
    });
  },
  slice: ({ b, id, instruction: { input, begin }, gradient }) => {
    const cut = b.shape(input).flatMap((size, axis) => (size === b.shape(id)[axis] ? [] : [axis]));
    const [axis] = cut;
    if (axis !== undefined && cut.length === 1) {
      return [{ to: input, gradient, piece: { axis, begin: begin[axis]! } }];
    }
    const pads = b.shape(input).map((size, at): [number, number] => {
      if (!cut.includes(at)) return [0, 0];
      const before = begin[at]!;
      return [before, (size as number) - before - (b.shape(id)[at] as number)];
    });
    return [{ to: input, gradient: b.pad(gradient, pads) }];
  },
  pad: ({ b, instruction: { input, pads }, gradient }) => [
    {
      to: input,
      gradient: b.slice(
        gradient,
        pads.map(([before]) => before),
        b.shape(input).map((size) => (typeof size === 'number' ? size : -1)),
      ),
    },
  ],
  reverse: ({ b, instruction: { input, axis }, gradient }) => [
    { to: input, gradient: b.reverse(gradient, axis) },
  ],
};
