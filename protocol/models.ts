/** What the extension asks the language server beyond the protocol of language servers. */

/** Answered with every model of the workspace (`ModelSummary[]`), sorted by name; no parameters. */
export const MODELS_REQUEST = 'brique/models';

/** A composition that can be trained. */
export interface ModelSummary {
  name: string;
  /** The file that declares it. */
  uri: string;
  version?: string;
}
