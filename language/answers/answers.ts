/** What the workspace answers, in terms no editor owns. `file` is whatever id the host uses: a URI or an absolute path. */
import type { Range } from '../syntax/tree';

export interface Location {
  file: string;
  range: Range;
}

export interface TextEdit extends Location {
  text: string;
}

export type Severity = 'error' | 'warning' | 'information' | 'hint';

export interface Finding extends Location {
  rule: string;
  severity: Severity;
  /** One clear sentence, without a full stop at the end of a single clause; may be followed by aligned detail lines. */
  message: string;
  related: (Location & { message: string })[];
  /** What helps, when there is more to say than the fixes' titles. */
  help?: string;
  tags?: ('unnecessary' | 'deprecated')[];
}

/** A fix that was checked: after its edits the finding is gone and no new one of that severity has come. */
export interface Fix {
  title: string;
  rule: string;
  /** The finding's place. */
  range: Range;
  /** Safe fixes keep the meaning and may be applied all at once. */
  safe: boolean;
  edits: TextEdit[];
}

export interface Hover {
  range: Range;
  markdown: string;
  /** What led to it, each with its place. */
  facts?: (Location & { text: string })[];
}

export interface Candidate {
  label: string;
  kind:
    | 'key'
    | 'value'
    | 'op'
    | 'module'
    | 'dataset'
    | 'part'
    | 'port'
    | 'column'
    | 'param'
    | 'node'
    | 'type'
    | 'snippet';
  detail?: string | undefined;
  /** Markdown. */
  documentation?: string | undefined;
  /** Snippet text: `$1`, `${1:default}`, `$0`. */
  insert: string;
  /** For editors without snippets, where less is better than the snippet without its places. */
  plain?: string;
  replace: Range;
  /** Sorts before higher ranks. 0: fits by type; 1: fits by name; 2: may fit; 3: a piece to start from. */
  rank: number;
  deprecated?: boolean;
  /** Asked for again, as more of it is typed, it says more. */
  partial?: boolean;
}

export interface OutlineItem {
  name: string;
  detail?: string;
  kind:
    | 'module'
    | 'dataset'
    | 'model'
    | 'section'
    | 'input'
    | 'output'
    | 'param'
    | 'node'
    | 'part'
    | 'task'
    | 'column'
    | 'test';
  range: Range;
  selection: Range;
  children: OutlineItem[];
}

/** A model that can be run from a lens, and where its header stands. */
export interface Runnable {
  model: string;
  range: Range;
}

/** Text that the editor shows behind an offset without its being there. */
export interface Hint {
  kind: 'types' | 'versions' | 'parameters';
  offset: number;
  label: string;
}

export type TokenKind =
  | 'class'
  | 'struct'
  | 'function'
  | 'property'
  | 'parameter'
  | 'variable'
  | 'namespace'
  | 'event'
  | 'typeParameter';

export interface Token {
  range: Range;
  kind: TokenKind;
  declaration: boolean;
  deprecated: boolean;
}

/** Something that a whole workspace can be searched for. */
export interface NamedBrick extends Location {
  name: string;
  kind: 'module' | 'dataset' | 'model';
  detail: string;
}
