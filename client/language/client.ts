import { type LogOutputChannel, window } from 'vscode';
import {
  LanguageClient,
  type LanguageClientOptions,
  RevealOutputChannelOn,
  type ServerOptions,
  State,
  TransportKind,
} from 'vscode-languageclient/node';
import type { ClientOptions } from '../../protocol/language-server';
import { settings } from '../settings';

/** Starts the server and connects to it; undefined where that fails, which is shown. */
export async function startClient(
  module: string,
  output: LogOutputChannel,
  onReady: () => void,
): Promise<LanguageClient | undefined> {
  const client = new LanguageClient('brique', 'Brique', serverOptions(module), clientOptions(output));
  client.onDidChangeState(({ newState }) => {
    if (newState === State.Running) onReady();
  });
  try {
    await client.start();
    return client;
  } catch (error) {
    output.error(error instanceof Error ? error : String(error));
    const show = 'Show Output';
    void window
      .showErrorMessage('The language server of Brique did not start: files are not checked.', show)
      .then((answer) => {
        if (answer === show) output.show();
      });
    return undefined;
  }
}

function serverOptions(module: string): ServerOptions {
  const runtime = settings().node;
  const run = { module, transport: TransportKind.ipc, ...(runtime ? { runtime } : {}) };
  return { run, debug: { ...run, options: { execArgv: ['--nolazy', '--inspect=6029'] } } };
}

function clientOptions(output: LogOutputChannel): LanguageClientOptions {
  return {
    documentSelector: [{ language: 'brique' }],
    initializationOptions: {
      showRule: 'brique.showRule',
      placeCursor: 'brique.placeCursor',
      showReferences: 'brique.showReferences',
    } satisfies ClientOptions,
    outputChannel: output,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    diagnosticCollectionName: 'brique',
    markdown: { isTrusted: false, supportHtml: false },
    diagnosticPullOptions: { onChange: true, onSave: true, onTabs: true },
  };
}
