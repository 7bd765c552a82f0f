/** The controls that look and behave like VS Code's own, and how JSX may use them. */
import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-checkbox/index.js';
import type { DetailedHTMLProps, HTMLAttributes } from 'react';

export type CustomElement<Props> = DetailedHTMLProps<HTMLAttributes<HTMLElement>, HTMLElement> & Props;

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'vscode-button': CustomElement<{ secondary?: boolean; disabled?: boolean }>;
      'vscode-checkbox': CustomElement<{ label?: string; checked?: boolean; toggle?: boolean }>;
    }
  }
}
