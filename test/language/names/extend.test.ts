import assert from 'node:assert/strict';
import { Workspace } from '../../../language/workspace';
import { libraryFiles } from '../library';
import { encoder, model, points } from '../scene';

const derived = (more: string) => `kind: model
name: derived
version: 0.1.0
extends: demo@^0.1
${more}`;

function workspaceOf(texts: Record<string, string>): Workspace {
  const workspace = new Workspace();
  for (const { file, text } of libraryFiles()) workspace.setFile(file, text, 'library');
  for (const [file, text] of Object.entries({ points, encoder, demo: model(), ...texts }))
    workspace.setFile(file, text);
  return workspace;
}

/** What is found in `derived`, as `rule "text it is about"`. */
function found(more: string, texts: Record<string, string> = {}): string[] {
  const text = derived(more);
  return workspaceOf({ ...texts, derived: text })
    .check('derived')
    .map(({ rule, range }) => `${rule} "${text.slice(range.start, range.end)}"`);
}

function planOf(more: string, texts: Record<string, string> = {}) {
  const { plan, findings } = workspaceOf({ ...texts, derived: derived(more) }).plan('derived');
  assert.ok(plan, findings.map(({ message }) => message).join('\n'));
  return plan;
}

describe('extends', () => {
  it('takes everything that is not said otherwise', () => {
    const base = workspaceOf({}).plan('demo').plan!;
    const plan = planOf('');
    assert.deepEqual({ ...plan, model: 0, parts: 0, tasks: 0 }, { ...base, model: 0, parts: 0, tasks: 0 });
    assert.deepEqual(
      plan.parts.map(({ at: _, ...part }) => part),
      base.parts.map(({ at: _, ...part }) => part),
    );
    assert.equal(plan.model.name, 'derived');
    assert.deepEqual(plan.parts[0]!.at, base.parts[0]!.at, 'leads to where it is written');
  });

  it('overrides settings, parts and params one by one, and takes out with null', () => {
    const plan = planOf(`parts:
  encoder: { params: { hidden: 24 }, train: frozen }
  second: { module: std/classifier@^1, in: encoder.features, params: { classes: 2 } }
  head: null
tasks:
  answer: { output: second.logits }
train: { batch: 8 }
`);
    assert.deepEqual(
      plan.parts.map(({ name, train }) => [name, train[0]!.mode]),
      [
        ['words', 'full'],
        ['encoder', 'frozen'],
        ['second', 'full'],
      ],
    );
    const [task] = plan.tasks;
    assert.deepEqual(
      [task!.loss, task!.metrics, task!.output.split('/')[0]],
      ['cross_entropy', ['accuracy'], 'second'],
    );
    assert.deepEqual([plan.train.epochs, plan.train.batch], [2, 8]);
    assert.ok(plan.graph.some(({ weights }) => weights.some(({ shape }) => shape.join() === '100,24')));
  });

  it('works over several compositions', () => {
    const middle = derived('train: { epochs: 7 }\n').replace('name: derived', 'name: middle');
    const text = derived('train: { batch: 4 }\n').replace('demo@', 'middle@');
    const { plan } = workspaceOf({ middle, derived: text }).plan('derived');
    assert.deepEqual([plan!.train.epochs, plan!.train.batch, plan!.parts.length], [7, 4, 3]);
  });

  it('says at what is overridden what that breaks, and leads to what it breaks', () => {
    const replaced = 'parts:\n  encoder: { module: std/text-vectorizer@^1, in: { text: points.text } }\n';
    const workspace = workspaceOf({ derived: derived(replaced) });
    const first = workspace.check('derived').find(({ rule }) => rule === 'unresolved-port');
    const text = derived(replaced);
    assert.equal(text.slice(first!.range.start, first!.range.end), 'encoder');
    const related = first!.related![0]!;
    assert.equal(related.file, 'demo');
    assert.equal(model().slice(related.range.start, related.range.end), 'features');
    assert.deepEqual(found('parts: { head: null }\n'), ['unresolved-port "head"']);
    assert.deepEqual(found('parts: { words: null }\n'), ['unresolved-port "words"']);
  });

  it('says once, in the base, what the base does wrongly, and does not plan it', () => {
    const demo = model((text) => text.replace('loss: cross_entropy', 'loss: cross'));
    assert.deepEqual(found('train: { epochs: 3 }\n', { demo }), []);
    const { plan, findings } = workspaceOf({ demo, derived: derived('') }).plan('derived');
    assert.equal(plan, undefined);
    assert.deepEqual(
      findings.filter(({ severity }) => severity === 'error').map(({ rule }) => rule),
      ['unknown-loss'],
    );
    assert.ok(planOf('tasks: { answer: { loss: cross_entropy } }\n', { demo }), 'mended here');
  });

  it('says what is missing, with all that is inherited', () => {
    assert.deepEqual(found('parts: { more: { in: encoder.features } }\n'), ['missing-field "more"']);
    assert.deepEqual(found('tasks: { answer: { output: head.logits } }\n'), []);
  });

  it('says that a base is not there, and nothing of what would come from it', () => {
    const text = derived('tasks: { answer: { weight: 2 } }\n').replace('demo@', 'demi@');
    const [only, ...others] = workspaceOf({ derived: text }).check('derived');
    assert.deepEqual([only!.rule, others], ['unresolved-module', []]);
  });

  it('is checked again when a base changes', () => {
    const workspace = workspaceOf({ derived: derived('tasks: { answer: { weight: 2 } }\n') });
    assert.deepEqual(workspace.check('derived'), []);
    workspace.setFile(
      'demo',
      model((text) => text.replace('answer:', 'other:')),
    );
    assert.deepEqual([...new Set(workspace.check('derived').map(({ rule }) => rule))], ['missing-field']);
    workspace.setFile('demo', model());
    assert.deepEqual(workspace.check('derived'), []);
  });

  it('leads from a name to where it is declared, and back', () => {
    const text = derived(
      'parts:\n  second: { module: std/classifier@^1, in: encoder.features, params: { classes: 2 } }\n',
    );
    const workspace = workspaceOf({ derived: text });
    const [declared] = workspace.definition('derived', text.indexOf('encoder.features') + 2);
    assert.equal(declared?.file, 'demo');
    assert.equal(model().slice(declared.range.start, declared.range.end), 'encoder');
    const uses = workspace.references('demo', declared.range.start).filter(({ file }) => file === 'derived');
    assert.deepEqual(
      uses.map(({ range }) => text.slice(range.start, range.end)),
      ['encoder'],
    );
    for (const { offset } of workspace.hints(
      'derived',
      { start: 0, end: text.length },
      new Set(['types', 'versions']),
    ))
      assert.ok(offset <= text.length);
    for (const { range } of workspace.tokens('derived')) assert.ok(range.end <= text.length);
  });
});
