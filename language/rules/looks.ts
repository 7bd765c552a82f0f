/** Questions about things that are made anew with every edit, and may give the same answers again. */
import { remember } from '../remember';
import { isSame, keysOf } from './same';

/** One function for each question, by which equal ones are known. */
export type Ask<T> = (thing: T) => unknown;

/** Two things, one in place of the other: each question is asked once, however many rules want to know. */
export class Pair<T> {
  private readonly known = new Map<Ask<T>, boolean>();

  constructor(
    private readonly before: T,
    private readonly now: T,
  ) {}

  /** Whether both give the same answers. */
  isSame(asked: Iterable<Ask<T>>): boolean {
    for (const ask of asked) {
      let known = this.known.get(ask);
      if (known === undefined) {
        known = isSame(ask(this.before), ask(this.now));
        this.known.set(ask, known);
      }
      if (!known) return false;
    }
    return true;
  }
}

const asks = new Map<string, Ask<never>>();

/** What is under a key. */
export function under<T extends object>(key: string): Ask<T> {
  return remember(asks, key, () => (thing: T) => (thing as Record<string, unknown>)[key]) as Ask<T>;
}

/** What is under a key of what another question is about, a map or not; `name` is that question's own. */
export function within<T>(outer: Ask<T>, name: string, key: string): Ask<T> {
  return remember(asks, `${name} ${key}`, () => (thing: T) => {
    const around = outer(thing);
    if (around instanceof Map) return key === KEYS ? keysOf(around) : around.get(key);
    return (around as Record<string, unknown> | undefined)?.[key];
  }) as Ask<T>;
}

const KEYS = '(keys)';

/** A map that tells what of it is looked at: an entry, which there are, or all of it. */
export class WatchedMap<V> extends Map<string, V> {
  constructor(
    private readonly map: ReadonlyMap<string, V>,
    private readonly seeEntry: (key: string) => void,
    private readonly seeAll: () => void,
  ) {
    super();
  }

  static of<V, T>(map: ReadonlyMap<string, V>, name: string, ask: Ask<T>, see: See<T>): Map<string, V> {
    return new WatchedMap(
      map,
      (key) => see(within(ask, name, key)),
      () => see(ask),
    );
  }

  override get size(): number {
    this.seeEntry(KEYS);
    return this.map.size;
  }

  override get(key: string): V | undefined {
    this.seeEntry(key);
    return this.map.get(key);
  }

  override has(key: string): boolean {
    this.seeEntry(KEYS);
    return this.map.has(key);
  }

  override keys(): MapIterator<string> {
    this.seeEntry(KEYS);
    return this.map.keys();
  }

  override values(): MapIterator<V> {
    this.seeAll();
    return this.map.values();
  }

  override entries(): MapIterator<[string, V]> {
    this.seeAll();
    return this.map.entries();
  }

  override [Symbol.iterator](): MapIterator<[string, V]> {
    return this.entries();
  }

  override forEach(each: (value: V, key: string, map: Map<string, V>) => void): void {
    this.seeAll();
    for (const [key, value] of this.map) each(value, key, this);
  }
}

/** Told of every question. */
export type See<T> = (ask: Ask<T>) => void;
