/** Every op there is. */
import { activationOps } from './activation';
import { arithmeticOps } from './arithmetic';
import { assemblyOps } from './assemble';
import { attention, dotAttention } from './attention';
import { convolutionOps } from './conv';
import { dense } from './dense';
import { chanceOps } from './dropout';
import { elementwiseOps } from './elementwise';
import { embedding, lookup } from './embedding';
import { maskTokens } from './mask-tokens';
import { normalisationOps } from './normalisation';
import type { Op } from './op';
import { parameter } from './parameter';
import { pickingOps } from './pick';
import { poolOps } from './pool';
import { positionOps } from './position';
import { prepareOps } from './prepare';
import { recurrentOps } from './recurrent';
import { reductionOps } from './reduction';
import { reshapingOps } from './reshape';
import { similarityOps } from './similarity';

const ops: readonly Op[] = [
  dense,
  embedding,
  lookup,
  maskTokens,
  ...positionOps,
  ...convolutionOps,
  attention,
  dotAttention,
  parameter,
  ...chanceOps,
  ...recurrentOps,
  ...poolOps,
  ...normalisationOps,
  ...activationOps,
  ...arithmeticOps,
  ...elementwiseOps,
  ...similarityOps,
  ...reshapingOps,
  ...assemblyOps,
  ...pickingOps,
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
