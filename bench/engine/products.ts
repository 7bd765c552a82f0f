/** What no library can leave out of a step: its products of matrices and its convolutions, forward and backward. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileStep } from '../../engine/step/compile';
import { atRows } from '../../engine/step/cost/memory';
import type { Program } from '../../engine/step/program';
import type { Setting } from './engine';
import type { BenchModel } from './models';
import { products } from './programs';
import type { Contest } from './rounds';
import { planOf } from './workspace';

/** The contestants that do nothing else, and leave the products' shapes in `products.json` for them. */
export function productsAlone(folder: string, model: BenchModel, setting: Setting): Contest[] {
  const { train } = compileStep(planOf(folder), { phase: 0 }).step.programs;
  // Those inside of a recurrence wait for each other, so that by themselves they say little.
  if (train!.instructions.some(({ op }) => op === 'recurrence_grad')) return [];
  writeFileSync(join(folder, 'products.json'), JSON.stringify(shapesIn(train!, model.batch)));
  return products(setting).map((program) => ({ program, steps: model.steps }));
}

/** Of each product what `rivals/products.py` needs to make one like it, on numbers of its own. */
function shapesIn(program: Program, rows: number): object[] {
  const { instructions } = program;
  const shape = (id: number) => instructions[id]!.shape.map(atRows(rows, program));
  return instructions.flatMap((each, id): object[] => {
    switch (each.op) {
      case 'matmul': {
        const { op, left, right, transposeLeft, transposeRight } = each;
        return [{ op, left: shape(left), right: shape(right), transposeLeft, transposeRight }];
      }
      case 'conv2d': {
        const { op, strides, pads, input, filter } = each;
        return [{ op, strides, pads, image: shape(input), filter: shape(filter), out: shape(id) }];
      }
      case 'conv2d_grad_input': {
        const { op, strides, pads, filter, gradient } = each;
        return [{ op, strides, pads, image: shape(id), filter: shape(filter), out: shape(gradient) }];
      }
      case 'conv2d_grad_filter': {
        const { op, strides, pads, input, gradient } = each;
        return [{ op, strides, pads, image: shape(input), filter: shape(id), out: shape(gradient) }];
      }
      default:
        return [];
    }
  });
}
