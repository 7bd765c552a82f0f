/** A registry in memory, of manifests as they would be published. */
import { createHash } from 'node:crypto';
import semver from 'semver';
import type {
  Published,
  PublishedBrick,
  PublishedParent,
  PublishedVersion,
  Trained,
} from '../language/names/published';
import { SourceFile } from '../language/names/source-file';
import { asText, get, itemsOf } from '../language/syntax/path';
import { canonicalText } from '../language/versions/canonical';
import { interfaceOf, interfaceText } from '../language/versions/interface';
import { requirementsOf } from '../language/versions/requires';

export const REGISTRY = '/registry';

/**
 * Keys of a manifest say what a registry would say of it: `x-yanked` and `x-deprecated` with a reason, `x-broken` with
 * why it cannot be read, `x-weights` the hash of its weights, `x-run` the run that made these, `x-parents` what
 * they were trained on, as `name@version`, with `tuned` behind it where that went on learning.
 * `texts` may change before `refresh`.
 */
export class PublishedTexts implements Published {
  #bricks: Map<string, PublishedBrick> | undefined;
  readonly #manifests = new Map<string, string>();

  constructor(
    private readonly texts: () => Iterable<string>,
    /** The text of `brique.lock`. */
    private readonly locked?: () => string | undefined,
  ) {}

  brick(_: unknown, name: string): PublishedBrick {
    return this.#all().get(name) ?? { versions: [], broken: [] };
  }

  names(): readonly string[] {
    return [...this.#all().keys()].sort();
  }

  manifest(
    _: unknown,
    { name, version }: PublishedVersion,
  ): { file: string; text: string } | { why: string } {
    this.#all();
    const text = this.#manifests.get(`${name}@${version}`);
    return text === undefined
      ? { why: 'it is no longer there' }
      : { file: `${REGISTRY}/${name}/${version}/brick.brique.yaml`, text };
  }

  trained(_: unknown, { name, version }: PublishedVersion): Trained | undefined {
    const source = new SourceFile('', this.#manifests.get(`${name}@${version}`) ?? '', 'registry');
    const { root } = source.tree;
    const parents = itemsOf(get(root, 'x-parents')).map((item): PublishedParent => {
      const [parent = '', of = '', tuned] = (asText(item) ?? '').split(/[@ ]/);
      const hash = this.brick(undefined, parent).versions.find((each) => each.version === of)?.hash;
      return { name: parent, version: of, hash: hash ?? '', ...(tuned ? { tuned: true } : {}) };
    });
    const run = asText(get(root, 'x-run'));
    return run === undefined && parents.length === 0 ? undefined : { run: run ?? '', data: [], parents };
  }

  lock(): string | undefined {
    return this.locked?.();
  }

  refresh(): void {
    this.#bricks = undefined;
    this.#manifests.clear();
  }

  #all(): Map<string, PublishedBrick> {
    if (this.#bricks) return this.#bricks;
    const bricks = new Map<
      string,
      { versions: PublishedVersion[]; broken: { version: string; why: string }[] }
    >();
    for (const text of this.texts()) {
      const source = new SourceFile('', text, 'registry');
      const { declaration } = source;
      const [name, version] = [declaration?.name?.value, declaration?.version?.value];
      if (!declaration || name === undefined || version === undefined)
        throw new Error(`not publishable: ${text}`);
      const brick = bricks.get(name) ?? { versions: [], broken: [] };
      bricks.set(name, brick);
      const says = (key: string) => asText(get(source.tree.root, `x-${key}`));
      const [broken, yanked, deprecated, weights] = ['broken', 'yanked', 'deprecated', 'weights'].map(says);
      if (broken !== undefined) {
        brick.broken.push({ version, why: broken });
        continue;
      }
      this.#manifests.set(`${name}@${version}`, text);
      brick.versions.push({
        ...{ name, version, kind: declaration.kind, registry: REGISTRY },
        requires: requirementsOf(declaration),
        hash: sha256(canonicalText(text)),
        interface: sha256(interfaceText(interfaceOf(declaration))),
        ...(weights === undefined ? {} : { weights }),
        ...(yanked === undefined ? {} : { yanked: { reason: yanked } }),
        ...(deprecated === undefined ? {} : { deprecated: { message: deprecated } }),
      });
    }
    for (const { versions } of bricks.values())
      versions.sort((a, b) => semver.rcompare(a.version, b.version));
    this.#bricks = bricks;
    return bricks;
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
