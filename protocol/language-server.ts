/** What an editor may tell the language server at the start, as `initializationOptions`. */
export interface ClientOptions {
  /** A command of the editor that shows the page of the rule it is given. Without, the page is a file. */
  showRule?: string;
  /** A command of the editor that puts the cursor at a URI, a line and a character. */
  placeCursor?: string;
  /** Severities by rule, for editors that do not answer `workspace/configuration`. */
  rules?: Record<string, string>;
  /** Which hints stand between the lines; all, unless said otherwise. */
  hints?: { types?: boolean; versions?: boolean; parameters?: boolean };
  /** A command of the editor that lists places: it takes a URI, a position and locations. */
  showReferences?: string;
}
