import assert from 'node:assert/strict';
import { allLosses } from '../../../language/ops/losses';
import type { OpAttribute } from '../../../language/ops/op';
import type { Schema } from '../../../language/schema/compiled';
import { schemaOf } from '../../../language/schema/schemas';
import { Workspace } from '../../../language/workspace';

const types: Partial<Record<OpAttribute['type'], string>> = {
  float: 'number',
  int: 'integer',
  bool: 'boolean',
  floats: 'array',
};

/** The map form of `loss` in the schema of models. */
function settings(): Schema {
  const task = schemaOf('model').properties.get('tasks')!.additional!;
  const loss = [task, ...task.union].flatMap((form) => form.properties.get('loss') ?? [])[0]!;
  return loss.union.find((form) => form.properties.size > 0)!;
}

describe('settings of losses', () => {
  it('are in the schema as the catalogue has them', () => {
    const { properties } = settings();
    const losses = allLosses();
    assert.deepEqual([...properties.keys()].sort(), losses.map(({ name }) => name).sort());
    for (const { name, summary, options } of losses) {
      const schema = properties.get(name)!;
      assert.equal(schema.description, summary);
      assert.deepEqual([...schema.properties.keys()], Object.keys(options));
      for (const [key, option] of Object.entries(options)) {
        const found = schema.properties.get(key)!;
        assert.deepEqual(found.types, [types[option.type]], `${name}.${key}`);
        assert.equal(found.description, option.doc);
        assert.deepEqual(found.default, option.default);
        const bounded = option.type === 'floats' ? found.items! : found;
        assert.equal(bounded.minimum, option.min ?? Number.NEGATIVE_INFINITY);
        assert.equal(bounded.maximum, option.max ?? Number.POSITIVE_INFINITY);
      }
    }
  });

  const model = (loss: string) => {
    const workspace = new Workspace();
    const files = {
      '/points.brique.yaml':
        'kind: dataset\nname: points\nversion: 1.0.0\nlicense: MIT\nfiles: { all: points.csv }\ncolumns:\n  x: { type: tensor, shape: [4] }\n  y: { type: float }\n  z: { type: float }\n',
      '/net.brique.yaml':
        'kind: module\nname: net\nversion: 1.0.0\ninputs:\n  x: float32[batch, 4]\noutputs:\n  y: float32[batch, 1]\ngraph:\n  y: { op: dense, in: x, units: 1 }\n',
      '/model.brique.yaml': `kind: model\nname: demo\nversion: 0.1.0\ndata: { points: points@^1 }\nparts:\n  net: { module: net@^1, in: points.x }\n  other: { module: net@^1, in: points.x }\ntasks:\n  y: { output: net.y, target: points.y, loss: ${loss} }\n  same: { output: net.y, target: other.y, loss: mse }\n`,
    };
    for (const [file, text] of Object.entries(files)) workspace.setFile(file, text);
    return workspace;
  };

  it('come into the plan when they are set; a target may be an output', () => {
    const { plan, findings } = model('{ huber: { delta: 2 } }').plan('/model.brique.yaml');
    assert.deepEqual(
      findings.filter(({ severity }) => severity === 'error'),
      [],
    );
    const [first, second] = plan!.tasks;
    assert.deepEqual([first!.loss, first!.options], ['huber', { delta: 2 }]);
    assert.deepEqual([second!.options, second!.data, second!.target], [undefined, 'points', 'other/y.out']);
    const kernel = plan!.graph[0]!.weights.find(({ role }) => role === 'kernel');
    assert.equal(kernel!.adaptable, true);
  });

  it('leave room for targets that are outputs: completion offers them after columns', () => {
    const workspace = model('mse');
    const text = workspace.source('/model.brique.yaml')!.text;
    const offered = workspace
      .complete('/model.brique.yaml', text.indexOf('other.y'))
      .filter(({ kind }) => kind === 'column' || kind === 'port');
    const rankOf = (label: string) => offered.find((each) => each.label === label)?.rank;
    assert.equal(rankOf('points.y'), 0);
    assert.equal(rankOf('other.y') ?? rankOf('other'), 1);
    assert.equal(rankOf('net.y') ?? rankOf('net'), undefined);
  });

  it('that are wrong are findings', () => {
    const said = (loss: string) =>
      model(loss)
        .check('/model.brique.yaml')
        .filter(({ severity }) => severity === 'error')
        .map(({ rule }) => rule);
    assert.deepEqual(said('{ huber: { delta: -1 } }'), ['wrong-value']);
    assert.deepEqual(said('{ huber: { beta: 1 } }'), ['unknown-key']);
    assert.deepEqual(said('{ mse: { delta: 1 } }'), ['unknown-key']);
  });
});
