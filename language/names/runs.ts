/** What a run says of the weights that it left. */
export interface RunFacts {
  id: string;
  parts: readonly RunPartFacts[];
}

export interface RunPartFacts {
  name: string;
  module: string;
  version: string;
  /** Whether the run left its weights as they were. */
  isFrozen: boolean;
  /** sha256 of its weights in the run, hex; undefined where it has none. */
  weights?: string;
  /** What it started from; undefined for fresh weights and for files beside manifests. */
  from?: { run: string } | { published: { name: string; version: string; hash: string; weights: string } };
  /** The parts whose values reach it. */
  above: readonly string[];
}

/** The part of a run whose weights a part of that name and brick takes. */
export function partLike(
  { parts }: RunFacts,
  part: string,
  module: string | undefined,
): RunPartFacts | undefined {
  return (
    parts.find((each) => each.name === part && each.module === module) ??
    parts.find((each) => each.module === module)
  );
}
