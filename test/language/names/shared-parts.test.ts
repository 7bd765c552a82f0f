import assert from 'node:assert/strict';
import { encoder, model, points, scene } from '../scene';

const films = points.replace('name: points', 'name: films');

/** The demo, with the encoder used for films too. */
function shared(change: (text: string) => string = (text) => text) {
  const text = model((before) =>
    change(
      before
        .replace('points@^1 }', 'points@^1, films: films@^1 }')
        .replace(
          '  head:',
          '  film_words: { share: words, in: { text: films.text } }\n  film_encoder: { share: encoder, in: film_words.tokens }\n  film_head: { module: std/classifier@^1, in: film_encoder.features, params: { classes: 2 } }\n  head:',
        )
        .replace(
          'tasks:\n',
          'tasks:\n  film: { output: film_head.logits, target: films.class, loss: cross_entropy, metrics: [accuracy] }\n',
        ),
    ),
  );
  return scene({
    'points.brique.yaml': points,
    'films.brique.yaml': films,
    'encoder.brique.yaml': encoder,
    'demo.brique.yaml': text.includes('<|>') ? text : `<|>${text}`,
  });
}

const serious = ({ severity, rule }: { severity: string; rule: string }) =>
  severity === 'error' && rule !== 'engine-unsupported';

describe('parts that share another', () => {
  it('are typed with the batch of their own dataset', () => {
    const { workspace, file, offset } = shared((text) =>
      text.replace('film_encoder: {', 'film_<|>encoder: {'),
    );
    assert.deepEqual(workspace.check(file).filter(serious), []);
    const hover = workspace.hover(file, offset)!;
    assert.match(hover.markdown, /film_encoder\.features: float32\[/);
    assert.match(hover.markdown, /shares the brick and the weights of `encoder`/);
    assert.doesNotMatch(hover.markdown, /parameters/);
  });

  it('are no parts of the plan, and their nodes have the weights of the owner', () => {
    const { workspace, file } = shared((text) =>
      text.replace(', films: films@^1', '').replaceAll('films.', 'points.'),
    );
    const { plan, findings } = workspace.plan(file);
    assert.ok(plan, findings.map(({ message }) => message).join());
    const cost = workspace.cost(file)!;
    assert.equal(cost.parameters, cost.parts.get('encoder')!.parameters! + 2 * (16 * 2 + 2));
    assert.equal(cost.parts.get('film_encoder')!.parameters, 0);
    assert.deepEqual(
      plan.parts.map(({ name }) => name),
      ['words', 'encoder', 'head', 'film_head'],
    );
    const node = plan.graph.find(({ id }) => id === 'film_encoder/table')!;
    assert.deepEqual([node.part, node.weights[0]!.name], ['encoder', 'table/table']);
    const prepared = plan.prepare.filter(({ id }) => id.startsWith('film_words/'));
    assert.ok(prepared.length > 0);
    for (const { id, state } of prepared) assert.equal(state, id.replace('film_words', 'words'));
  });

  it('lead to the part that has the brick, and are renamed with it', () => {
    const { workspace, file, offset } = shared((text) => text.replace('share: encoder', 'share: enc<|>oder'));
    const text = workspace.source(file)!.text;
    const [place] = workspace.definition(file, offset);
    assert.equal(text.slice(place!.range.start - 2, place!.range.end), '  encoder');
    const renamed = workspace.rename(file, offset, 'tower');
    assert.ok('edits' in renamed);
    assert.equal(renamed.edits.length, 3);
  });

  it('are completed with parts that have a brick', () => {
    const { workspace, file, offset } = shared((text) => text.replace('share: encoder', 'share: <|>'));
    const labels = workspace.complete(file, offset).map(({ label }) => label);
    assert.ok(labels.includes('encoder') && labels.includes('words'));
    assert.ok(!labels.includes('film_words') && !labels.includes('film_encoder'));
  });

  it('are renamed where sizes are tied', () => {
    const { workspace, file, offset } = shared((text) =>
      text
        .replace('parts:', 'dims: { width: [encoder.hidden, head.width] }\nparts:')
        .replace('  encoder:', '  en<|>coder:'),
    );
    const renamed = workspace.rename(file, offset, 'tower');
    assert.ok('edits' in renamed);
    workspace.apply(renamed.edits);
    assert.match(workspace.source(file)!.text, /\[tower\.hidden, head\.width\]/);
    assert.deepEqual(workspace.check(file).filter(serious), []);
  });

  it('must make weights of the same size', () => {
    const { workspace, file } = shared((text) =>
      text
        .replace(
          'film_head: { module: std/classifier@^1, in: film_encoder.features, params: { classes: 2 } }',
          'film_head: { share: head, in: wide.features }',
        )
        .replace(
          '  head:',
          '  wide: { module: std/join@^1, in: [film_encoder.features, film_encoder.features] }\n  head:',
        ),
    );
    const [found, ...more] = workspace.check(file).filter(serious);
    assert.deepEqual(more, []);
    assert.equal(found?.rule, 'inside-brick');
    assert.match(
      found.message,
      /shares the kernel of `head`, which is \[16, 2\], but .* it would be \[32, 2\]/,
    );
  });

  it('read ids of the vocabulary that the weights were learnt on', () => {
    const { workspace, file } = shared((text) =>
      text.replace(
        'film_words: { share: words, in: { text: films.text } }',
        'film_words: { module: std/text-vectorizer@^1, in: { text: films.text }, params: { vocab: 100, length: 12 } }',
      ),
    );
    const found = workspace.check(file).filter(({ rule }) => rule === 'vocabulary-mismatch');
    assert.deepEqual(
      found.map(({ message }) => message.split('\n')[0]),
      [
        '`film_encoder` shares the weights of `encoder`, which reads ids of `words`; `film_words` gives words other ids',
      ],
    );
  });
});
