import { LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import { search } from '../search';
import type { Feature } from '../session';

export const rename: Feature = {
  capabilities: () => ({ renameProvider: { prepareProvider: true } }),
  register(session) {
    const { connection, workspace } = session;
    connection.onPrepareRename(async (request) => {
      const at = await session.at(request);
      if (!at) return null;
      const found = workspace.renamable(at.file, at.offset);
      if ('refusal' in found) throw refused(found.refusal);
      return { range: session.range(at.file, found.range), placeholder: found.name };
    });
    connection.onRenameRequest(async (request, token) => {
      const at = await session.at(request);
      if (!at) return null;
      const source = workspace.source(at.file);
      const places = await search(session, at, token);
      const renaming = () => {
        if (workspace.source(at.file) !== source)
          throw new ResponseError(LSPErrorCodes.ContentModified, 'The text is another now');
        return workspace.rename(at.file, at.offset, request.newName, places);
      };
      const answer = await session.answer(at.file, () => workspace.trying(renaming), token);
      if ('refusal' in answer) throw refused(answer.refusal);
      return session.workspaceEdit(answer.edits);
    });
  },
};

function refused(why: string): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.RequestFailed, why);
}
