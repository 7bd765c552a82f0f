import { strict as assert } from 'node:assert';
import { lowerGraph, randomCounter } from '../../../engine/step/graph';
import type { HostTensor } from '../../../engine/step/program';
import type { PlanAttribute, PlanType } from '../../../language/plan/format';
import { forEachExecutor } from '../executors';
import { tensor } from '../graph/tensors';
import { mean, range } from './nested';
import { PlanBuilder } from './plans';

const values = ({ data }: HostTensor): number[] => Array.from(data);

forEachExecutor('chance while training', (executor) => {
  /** What an op gives at a step of training, by port. */
  async function draw(
    op: string,
    attributes: Record<string, PlanAttribute>,
    input: HostTensor,
    counter = 1,
    ports = ['out'],
  ): Promise<Record<string, HostTensor>> {
    const type: PlanType = { dtype: input.dtype, shape: ['batch', ...input.shape.slice(1)] };
    const p = new PlanBuilder({ x: type }).part('net');
    const [port] = ports;
    const id = p.node('node', { op, attributes, inputs: { in: 'data.x' }, shape: type.shape, port: port! });
    const node = p.plan.graph[0]!;
    for (const other of ports) node.outputs[other] = type;
    const graph = lowerGraph(p.plan, [id], new Set(), new Set([node.id]));
    assert.ok(graph.usesRandom);
    const program = graph.b.finish(
      Object.fromEntries(ports.map((name) => [name, graph.value(`${node.id}.${name}`)])),
    );
    const session = await executor().open(
      {
        state: [{ name: randomCounter, dtype: 'int32', shape: [] }],
        programs: { evaluate: program, serve: program },
      },
      new Map([[randomCounter, tensor([], () => counter, 'int32')]]),
    );
    try {
      return await session.run('evaluate', { 'data.x': input });
    } finally {
      session.close();
    }
  }

  it('spatial_dropout takes whole channels, and scales the others', async () => {
    const [rows, steps, channels] = [50, 4, 20];
    const x = tensor([rows, steps, channels], () => 1);
    const { out } = await draw('spatial_dropout', { rate: 0.25 }, x);
    const kept = range(rows * channels).map((k) => {
      const [row, channel] = [Math.floor(k / channels), k % channels];
      const places = range(steps).map((step) => out!.data[(row * steps + step) * channels + channel]!);
      assert.equal(new Set(places).size, 1);
      return places[0]!;
    });
    assert.deepEqual([...new Set(kept)].sort(), [0, Math.fround(1 / 0.75)]);
    assert.ok(Math.abs(mean(kept.map((value) => (value === 0 ? 1 : 0))) - 0.25) < 0.04);
  });

  it('gaussian_noise has the deviation that is asked for, other numbers at every step', async () => {
    const x = tensor([100, 40], () => 3);
    const first = values((await draw('gaussian_noise', { stddev: 0.5 }, x)).out!);
    assert.ok(first.every(Number.isFinite));
    assert.ok(Math.abs(mean(first) - 3) < 0.04);
    assert.ok(Math.abs(Math.sqrt(mean(first.map((value) => (value - 3) ** 2))) - 0.5) < 0.03);
    // A third of normal numbers lies farther than one deviation.
    assert.ok(Math.abs(mean(first.map((value) => Number(Math.abs(value - 3) > 0.5))) - 0.317) < 0.03);
    assert.notDeepEqual(values((await draw('gaussian_noise', { stddev: 0.5 }, x, 2)).out!), first);
  });

  it('mask_tokens hides the share that is asked for, never padding, and says what was there', async () => {
    const x = tensor([100, 20], (i) => (i % 20 < 15 ? 2 + (i % 7) : 0), 'int32');
    const drawn = await draw('mask_tokens', { mask: 1, rate: 0.2 }, x, 1, ['tokens', 'labels']);
    let hidden = 0;
    for (const [i, id] of values(x).entries()) {
      const [token, label] = [drawn.tokens!.data[i], drawn.labels!.data[i]];
      if (token === 1) {
        assert.equal(label, id);
        assert.notEqual(id, 0);
        hidden += 1;
      } else assert.deepEqual([token, label], [id, -1]);
    }
    assert.ok(Math.abs(hidden / (100 * 15) - 0.2) < 0.03);
  });
});
