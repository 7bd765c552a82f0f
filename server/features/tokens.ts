import { SemanticTokensBuilder } from 'vscode-languageserver';
import type { TokenKind } from '../../language/answers/answers';
import type { Feature } from '../session';

const kinds: TokenKind[] = [
  'class',
  'struct',
  'function',
  'property',
  'parameter',
  'variable',
  'namespace',
  'event',
  'typeParameter',
];
const modifiers = ['declaration', 'deprecated'];

export const tokens: Feature = {
  capabilities: () => ({
    semanticTokensProvider: { legend: { tokenTypes: kinds, tokenModifiers: modifiers }, full: true },
  }),
  register(session) {
    session.connection.languages.semanticTokens.on(async ({ textDocument }) => {
      const builder = new SemanticTokensBuilder();
      const file = await session.find(textDocument);
      for (const { range, kind, declaration, deprecated } of file === undefined
        ? []
        : session.workspace.tokens(file)) {
        const { start, end } = session.range(file!, range);
        if (start.line !== end.line) continue;
        const bits = (declaration ? 1 : 0) | (deprecated ? 2 : 0);
        builder.push(start.line, start.character, end.character - start.character, kinds.indexOf(kind), bits);
      }
      return builder.build();
    });
  },
};
