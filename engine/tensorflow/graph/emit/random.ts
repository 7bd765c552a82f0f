import * as attr from '../protobuf/attributes';
import type { EmitTable } from './context';

/** TensorFlow's number for Philox 4x32-10 (RNG_ALG_PHILOX). */
const philox = 1;

/** The words of key and counter as `random_uniform` in the program format lays them out. */
export const random: EmitTable<'random_uniform'> = {
  random_uniform: ({ counter, seed, stream, like, shape, dtype }, to) => {
    const key = BigUint64Array.of(
      (BigInt.asUintN(32, BigInt(stream)) << 32n) | BigInt.asUintN(32, BigInt(seed)),
    );
    const uint64 = attr.type('uint64');
    const step = to.node('Cast', [to.output(counter)], { SrcT: attr.type('int32'), DstT: uint64 }, 'step');
    const block = to.graph.constant('constant/block', 'uint64', [], BigUint64Array.of(0n));
    const words = to.node('Pack', [block, step], { N: attr.int(2), T: uint64, axis: attr.int(0) }, 'counter');
    return to.node(
      'StatelessRandomUniformV2',
      [
        to.shapeLike(shape, like),
        to.graph.constant('constant/key', 'uint64', [1], key),
        words,
        to.graph.scalar('int32', philox),
      ],
      { dtype: attr.type(dtype), Tshape: attr.type('int32') },
    );
  },
};
