import { MarkupKind } from 'vscode-languageserver';
import { signatureAt } from '../../language/answers/signature';
import type { Feature } from '../session';

/** Params of a brick and attributes of an op, while they are typed. */
export const signature: Feature = {
  capabilities: () => ({
    signatureHelpProvider: { triggerCharacters: ['{', ',', ':'], retriggerCharacters: [' '] },
  }),
  register(session) {
    session.connection.onSignatureHelp(async (request) => {
      const at = await session.at(request);
      const analysis = at && session.workspace.analysis(at.file);
      const found = analysis && signatureAt(analysis, at.offset);
      if (!found) return null;
      const { label, documentation, params, active } = found;
      return {
        signatures: [
          {
            label,
            ...(documentation === undefined ? {} : { documentation }),
            parameters: params.map((param) => ({
              label: [param.start, param.end],
              documentation: { kind: MarkupKind.Markdown, value: param.documentation },
            })),
          },
        ],
        activeSignature: 0,
        // Past the last one is none of them.
        activeParameter: active ?? params.length,
      };
    });
  },
};
