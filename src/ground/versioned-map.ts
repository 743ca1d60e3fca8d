/**
 * Maps that are values: a change makes the next version and leaves this one as it is. A version is a plain map that many
 * versions share, and what differs from it; a change copies the differences, of which there are about as many as the square
 * root of the size before they become the next shared map.
 */

/** Differences from the shared map that are kept at least, and for each root of its size. */
const fewest = 32;
const forEachRoot = 2;

/** Undefined is no value: it says that there is none. */
export type Present = string | number | boolean | object;

/** What both a version and a draft are read by. Iterates as a Map does: in the order in which keys came in. */
abstract class LayeredMap<Key, Value extends Present> implements ReadonlyMap<Key, Value> {
  /** Shared with other versions; nothing changes it. */
  protected readonly base: ReadonlyMap<Key, Value>;
  /** Other values of keys of the base. */
  protected readonly replaced: Map<Key, Value>;
  /** Keys of the base that are gone, or came in again behind it. */
  protected readonly removed: Set<Key>;
  /** Behind the base. */
  protected readonly added: Map<Key, Value>;

  constructor(layers: Layers<Key, Value>) {
    this.base = layers.base;
    this.replaced = layers.replaced;
    this.removed = layers.removed;
    this.added = layers.added;
  }

  get size(): number {
    return this.base.size - this.removed.size + this.added.size;
  }

  get(key: Key): Value | undefined {
    if (this.added.size > 0) {
      const added = this.added.get(key);
      if (added !== undefined) return added;
    }
    if (this.removed.size > 0 && this.removed.has(key)) return undefined;
    const replaced = this.replaced.size > 0 ? this.replaced.get(key) : undefined;
    return replaced ?? this.base.get(key);
  }

  has(key: Key): boolean {
    if (this.added.size > 0 && this.added.has(key)) return true;
    return this.base.has(key) && !(this.removed.size > 0 && this.removed.has(key));
  }

  *entries(): MapIterator<[Key, Value]> {
    for (const entry of this.base) {
      const [key] = entry;
      if (this.removed.has(key)) continue;
      const value = this.replaced.get(key);
      yield value === undefined ? entry : [key, value];
    }
    yield* this.added;
  }

  keys(): MapIterator<Key> {
    return this.removed.size === 0 && this.added.size === 0 ? this.base.keys() : this.#keysOfLayers();
  }

  *#keysOfLayers(): MapIterator<Key> {
    for (const key of this.base.keys()) if (!this.removed.has(key)) yield key;
    yield* this.added.keys();
  }

  *values(): MapIterator<Value> {
    for (const [, value] of this.entries()) yield value;
  }

  [Symbol.iterator](): MapIterator<[Key, Value]> {
    return this.entries();
  }

  forEach(tell: (value: Value, key: Key, map: ReadonlyMap<Key, Value>) => void): void {
    for (const [key, value] of this.entries()) tell(value, key, this);
  }
}

interface Layers<Key, Value extends Present> {
  readonly base: ReadonlyMap<Key, Value>;
  readonly replaced: Map<Key, Value>;
  readonly removed: Set<Key>;
  readonly added: Map<Key, Value>;
}

export class VersionedMap<Key, Value extends Present> extends LayeredMap<Key, Value> {
  /** The map as a first version; from now on it must not be changed. */
  static of<Key, Value extends Present>(map: ReadonlyMap<Key, Value>): VersionedMap<Key, Value> {
    if (map instanceof VersionedMap) return map;
    return new VersionedMap({ base: map, replaced: new Map(), removed: new Set(), added: new Map() });
  }

  /** With so many differences that they are to be shared, too, the version has a base of its own. */
  static fromLayers<Key, Value extends Present>(layers: Layers<Key, Value>): VersionedMap<Key, Value> {
    const { base, replaced, removed, added } = layers;
    const version = new VersionedMap(layers);
    const most = Math.max(fewest, forEachRoot * Math.sqrt(base.size));
    return replaced.size + removed.size + added.size <= most ? version : VersionedMap.of(new Map(version));
  }

  with(key: Key, value: Value): VersionedMap<Key, Value> {
    const draft = this.draft();
    draft.set(key, value);
    return draft.toVersion();
  }

  without(key: Key): VersionedMap<Key, Value> {
    if (!this.has(key)) return this;
    const draft = this.draft();
    draft.delete(key);
    return draft.toVersion();
  }

  /** For several changes at once. */
  draft(): MapDraft<Key, Value> {
    return new MapDraft(this.layers());
  }

  /** The keys that may differ from another version; undefined where the two have no base in common. */
  keysThatDiffer(other: ReadonlyMap<Key, Value>): ReadonlySet<Key> | undefined {
    if (other === this) return new Set();
    const { base, replaced, removed, added } = VersionedMap.of(other);
    if (base !== this.base) return undefined;
    const keys = [this.replaced, this.removed, this.added, replaced, removed, added].flatMap((layer) => [
      ...layer.keys(),
    ]);
    return new Set(keys.filter((key) => this.get(key) !== other.get(key)));
  }

  private layers(): Layers<Key, Value> {
    return {
      base: this.base,
      replaced: new Map(this.replaced),
      removed: new Set(this.removed),
      added: new Map(this.added),
    };
  }
}

/** Changed in place, then made the next version, after which it is not changed. */
export class MapDraft<Key, Value extends Present> extends LayeredMap<Key, Value> {
  set(key: Key, value: Value): void {
    const isOfBase = this.base.has(key) && !this.removed.has(key);
    (isOfBase ? this.replaced : this.added).set(key, value);
  }

  delete(key: Key): boolean {
    if (this.added.delete(key)) return true;
    if (!this.base.has(key) || this.removed.has(key)) return false;
    this.replaced.delete(key);
    this.removed.add(key);
    return true;
  }

  toVersion(): VersionedMap<Key, Value> {
    const { base, replaced, removed, added } = this;
    return VersionedMap.fromLayers({ base, replaced, removed, added });
  }
}
