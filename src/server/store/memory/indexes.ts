/** The indexes of the in-memory store: which resource has which value of an attribute. */

import { isJsonArray, isJsonObject, type JsonObject } from "../../../ground/json.ts";
import { foldCase } from "../../../ground/text/fold-case.ts";
import type { IndexKey } from "../rows.ts";
import type { ResourceTypeName } from "../resource-type-name.ts";

type AttributeIndex = Exclude<IndexKey["index"], "id" | "member" | "role" | "invite">;

/** What is looked up in a Map: the folded value, or a number made of it. */
type Key = string | number;

interface Indexed {
  readonly index: AttributeIndex;
  readonly keysOf: (attributes: JsonObject) => readonly Key[];
  /** The attributes that `keysOf` reads: where none of them changes, neither do the keys. */
  readonly reads: readonly string[];
  /** Where an index finds others, too: the values by which it is known who is meant. */
  readonly valuesOf?: (attributes: JsonObject) => readonly string[];
}

const folded =
  (name: string) =>
  (attributes: JsonObject): readonly string[] => {
    const value = attributes[name];
    return typeof value === "string" ? [foldCase(value)] : [];
  };

function emailValues(attributes: JsonObject): readonly string[] {
  const emails = attributes["emails"];
  if (!isJsonArray(emails)) return [];
  const values: string[] = [];
  for (const email of emails) {
    const value = isJsonObject(email) ? email["value"] : undefined;
    if (typeof value === "string") values.push(foldCase(value));
  }
  return values;
}

/** In Astro the e-mail address mostly is the userName: what that index finds is not kept twice. */
function emailKeys(attributes: JsonObject): readonly string[] {
  const [userName] = folded("userName")(attributes);
  return emailValues(attributes).filter((value) => value !== userName);
}

function externalIdKeys(attributes: JsonObject): readonly string[] {
  const value = attributes["externalId"];
  return typeof value === "string" ? [value] : [];
}

const indexedAttributes: Readonly<Record<ResourceTypeName, readonly Indexed[]>> = {
  User: [
    { index: "userName", keysOf: folded("userName"), reads: ["userName"] },
    { index: "externalId", keysOf: externalIdKeys, reads: ["externalId"] },
    { index: "email", keysOf: emailKeys, reads: ["emails", "userName"], valuesOf: emailValues },
    // By number, for a folded name of each user would be kept for this alone.
    {
      index: "displayName",
      keysOf: (user) => folded("displayName")(user).map(hash),
      reads: ["displayName"],
      valuesOf: folded("displayName"),
    },
  ],
  Group: [
    { index: "displayName", keysOf: folded("displayName"), reads: ["displayName"] },
    { index: "externalId", keysOf: externalIdKeys, reads: ["externalId"] },
  ],
};

/** The ids under one key: mostly one, for which a Set would be a waste. */
type Ids = string | Set<string>;

/** Index key → ids, for every indexed attribute of one resource type. */
export class Indexes {
  readonly #indexed: readonly Indexed[];
  readonly #type: ResourceTypeName;
  readonly #idsByKey: ReadonlyMap<AttributeIndex, Map<Key, Ids>>;

  constructor(type: ResourceTypeName) {
    this.#type = type;
    this.#indexed = indexedAttributes[type];
    this.#idsByKey = new Map(this.#indexed.map(({ index }) => [index, new Map<Key, Ids>()]));
  }

  /** Ids of all rows that have the key; where `isExact` says no, perhaps of some more: the caller looks again. */
  find(index: AttributeIndex, key: Key): Iterable<string> {
    const isHashed = this.#type === "User" && index === "displayName";
    const ids = idsUnder(this.#idsByKey.get(index), isHashed && typeof key === "string" ? hash(key) : key);
    return index === "email" ? [...idsUnder(this.#idsByKey.get("userName"), key), ...ids] : ids;
  }

  /** Whether all that `find` finds has the key. */
  isExact(index: AttributeIndex): boolean {
    return this.#valuesOf(index) === undefined;
  }

  /** Whether what `find` found has the key; asked where that is not exact. */
  has(attributes: JsonObject, index: AttributeIndex, key: string): boolean {
    return this.#valuesOf(index)?.(attributes).includes(key) ?? true;
  }

  /** Moves a resource from the keys it had to those it has now; undefined stands for not being there. */
  move(id: string, before: JsonObject | undefined, after: JsonObject | undefined): void {
    for (const { index, keysOf, reads } of this.#indexed) {
      const ids = this.#idsByKey.get(index);
      if (ids === undefined || isSame(reads, before, after)) continue;
      const old = before === undefined ? [] : keysOf(before);
      const now = after === undefined ? [] : keysOf(after);
      for (const key of old) if (!now.includes(key)) removeFrom(ids, key, id);
      for (const key of now) if (!old.includes(key)) addTo(ids, key, id);
    }
  }

  #valuesOf(index: AttributeIndex): Indexed["valuesOf"] {
    return this.#indexed.find((one) => one.index === index)?.valuesOf;
  }
}

/** What an edit leaves alone is the same value, not an equal one: a wrong "no" costs time only. */
function isSame(
  names: readonly string[],
  before: JsonObject | undefined,
  after: JsonObject | undefined,
): boolean {
  if (before === undefined || after === undefined) return false;
  return names.every((name) => before[name] === after[name]);
}

function idsUnder(idsByKey: ReadonlyMap<Key, Ids> | undefined, key: Key): Iterable<string> {
  const ids = idsByKey?.get(key);
  if (ids === undefined) return [];
  return typeof ids === "string" ? [ids] : ids;
}

function addTo(idsByKey: Map<Key, Ids>, key: Key, id: string): void {
  const ids = idsByKey.get(key);
  if (ids === undefined) idsByKey.set(key, id);
  else if (typeof ids === "string") idsByKey.set(key, new Set([ids, id]));
  else ids.add(id);
}

function removeFrom(idsByKey: Map<Key, Ids>, key: Key, id: string): void {
  const ids = idsByKey.get(key);
  if (ids === id) idsByKey.delete(key);
  else if (typeof ids === "object" && ids.delete(id) && ids.size === 0) idsByKey.delete(key);
}

/** FNV-1a, cut to what V8 keeps without a box. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return value >> 2;
}
