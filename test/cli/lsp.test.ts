import assert from 'node:assert/strict';
import { pathToFileURL } from 'node:url';
import { temporaryFolder } from '../engine/data/fixture';
import { writeWorkspace } from '../engine/train/workspace';
import { needsBundle, start } from './brique';

function message(content: object): string {
  const text = JSON.stringify({ jsonrpc: '2.0', ...content });
  return `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
}

describe('brique lsp', () => {
  needsBundle();
  const root = temporaryFolder();

  it('answers an editor over stdin and stdout, and ends when told to', async () => {
    writeWorkspace(root());
    const { child, ended } = start(root(), 'lsp', '--stdio');
    const uri = pathToFileURL(root()).href;
    const answered = new Promise<string>((resolve) => {
      let output = '';
      child.stdout!.on('data', (chunk: Buffer) => {
        output += chunk;
        if (output.includes('"id":1')) resolve(output);
      });
    });
    child.stdin!.write(
      message({ id: 1, method: 'initialize', params: { processId: null, rootUri: uri, capabilities: {} } }),
    );
    assert.match(await answered, /"hoverProvider":true/);
    child.stdin!.write(message({ method: 'initialized', params: {} }));
    child.stdin!.write(message({ id: 2, method: 'shutdown' }));
    child.stdin!.write(message({ method: 'exit' }));
    assert.equal((await ended).code, 0);
  });
});
