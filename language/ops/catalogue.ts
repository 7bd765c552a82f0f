/** Every op there is. */
import { activationOps } from './activation';
import { arithmeticOps } from './arithmetic';
import { attention } from './attention';
import { conv1d, conv2d, depthwiseConv2d } from './conv';
import { dense } from './dense';
import { dropout } from './dropout';
import { embedding, positionalEmbedding } from './embedding';
import { normalisationOps } from './normalisation';
import type { Op } from './op';
import { poolOps } from './pool';
import { prepareOps } from './prepare';
import { recurrentOps } from './recurrent';
import { reductionOps, shapingOps } from './shaping';

const ops: readonly Op[] = [
  dense,
  embedding,
  positionalEmbedding,
  conv1d,
  conv2d,
  depthwiseConv2d,
  attention,
  dropout,
  ...recurrentOps,
  ...poolOps,
  ...normalisationOps,
  ...activationOps,
  ...arithmeticOps,
  ...shapingOps,
  ...reductionOps,
  ...prepareOps,
];

const byName = new Map(ops.map((op) => [op.name, op]));

export function opNamed(name: string): Op | undefined {
  return byName.get(name);
}

/** In the order in which the reference lists them. */
export function allOps(): readonly Op[] {
  return ops;
}
