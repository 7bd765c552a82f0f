/** The language server as a program: over node-ipc for VS Code, over `--stdio` for everyone else. */
import { type ConnectionStrategy, LSPErrorCodes } from 'vscode-languageserver';
import { createConnection } from 'vscode-languageserver/node';
import { serve } from './serve';

/** A request that was cancelled while it waited is not worked on at all. */
const connectionStrategy: ConnectionStrategy = {
  cancelUndispatched: (message) =>
    'id' in message
      ? {
          jsonrpc: '2.0',
          id: message.id as number,
          error: { code: LSPErrorCodes.RequestCancelled, message: 'cancelled' },
        }
      : undefined,
};

if (!process.argv.some((argument) => /^--(stdio|node-ipc|pipe|socket)/.test(argument)))
  process.argv.push('--stdio');
serve(createConnection({ connectionStrategy }));
