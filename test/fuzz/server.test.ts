import assert from 'node:assert/strict';
import fc from 'fast-check';
import { CancellationTokenSource, type MessageConnection, ResponseError } from 'vscode-jsonrpc/node';
import { LSPErrorCodes, type Position, type Range } from 'vscode-languageserver';
import { uriOf } from '../../server/paths';
import { connect, placeIn } from '../server/client';
import { explore, limit } from './budget';
import { examples } from './corpus';
import { type Damage, damaged, damages } from './damage';

const texts = examples[0]!.texts;
const paths = [...texts.keys()];
const uris = paths.map((path) => uriOf(path.replace('/examples/', '/out/fuzz/')));
const at = fc.double({ min: 0, max: 1, noNaN: true });
const which = fc.integer({ min: 0, max: uris.length - 1 });

const asked = [
  'textDocument/hover',
  'textDocument/completion',
  'textDocument/definition',
  'textDocument/references',
  'textDocument/documentHighlight',
  'textDocument/prepareRename',
  'textDocument/rename',
  'textDocument/signatureHelp',
  'textDocument/selectionRange',
  'textDocument/codeAction',
  'textDocument/diagnostic',
  'textDocument/documentSymbol',
  'textDocument/semanticTokens/full',
  'textDocument/foldingRange',
  'textDocument/inlayHint',
  'textDocument/documentLink',
  'textDocument/codeLens',
  'textDocument/formatting',
  'textDocument/rangeFormatting',
  'textDocument/prepareCallHierarchy',
  'workspace/diagnostic',
  'workspace/symbol',
] as const;

/** A text that is asked about. */
interface Asked {
  uri: string;
  text: string;
  version: number;
}

type Step =
  | { do: 'damage'; file: number; damages: Damage[] }
  | { do: 'mend' | 'close' | 'open'; file: number }
  | { do: 'ask'; file: number; method: (typeof asked)[number]; from: number; to: number; cancel: boolean };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('damage' as const), file: which, damages }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('mend', 'close', 'open'), file: which }) },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('ask' as const),
      file: which,
      method: fc.constantFrom(...asked),
      from: at,
      to: at,
      cancel: fc.boolean(),
    }),
  },
);

/** Errors by which a server says that a request was overtaken. */
const overtaken: number[] = [
  LSPErrorCodes.RequestCancelled,
  LSPErrorCodes.ContentModified,
  LSPErrorCodes.ServerCancelled,
];

function paramsOf(method: string, uri: string, text: string, from: number, to: number): object {
  const [start, end] = [from, to]
    .sort((a, b) => a - b)
    .map((part) => placeIn(text, Math.floor(part * text.length)));
  const textDocument = { uri };
  const position = start;
  const range = { start, end };
  const options = { tabSize: 2, insertSpaces: true };
  return {
    ...{ textDocument, position, positions: [start, end], range, options },
    ...{ context: { diagnostics: [], includeDeclaration: true }, newName: 'renamed_here', query: 'e' },
    ...(method === 'workspace/diagnostic' ? { previousResultIds: [] } : {}),
  };
}

/** Every range in an answer about a text lies in that text; what says that it is about another version is left alone. */
function rangesHold(answer: unknown, { text, uri, version: asked }: Asked): void {
  const lines = text.split(/\r\n|\n|\r/);
  const placeHolds = ({ line, character }: Position) => {
    assert.ok(line >= 0 && line < lines.length, `line ${line} of ${lines.length}`);
    assert.ok(character >= 0 && character <= lines[line]!.length, `character ${character} of line ${line}`);
  };
  const down = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) {
      for (const each of value) down(each);
      return;
    }
    const { range, uri: of, version } = value as { range?: Range; uri?: string; version?: number | null };
    if (of !== undefined && (of !== uri || (version ?? asked) !== asked)) return;
    if (range?.start && range.end) {
      placeHolds(range.start);
      placeHolds(range.end);
      assert.ok(
        range.start.line < range.end.line ||
          (range.start.line === range.end.line && range.start.character <= range.end.character),
        'a range ends before it starts',
      );
    }
    for (const [key, each] of Object.entries(value))
      if (!['relatedDocuments', 'changes', 'documentChanges'].includes(key)) down(each);
  };
  down(answer);
}

describe('a server that is edited and asked in any order', () => {
  it('answers every request, or says that it was overtaken, and in the end finds what a new one finds', async () => {
    const inputs = fc.array(step, { minLength: 2, maxLength: 24 });
    await explore(0.2, inputs, async (steps) => {
      const client = connect();
      await client.start([]);
      const now = new Map<string, string>();
      const waiting: Promise<void>[] = [];
      const problems: string[] = [];
      let opened = 0;
      const open = async (file: number) => {
        if (now.has(uris[file]!)) return;
        now.set(uris[file]!, texts.get(paths[file]!)!);
        // No version stands for two texts.
        await client.open(uris[file]!, now.get(uris[file]!)!, 100 * ++opened);
      };
      for (const file of uris.keys()) await open(file);
      const put = async (uri: string, text: string) => {
        now.set(uri, text);
        await client.replace(uri, text);
      };
      for (const each of steps) {
        const uri = uris[each.file]!;
        const text = now.get(uri);
        if (each.do === 'open') await open(each.file);
        if (text === undefined) continue;
        if (each.do === 'damage') await put(uri, damaged(text, each.damages));
        if (each.do === 'mend') await put(uri, texts.get(paths[each.file]!)!);
        if (each.do === 'close') {
          now.delete(uri);
          await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
        }
        if (each.do === 'ask') {
          const version = client.version(uri);
          waiting.push(ask(client.connection, each, { uri, text, version }, problems));
        }
      }
      await Promise.all(waiting);
      assert.deepEqual(problems, []);
      // The files are in no folder.
      assert.deepEqual(
        client.logged.filter((message) => !message.startsWith('Cannot read ')),
        [],
      );
      const fresh = connect();
      await fresh.start([]);
      for (const [uri, text] of now) await fresh.open(uri, text);
      for (const uri of now.keys())
        assert.deepEqual((await client.pull(uri)).items, (await fresh.pull(uri)).items, uri);
      await client.stop();
      await fresh.stop();
    });
  }).timeout(limit(0.2));
});

async function ask(
  connection: MessageConnection,
  { method, from, to, cancel }: Extract<Step, { do: 'ask' }>,
  about: Asked,
  problems: string[],
): Promise<void> {
  const source = new CancellationTokenSource();
  const params = paramsOf(method, about.uri, about.text, from, to);
  const answer = connection.sendRequest(method, params, source.token);
  if (cancel) source.cancel();
  try {
    rangesHold(await answer, about);
  } catch (error) {
    const isOvertaken = error instanceof ResponseError && overtaken.includes(error.code);
    // A name that cannot be renamed is refused with a reason.
    const isRefusal =
      error instanceof ResponseError && /rename$/i.test(method) && error.code === LSPErrorCodes.RequestFailed;
    if (!isOvertaken && !isRefusal) problems.push(`${method}: ${(error as Error).message}`);
  }
}
