import { type Disposable, EventEmitter } from 'vscode';
import {
  FLAG_REQUEST,
  type FlagRequest,
  type FlagResult,
  LINEAGE_REQUEST,
  type Lineage,
  REGISTRY_CHANGED,
  REGISTRY_REQUEST,
  type RegistryBrick,
  type RegistryVersion,
  type VersionId,
} from '../../protocol/registry';
import type { LanguageService } from '../language/service';

/** Publishing changes several files at once; one look afterwards is enough. */
const SETTLE_MS = 200;

/** The bricks of the workspace's registries, as the language server sees them. */
export class Published implements Disposable {
  readonly #changed = new EventEmitter<void>();
  readonly #subscription: Disposable;
  #bricks: Promise<readonly RegistryBrick[]> | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** What was asked before may be answered otherwise. */
  readonly onDidChange = this.#changed.event;

  constructor(private readonly language: LanguageService) {
    this.#subscription = language.onReady(() => this.#soon());
    language.onNotification(REGISTRY_CHANGED, () => this.#soon());
  }

  /** Sorted by name. */
  bricks(): Promise<readonly RegistryBrick[]> {
    this.#bricks ??= this.language.request<RegistryBrick[]>(REGISTRY_REQUEST).then((found) => found ?? []);
    return this.#bricks;
  }

  async find({ registry, name, version }: VersionId): Promise<RegistryVersion | undefined> {
    const brick = (await this.bricks()).find((each) => each.name === name);
    return brick?.versions.find((each) => each.version === version && each.registry === registry);
  }

  lineage({ registry, name, version }: VersionId): Promise<Lineage | undefined> {
    return this.language.request<Lineage>(LINEAGE_REQUEST, { registry, name, version });
  }

  /** Says something of a version; the answer is why that failed, if it did. */
  async flag(request: FlagRequest): Promise<string | undefined> {
    const answer = await this.language.request<FlagResult>(FLAG_REQUEST, request);
    return answer ? answer.failure : 'The language server does not answer.';
  }

  refresh(): void {
    this.#bricks = undefined;
    this.#changed.fire();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  #soon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.refresh(), SETTLE_MS);
  }
}
