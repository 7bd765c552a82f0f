import type { OpAttribute } from '../op';
import { documented, type LossDeclaration, needFloatOutput, needNumbers, sameShape } from './loss';

function numberLoss(
  name: string,
  summary: string,
  formula: string,
  options: Record<string, OpAttribute> = {},
  written = name,
): LossDeclaration {
  return {
    name,
    summary,
    doc: documented(
      `Mean of ${formula}, with d = output - target.`,
      `price: { output: head.value, target: houses.price, loss: ${written}, metrics: [mae, r2] }`,
    ),
    options,
    kinds: ['number'],
    check(call) {
      if (!needFloatOutput(call)) return;
      if (call.classes !== undefined) {
        call.fail({
          side: 'target',
          kind: 'dtype',
          message: `\`${name}\` needs a number to be met, not one of ${call.classes} classes`,
          help: 'use `cross_entropy`',
        });
        return;
      }
      if (needNumbers(call, name)) sameShape(call, name);
    },
  };
}

export const regressionLosses: LossDeclaration[] = [
  numberLoss('mse', 'Learns a number; large errors count most.', 'd²'),
  numberLoss('mae', 'Learns a number; every unit of error counts the same.', '|d|'),
  numberLoss(
    'huber',
    'Learns a number; squared for small errors, absolute for large ones.',
    'd²/2 where |d| ≤ delta, else delta·(|d| - delta/2) (Huber 1964)',
    { delta: { type: 'float', default: 1, min: 0, doc: 'Where small errors end.' } },
  ),
  numberLoss(
    'quantile',
    'Learns a quantile: a number that the target stays below so often.',
    'q·|d| where the output is too low, (1 - q)·|d| where it is too high (Koenker & Bassett 1978)',
    {
      quantile: {
        type: 'float',
        default: 0.5,
        min: 0,
        max: 1,
        doc: 'How often the target lies below; 0.5 is the median.',
      },
    },
    '{ quantile: { quantile: 0.9 } }',
  ),
];
