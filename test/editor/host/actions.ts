/** What a suite may ask of the window around it; each is one POST to the control endpoint. */
export interface Actions {
  /** Writes .cache/screenshots/<name>.png and answers its path. */
  screenshot: { ask: { name: string; selector?: string } & InFrame; answer: string };
  click: { ask: { selector: string; button?: 'left' | 'right'; clicks?: number } & InFrame; answer: null };
  hover: { ask: { selector: string } & InFrame; answer: null };
  type: { ask: { text: string }; answer: null };
  /** A key or a chord as Playwright writes it, such as `Control+Shift+P`. */
  press: { ask: { key: string }; answer: null };
  /** The visible text of every element that matches, at once. */
  texts: { ask: { selector: string } & InFrame; answer: string[] };
  waitFor: { ask: { selector: string; state?: 'visible' | 'hidden' | 'attached' } & InFrame; answer: null };
  /** The JSON value of an expression, evaluated in the frame (in the workbench without one). */
  evaluate: { ask: { expression: string } & InFrame; answer: unknown };
  resize: { ask: { width: number; height: number }; answer: null };
  frames: { ask: object; answer: string[] };
}

export interface InFrame {
  /** Part of the address or of the visible text of a webview; without it, the workbench itself. */
  frame?: string;
  /** Milliseconds; 10,000 if not given. */
  timeout?: number;
}

export type Action = keyof Actions;
export type Ask<A extends Action> = Actions[A]['ask'];
export type Answer<A extends Action> = Actions[A]['answer'];
