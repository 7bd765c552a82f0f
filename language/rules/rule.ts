import type { Finding, Location, Severity, TextEdit } from '../answers/answers';
import type { FlatModel } from '../inference/flatten';
import type { ModelInference } from '../inference/model';
import type { ModuleInference } from '../inference/module';
import type { Names } from '../names/catalogue';
import type { Declaration, ModelDeclaration } from '../names/declarations';
import type { Published } from '../names/published';
import type { RunFacts } from '../names/runs';
import type { SourceFile } from '../names/source-file';
import type { Edit } from '../syntax/edits';
import type { Range } from '../syntax/tree';
import type { Affected } from '../versions/judge/affected';
import type { Verdict } from '../versions/judge/judge';
import type { BrickVersion } from '../versions/judge/version';
import type { ReadLock } from '../versions/lock/read';
import type { Resolution } from '../versions/resolution/resolve';

import type { Severities } from './severities';

/** What only the host can know. Every answer may be "do not know", and then no finding is made. */
export interface Host {
  /** Whether a dataset's file pattern matches anything, seen from the manifest. */
  dataFile?(manifest: string, pattern: string): 'found' | 'missing' | 'unknown';
  /** What a tokenizer.json says, seen from the manifest of the brick that names it. */
  tokenizer?(manifest: string, file: string): TokenizerFacts | 'missing' | 'broken' | 'unknown';
  /** What the header of a file of weights says, seen from the manifest of the brick that names it,
   * or from any other file of its folder. */
  weights?(manifest: string, file: string): WeightsFacts | 'missing' | 'unknown';
  /** What a run left, seen from the composition that names it by its id or its model. */
  run?(file: string, reference: string): RunFacts | 'unknown';
  /** What lies in registries. */
  published?: Published;
  /** sha256, hex. */
  hash?(text: string): string;
}

/** Whether a file beside a manifest is there, as far as the host knows; unknown counts as yes. */
export function hasFile({ dataFile }: Host): (manifest: string, path: string) => boolean {
  return (manifest, path) => dataFile?.(manifest, path) !== 'missing';
}

export interface TokenizerFacts {
  /** One more than the greatest id. */
  ids: number;
  /** Of its content. */
  hash: string;
  /** A hash of all but its pieces: how text is cut, cleaned and laid out. */
  cuts?: string;
  /** A hash of the pieces with ids below that number, and of all special ones; undefined where it cannot be read. */
  piecesBelow?(first: number): string | undefined;
}

/** The shapes by name, as in `windows.kernel`; or why the file is none of weights. */
export type WeightsFacts = { shapes: Record<string, readonly number[]> } | { broken: string };

/** Everything that rules may look at. They get a view of it that notes what they see, so they compare files, not objects. */
export interface Analysis {
  source: SourceFile;
  declaration: Declaration | undefined;
  inference: ModuleInference | ModelInference | undefined;
  /** How versions were chosen; undefined where nothing comes from a registry. */
  resolution: Resolution | undefined;
  /** What `brique.lock` pins; undefined where there is none. */
  lock(): ReadLock | undefined;
  /** A model with its bricks opened; undefined for other files. Computed when first asked for. */
  flat(): FlatModel | undefined;
  /** What is known of a brick's file for every use of it. */
  general(file: string): ModuleInference | undefined;
  /** Whether a file is from a registry: what is wrong with it for everyone is said nowhere else. */
  isPublished(file: string): boolean;
  /** The engine that is asked about, or that the workspace file chooses. */
  engine: string | undefined;
  /** What was found in another file. */
  found(file: string): Finding[];
  /** The models of this name, as they are written now. */
  trained(name: string): ModelDeclaration[];
  /** How often the file itself was found so far by its name. */
  ownLooks(): number;
  /** Names of all rules. */
  ruleIds: readonly string[];
  /** What the workspace says of the rules. */
  severities: Severities;
  catalogue: Names;
  versions: VersionJudge;
  host: Host;
}

/** Compares versions of a brick among the bricks that are named here. */
export interface VersionJudge {
  /** Undefined where one of the two is no brick with a name. */
  judge(old: BrickVersion, next: BrickVersion): Verdict | undefined;
  /** What the new version would mean for this file, which uses the old one. */
  affected(old: BrickVersion, next: BrickVersion): Affected | undefined;
}

export interface FixProposal {
  title: string;
  /** Keeps the meaning. */
  safe?: boolean;
  /** Gives a meaning to what had none: what is found elsewhere in the file thereafter, nobody could see before. */
  uncovers?: boolean;
  edits: TextEdit[];
}

export interface Report {
  range: Range;
  message: string;
  related?: (Location & { message: string })[];
  help?: string;
  tags?: Finding['tags'];
  severity?: Severity;
  /** What is not there. An error about a name that an earlier error is about follows from that one. */
  names?: readonly string[];
  /** Possible fixes, best first. They are offered only after being checked. */
  propose?: () => FixProposal[];
}

/** Where a rule stands in the list of all rules. */
export type RuleGroup =
  | 'syntax'
  | 'names'
  | 'shapes'
  | 'versions'
  | 'transfer'
  | 'tasks'
  | 'data'
  | 'extension-points'
  | 'governance'
  | 'comments';

export interface Rule {
  id: string;
  group: RuleGroup;
  severity: Severity;
  /** Heard only where the settings or the workspace file give it a severity. */
  optIn?: boolean;
  /** Keeps from publishing, and not from running. */
  onlyPublishing?: boolean;
  /** The bad thing, in one line. */
  summary: string;
  /** About what a file says, not about what that means. */
  structural?: boolean;
  /** Rules whose errors in the same file this one would only follow from; `any`: all others. */
  after?: 'any' | readonly string[];
  /** About the text itself; what it covers has no meaning to speak of. */
  aboutText?: boolean;
  /** Why it matters. */
  why: string;
  check(analysis: Analysis, report: (found: Report) => void): void;
}

/** A proposal that replaces one range in the analysed file. */
export function replace(
  analysis: Analysis,
  range: Range,
  text: string,
  title: string,
  safe = false,
): FixProposal {
  return { title, safe, edits: [{ file: analysis.source.file, range, text }] };
}

/** A proposal to write what was most likely meant. */
export function respell(
  analysis: Analysis,
  range: Range,
  text: string,
  title = `Change to \`${text}\``,
): FixProposal {
  return { ...replace(analysis, range, text, title), uncovers: true };
}

/** A proposal of one edit in the analysed file. */
export function edit(analysis: Analysis, { range, text }: Edit, title: string, safe = false): FixProposal {
  return replace(analysis, range, text, title, safe);
}

/** `a`, `b` and `c` in code quotes. */
export function listed(names: Iterable<string>, limit = 6): string {
  const all = [...names];
  const shown = all.slice(0, limit).map((name) => `\`${name}\``);
  if (all.length > limit) shown.push(`${all.length - limit} more`);
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

/** A file's analysis with what the rules said of it. */
export interface Checked {
  analysis: Analysis;
  findings: (Finding & Pick<Report, 'propose'>)[];
  /** About what a composition inherits, and said of the file that it inherits from. */
  inherited: (Finding & Pick<Report, 'propose'>)[];
}
