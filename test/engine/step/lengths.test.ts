/** Lengths that differ from batch to batch: what is cut off makes no difference, and is cut off only then. */
import { strict as assert } from 'node:assert';
import { feedOf, longestRows, wholeLength } from '../../../engine/data/lengths';
import { compileStep } from '../../../engine/step/compile';
import { stepMemory } from '../../../engine/step/cost/memory';
import { initialState } from '../../../engine/step/initial';
import type { Executor, HostTensor, Program, ProgramName, Step } from '../../../engine/step/program';
import type { Plan } from '../../../language/plan/format';
import { forEachExecutor } from '../executors';
import { allClose } from '../graph/tensors';
import { closed, drawn, LENGTH, open, planOf, textsOf } from './texts';

const whole = (program: Program, tensors: Record<string, HostTensor>): Record<string, HostTensor> =>
  Object.fromEntries(Object.keys(program.inputs).map((name) => [name, tensors[name]!]));

const everyRow = (tensors: Record<string, HostTensor>): Int32Array =>
  Int32Array.from({ length: tensors['text.label']!.shape[0]! }, (_, row) => row);

const lengthOf = ({ programs }: Step) => Object.values(programs.train!.lengths ?? {})[0];

forEachExecutor('a batch without the padding that all rows have', (executor) => {
  for (const scene of open) {
    it(`gives the same as with it: ${scene.name}`, async () => {
      const plan = planOf(scene);
      const { step } = compileStep(plan, { phase: 0 });
      const length = lengthOf(step);
      assert.ok(length, 'the length is fixed');
      assert.equal(length.margin, scene.margin ?? 0);
      await agree(plan, step, executor());
    });
  }

  it('gives the same as with it, whatever is between', async () => {
    let opened = 0;
    for (let seed = 1; seed <= DRAWN; seed++) {
      const scene = drawn(seed);
      const plan = planOf(scene);
      const { step } = compileStep(plan, { phase: 0 });
      if (!lengthOf(step)) continue;
      opened += 1;
      try {
        await agree(plan, step, executor());
      } catch (cause) {
        throw new Error(`${scene.brick}\n${(cause as Error).message}`, { cause });
      }
    }
    assert.ok(opened > DRAWN / 3 && opened < DRAWN, `${opened} of ${DRAWN} lengths may be cut`);
  }).timeout(120_000);
});

const DRAWN = Number(process.env.BRIQUE_TEST_LENGTHS ?? 24);

/** Batches with and without their padding, one after the other, from the same state: equal results, equal weights. */
async function agree(plan: Plan, step: Step, executor: Executor): Promise<void> {
  const results = [];
  for (const cuts of [true, false]) {
    const session = await executor.open(step, initialState(plan, step));
    const made: Record<string, HostTensor>[] = [];
    try {
      for (const lengths of [
        [5, 3, 7],
        [12, 1],
        [LENGTH, 2],
        [8, 8, 8, 8],
      ]) {
        const tensors = textsOf(plan, lengths);
        const run = async (name: ProgramName, blank: number) => {
          const program = step.programs[name]!;
          const batch = cuts ? feedOf(program, tensors, everyRow(tensors)) : whole(program, tensors);
          return wholeLength(program, await session.run(name, batch), blank);
        };
        if (step.programs.frozen) Object.assign(tensors, await run('frozen', 0));
        made.push(await run('train', -1), await run('evaluate', -1));
      }
      made.push(Object.fromEntries(await session.read()));
    } finally {
      session.close();
    }
    results.push(made);
  }
  const [cut, full] = results as [(typeof results)[0], (typeof results)[0]];
  for (const [i, outputs] of cut.entries()) {
    for (const [name, value] of Object.entries(outputs)) {
      if (name.startsWith('random/')) continue;
      allClose(counted(name, value, outputs), counted(name, full[i]![name]!, outputs), 1e-4);
    }
  }
}

/** What is said of words that no text has counts for nothing. */
function counted(name: string, value: HostTensor, outputs: Record<string, HostTensor>): HostTensor {
  const targets = name === 'task/predictions' ? outputs['task/targets'] : undefined;
  if (!targets) return value;
  return { ...value, data: Int32Array.from(value.data, (each, i) => (targets.data[i]! < 0 ? -1 : each)) };
}

describe('a length that may be cut', () => {
  for (const scene of closed) {
    it(`is none with ${scene.name}`, () => {
      const { step } = compileStep(planOf(scene), { phase: 0 });
      assert.equal(lengthOf(step), undefined);
    });
  }

  it('is cut to whole steps of the longest row, and to no less than what is read behind it', () => {
    const plan = planOf(open[3]!);
    const { train } = compileStep(plan, { phase: 0 }).step.programs;
    const lengths = (texts: number[]) => {
      const tensors = textsOf(plan, texts);
      const [words] = Object.entries(train!.inputs).find(([, { shape }]) => shape.length === 2)!;
      return feedOf(train!, tensors, everyRow(tensors))[words]!.shape[1];
    };
    assert.deepEqual([[1], [6, 2], [7, 2], [15], [20]].map(lengths), [8, 8, 16, 24, 24]);
    assert.equal(lengths([3, 0]), LENGTH, 'of a text without words, padding is all there is');
  });

  it('counts for memory as far as the longest row of the data fills it', () => {
    const scene = open[4]!;
    const { step } = compileStep(planOf(scene), { phase: 0 });
    const data = [
      [3, 7],
      [5, 2, 1],
    ].map((texts) => textsOf(planOf(scene), texts));
    const lengths = longestRows(step, data);
    assert.deepEqual(lengths, { length: 8 });
    const short = { ...scene, parts: scene.parts.map((part) => part.replace('length: 24', 'length: 8')) };
    const fixed = compileStep(planOf(short, 8), { phase: 0 }).step;
    const [here, there] = [stepMemory(step, { batch: 16, lengths }), stepMemory(fixed, { batch: 16 })];
    assert.equal(here.working, there.working);
    assert.ok(stepMemory(step, { batch: 16 }).working > 2 * here.working);
  });
});
