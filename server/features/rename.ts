import { LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import type { Feature } from '../session';

export const rename: Feature = {
  capabilities: () => ({ renameProvider: { prepareProvider: true } }),
  register(session) {
    const { connection } = session;
    connection.onPrepareRename(async (request) => {
      const at = await session.at(request);
      const found = at && session.workspace.renamable(at.file, at.offset);
      return found ? { range: session.range(at.file, found.range), placeholder: found.name } : null;
    });
    connection.onRenameRequest(async (request) => {
      const at = await session.at(request);
      if (!at) return null;
      const answer = session.workspace.rename(at.file, at.offset, request.newName);
      if ('refusal' in answer) throw new ResponseError(LSPErrorCodes.RequestFailed, answer.refusal);
      return session.workspaceEdit(answer.edits);
    });
  },
};
