import assert from 'node:assert/strict';
import type { Hover, InlayHint, MarkupContent, SemanticTokens, SignatureHelp } from 'vscode-languageserver';
import { type Client, connect, covered, placeIn, pulls } from './client';
import { ExampleFolder } from './folder';

describe('reading with the language server', () => {
  let folder: ExampleFolder;
  let client: Client;
  let model: string;
  let encoder: string;

  beforeEach(async () => {
    folder = new ExampleFolder('reviews');
    client = connect();
    await client.start([folder.path]);
    model = folder.uri('product-sentiment');
    encoder = folder.uri('text-encoder');
    await client.open(model, folder.read('product-sentiment'));
    await client.open(encoder, folder.read('text-encoder'));
  });

  afterEach(async () => {
    await client.stop();
    folder.remove();
  });

  const hover = async (uri: string, words: string) => {
    const found = await client.request<Hover>('textDocument/hover', client.after(uri, words, -1));
    return (found.contents as MarkupContent).value;
  };
  const whole = (uri: string) => ({
    start: { line: 0, character: 0 },
    end: placeIn(client.text(uri), client.text(uri).length),
  });
  const hints = async (uri: string, range = whole(uri)) => {
    const found = await client.request<InlayHint[]>('textDocument/inlayHint', {
      textDocument: { uri },
      range,
    });
    return found.map(({ label }) => String(label).trim());
  };

  it('tells where a size comes from, with links', async () => {
    const text = await hover(model, 'in: words.tokens');
    assert.match(text, /tokens: int32\[batch, 40\]/);
    assert.match(
      text,
      /`words\.length = 40`: params\.length \(\[product-sentiment\.brique\.yaml, line \d+\]\(file:.*#L\d+\)\)/,
    );
    await client.type(model, ', length: 40', '');
    assert.match(
      await hover(model, 'in: words.tokens'),
      /`words\.length = \d+`: default of `length` \(\[text-vectorizer/,
    );
  });

  it('follows a size through wires', async () => {
    await client.type(
      model,
      'module: text-encoder@^1, in: words.tokens',
      'module: passes@^1, in: words.tokens',
    );
    const uri = folder.write('x', '');
    await client.open(
      uri,
      'kind: module\nname: passes\nversion: 1.0.0\ninputs:\n  tokens: int32[batch, seq]\noutputs:\n  features: float32[batch, seq]\ngraph:\n  features: { op: cast, in: tokens, to: float32 }\n',
    );
    const text = await hover(model, 'in: encoder.features');
    assert.match(text, /features: float32\[batch, 40\]/);
    assert.match(text, /`words\.length = encoder\.seq`: wire words\.tokens → encoder\.tokens/);
  });

  it('counts parameters, operations and the memory of training', async () => {
    const text = await hover(model, '\ntrain');
    const total = /holds about \*\*([\d.]+) MB\*\*/.exec(text);
    assert.ok(total, text);
    assert.ok(Number(total[1]) > 1 && Number(total[1]) < 20);
    const part = await hover(model, '  encoder');
    // 2,000 × 64 embeddings, 3 × 64 × 64 + 64 of the convolution.
    assert.match(part, /140,352 parameters, all trainable/);
    assert.match(part, /FLOPs per example/);
    await client.type(model, 'params: { vocab: 2000 } }', 'params: { vocab: 2000 }, train: frozen }');
    assert.match(await hover(model, '  encoder'), /140,352 parameters, all frozen/);
  });

  it('counts a brick in its own sizes', async () => {
    assert.match(await hover(encoder, '  embedded'), /vocab\*dim parameters|dim\*vocab parameters/);
    assert.match(await hover(encoder, 'name: text-encoder'), /140,352 parameters, with its defaults/);
    assert.match(await hover(encoder, 'name: text-encoder'), /\*\*Intended use\*\*: Short English texts/);
  });

  it('shows hints of the lines that are asked for, as the settings say', async () => {
    const all = await hints(model);
    for (const wanted of [/^float32\[batch, 2\]$/, /^= \d/, /^140,352 parameters$/])
      assert.ok(
        all.some((label) => wanted.test(label)),
        `${wanted} in ${all.join('; ')}`,
      );
    const head = client
      .text(model)
      .split('\n')
      .findIndex((line) => line.startsWith('  head:'));
    const one = await hints(model, {
      start: { line: head, character: 0 },
      end: { line: head, character: 200 },
    });
    assert.ok(one.length === 3 && one.includes('float32[batch, 2]'), one.join('; '));
    const settings = { brique: { hints: { types: false, parameters: false } } };
    await client.connection.sendNotification('workspace/didChangeConfiguration', { settings });
    const rest = await hints(model);
    assert.ok(rest.length > 0 && rest.every((label) => label.startsWith('=')), rest.join('; '));
  });

  it('asks the editor to look again where others see what was typed, and only then', async () => {
    await client.stop();
    client = connect();
    await client.start([folder.path], {
      ...pulls,
      workspace: { ...pulls.workspace, inlayHint: { refreshSupport: true } },
    });
    await client.open(model, folder.read('product-sentiment'));
    await client.open(encoder, folder.read('text-encoder'));
    const asked = () => client.asked.filter(({ method }) => method === 'workspace/inlayHint/refresh').length;
    await hints(encoder);
    await client.until(() => asked() > 0);
    const before = asked();
    await client.type(encoder, 'kernel: 3', 'kernel: 5');
    await hints(encoder);
    assert.equal(asked(), before, 'what is inside a brick is its own');
    await client.type(encoder, 'features: float32', 'summary: float32');
    await hints(encoder);
    await client.until(() => asked() > before);
  });

  it('sends the colours of a range, and then only what is new', async () => {
    const textDocument = { uri: encoder };
    const full = await client.request<SemanticTokens>('textDocument/semanticTokens/full', { textDocument });
    const range = { start: { line: 0, character: 0 }, end: { line: 2, character: 0 } };
    const some = await client.request<SemanticTokens>('textDocument/semanticTokens/range', {
      textDocument,
      range,
    });
    assert.deepEqual(some.data, full.data.slice(0, some.data.length));
    assert.ok(some.data.length >= 5 && some.data.length < full.data.length);
    await client.type(encoder, '  thinned:', '  # a comment\n  thinned:');
    const delta = await client.request<{
      resultId: string;
      edits: { start: number; deleteCount: number; data?: number[] }[];
    }>('textDocument/semanticTokens/full/delta', { textDocument, previousResultId: full.resultId });
    assert.equal(delta.edits.length, 1);
    const [{ start, deleteCount, data = [] }] = delta.edits as [
      { start: number; deleteCount: number; data?: number[] },
    ];
    const patched = [...full.data.slice(0, start), ...data, ...full.data.slice(start + deleteCount)];
    const now = await client.request<SemanticTokens>('textDocument/semanticTokens/full', { textDocument });
    assert.deepEqual(patched, now.data);
    assert.ok(data.length < now.data.length / 4, 'a new line moves one token');
  });

  it('helps with the params of a brick and the attributes of an op', async () => {
    const help = (uri: string, words: string, more = 0) =>
      client.request<SignatureHelp | null>('textDocument/signatureHelp', client.after(uri, words, more));
    const brick = (await help(model, 'params: { vocab: 20'))!;
    const [{ label, parameters }] = brick.signatures as [SignatureHelp['signatures'][0]];
    assert.match(label, /^std\/text-vectorizer\(vocab: int = \d+, /);
    const [start, end] = parameters![brick.activeParameter!]!.label as [number, number];
    assert.match(label.slice(start, end), /^vocab: int/);
    const op = (await help(encoder, 'kernel: '))!;
    const shown = op.signatures[0]!;
    const [from, to] = shown.parameters![op.activeParameter!]!.label as [number, number];
    assert.equal(shown.label.slice(from, to), 'kernel: int');
    assert.equal(await help(model, 'output: head.lo'), null);
  });

  it('answers in files with emoji and CRLF at the right places', async () => {
    const text = folder
      .read('text-encoder')
      .replace('summary: ', 'summary: 🧱🧱 𝒳 ')
      .replace('{ op: embedding', '{ doc: "🧱", op: embedding')
      .replaceAll('\n', '\r\n');
    const uri = folder.write('wide', '');
    await client.open(uri, text);
    const found = await client.request<Hover>('textDocument/hover', client.after(uri, 'size: $voc'));
    assert.equal(covered(text, found.range!), 'vocab');
    const { data } = await client.request<SemanticTokens>('textDocument/semanticTokens/full', {
      textDocument: { uri },
    });
    let [line, character] = [0, 0];
    for (let i = 0; i < data.length; i += 5) {
      [line, character] = [line + data[i]!, (data[i] === 0 ? character : 0) + data[i + 1]!];
      const range = { start: { line, character }, end: { line, character: character + data[i + 2]! } };
      assert.match(covered(text, range), /^[\w/.-]+$/);
    }
  });
});
