/** The values that a test gives a brick. */
import type { PlanGiven, PlanType } from '../../language/plan/format';
import { type HostValue, tensorValue } from '../data/value';
import { elementType } from '../step/lower/context';
import type { HostTensor } from '../step/program';
import { RandomSequence, streamOf } from '../step/random';

/** Counter word that keeps given values apart from weights and from the random numbers of steps. */
const GIVEN = 2;

/**
 * A value of a column's type; all its sizes must be numbers. `random`: standard normal numbers, for whole numbers and
 * flags 0 or 1, for bytes 0 to 255; within a range all numbers are equally likely, both its ends included. The same for
 * the same name and seed. `arange` counts from 0, row by row.
 */
export function givenValue(name: string, type: PlanType, given: PlanGiven): HostValue {
  const shape = staticShape(type);
  const length = shape.reduce((product, size) => product * size, 1);
  if (type.dtype === 'string') {
    if ('values' in given) return { kind: 'text', values: given.values.map(String) };
    return { kind: 'text', values: Array.from({ length }, (_, i) => textOf(given.fill, i)) };
  }
  const dtype = elementType(type);
  const data = newData(dtype, length);
  if ('values' in given) data.set(given.values.map(Number));
  else if (given.fill === 'ones') data.fill(1);
  else if (given.fill === 'arange') for (let i = 0; i < length; i++) data[i] = i;
  else if (given.fill === 'random')
    fillRandom(data, type, given.range, new RandomSequence(given.seed ?? 1, streamOf(name), GIVEN));
  return tensorValue(dtype, shape, data);
}

function staticShape(type: PlanType): number[] {
  return type.shape.map((size) => {
    if (typeof size === 'string') throw new Error(`the size ${size} is not known`);
    return size;
  });
}

function newData(dtype: HostTensor['dtype'], length: number): HostTensor['data'] {
  if (dtype === 'float32') return new Float32Array(length);
  return dtype === 'bool' ? new Uint8Array(length) : new Int32Array(length);
}

function fillRandom(
  data: HostTensor['data'],
  { dtype }: PlanType,
  range: [number, number] | undefined,
  random: RandomSequence,
): void {
  const isWhole = !(data instanceof Float32Array);
  const [least, greatest] = range ?? [0, dtype === 'uint8' ? 255 : 1];
  for (let i = 0; i < data.length; i++) {
    if (isWhole) data[i] = least + Math.floor(random.uniform() * (greatest - least + 1));
    else data[i] = range ? least + random.uniform() * (greatest - least) : random.normal();
  }
}

/** Text has no numbers: `zeros` are empty, the rest are words that differ. */
function textOf(fill: string, index: number): string {
  return fill === 'zeros' ? '' : fill === 'ones' ? 'word' : `word ${index}`;
}
