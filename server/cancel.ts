import { type CancellationToken, LSPErrorCodes, ResponseError } from 'vscode-languageserver';

/** Ends a request that the editor no longer waits for. */
export function stopIfCancelled(token: CancellationToken): void {
  if (token.isCancellationRequested)
    throw new ResponseError(LSPErrorCodes.RequestCancelled, 'The editor no longer waits for it');
}
