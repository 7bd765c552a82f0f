/** What a file's text says, with the place of everything. Offsets count UTF-16 code units, as editors do. */

export interface Range {
  start: number;
  end: number;
}

export type TreeNode = MapNode | SequenceNode | ScalarNode;

export interface ScalarNode {
  kind: 'scalar';
  range: Range;
  value: string | number | boolean | null;
  /** As written, quotes included. */
  raw: string;
  style: 'plain' | 'single' | 'double' | 'literal' | 'folded';
}

export interface MapNode {
  kind: 'map';
  range: Range;
  flow: boolean;
  entries: Entry[];
}

export interface Entry {
  key: ScalarNode;
  /** Absent while the value has not been typed yet. */
  value: TreeNode | undefined;
  range: Range;
}

export interface SequenceNode {
  kind: 'sequence';
  range: Range;
  flow: boolean;
  items: TreeNode[];
}

/** How a slip could be mended. */
export interface Mend {
  title: string;
  edit: { range: Range; text: string };
}

export interface SyntaxProblem {
  range: Range;
  message: string;
  /** Best first. */
  mends?: readonly Mend[];
  /** `syntax` for text that is not YAML, `limit` when a bound on size, depth or aliases was hit. */
  kind: 'syntax' | 'duplicate-key' | 'limit';
}

export interface Tree {
  text: string;
  root: TreeNode | undefined;
  problems: SyntaxProblem[];
}
