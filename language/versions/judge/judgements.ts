/** Judgements on versions, remembered for as long as both and all that they are made of stay the same. */
import { namedBy } from '../../answers/uses';
import type { Names } from '../../names/catalogue';
import { SourceFile } from '../../names/source-file';
import type { Analysis, Host } from '../../rules/rule';
import { type Affected, affected, affectedBy } from './affected';
import { judge, type Verdict } from './judge';
import type { BrickVersion } from './version';

interface Judgement {
  around: readonly SourceFile[];
  verdict: Verdict | undefined;
}

/** Texts of new versions that are remembered for each old one. */
const MOST_KNOWN = 16;

export class Judgements {
  /** By the old version, then by the file and the text of the new one; the newest last. */
  private readonly known = new WeakMap<SourceFile, Map<string, Judgement>>();
  private readonly copies = new WeakMap<SourceFile, SourceFile>();
  private readonly host: Host;

  constructor({ published: _, ...host }: Host) {
    // What the versions are made of is given with them: nothing else may take part.
    this.host = host;
  }

  /** `names`: what the bricks that they are made of are called where the new version is. */
  judge(old: BrickVersion, next: BrickVersion, names: Names): Verdict | undefined {
    const around = madeOf([old.source, next.source], names);
    const known = this.known.get(old.source) ?? new Map<string, Judgement>();
    this.known.set(old.source, known);
    const key = `${next.source.file}\n${next.weights?.hash ?? ''}\n${next.source.text}`;
    const before = known.get(key);
    if (before && isSame(before.around, around)) return before.verdict;
    const sources = around.map((source) => this.usable(source));
    const verdict = judge(old, next, { sources, host: this.host });
    known.delete(key);
    known.set(key, { around, verdict });
    for (const oldest of known.keys()) {
      if (known.size <= MOST_KNOWN) break;
      known.delete(oldest);
    }
    return verdict;
  }

  /** What the new version would mean for a user of the old one. */
  affected(user: Analysis, old: BrickVersion, next: BrickVersion, names: Names): Affected | undefined {
    const sources = madeOf([user.source, old.source, next.source], names).map((source) =>
      this.usable(source),
    );
    const around = { sources, host: this.host };
    return old.source.kind === 'module'
      ? affected(user, old, next, around, this.judge(old, next, names))
      : affectedBy(user, old, next, around);
  }

  /** Published versions are found through registries; among the sources they are like those of the library. */
  private usable(source: SourceFile): SourceFile {
    if (source.origin !== 'registry') return source;
    const copy = this.copies.get(source) ?? new SourceFile(source.file, source.text, 'library');
    this.copies.set(source, copy);
    return copy;
  }
}

/** What these files are made of that only registries have, at any depth, as it is given to the judge. */
export function publishedIn(sources: readonly SourceFile[], names: Names): SourceFile[] {
  return madeOf(sources, names).flatMap(({ origin, file, text }) =>
    origin === 'registry' ? [new SourceFile(file, text, 'library')] : [],
  );
}

/** Everything that these files name, and what that names. */
function madeOf(sources: readonly SourceFile[], names: Names): SourceFile[] {
  const found = new Set<SourceFile>();
  const open = [...sources];
  for (let source = open.pop(); source; source = open.pop()) {
    for (const { kind, reference } of namedBy(source.declaration)) {
      const lookup = names.find(kind, reference);
      if (lookup.status !== 'found' || found.has(lookup.source)) continue;
      found.add(lookup.source);
      open.push(lookup.source);
    }
  }
  return [...found];
}

function isSame(a: readonly SourceFile[], b: readonly SourceFile[]): boolean {
  return a.length === b.length && a.every((source, index) => source === b[index]);
}
