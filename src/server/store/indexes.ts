/** The indexes of the in-memory store: which resource has which value of an attribute. */

import { isJsonArray, isJsonObject, type JsonObject } from "../../json.ts";
import { foldCase } from "../../scim/fold-case.ts";
import type { IndexKey, ResourceTypeName } from "./store.ts";

type AttributeIndex = Exclude<IndexKey["index"], "id" | "member">;

interface Indexed {
  readonly index: AttributeIndex;
  /** A second resource with the same value is refused (RFC 7643 §7 `uniqueness`). */
  readonly unique: boolean;
  readonly keysOf: (attributes: JsonObject) => readonly string[];
}

const folded =
  (name: string) =>
  (attributes: JsonObject): readonly string[] => {
    const value = attributes[name];
    return typeof value === "string" ? [foldCase(value)] : [];
  };

function emailKeys(attributes: JsonObject): readonly string[] {
  const emails = attributes["emails"];
  if (!isJsonArray(emails)) return [];
  return emails.flatMap((email) => {
    const value = isJsonObject(email) ? email["value"] : undefined;
    return typeof value === "string" ? [foldCase(value)] : [];
  });
}

function externalIdKeys(attributes: JsonObject): readonly string[] {
  const value = attributes["externalId"];
  return typeof value === "string" ? [value] : [];
}

const indexedAttributes: Readonly<Record<ResourceTypeName, readonly Indexed[]>> = {
  User: [
    { index: "userName", unique: true, keysOf: folded("userName") },
    { index: "externalId", unique: false, keysOf: externalIdKeys },
    { index: "email", unique: false, keysOf: emailKeys },
    { index: "displayName", unique: false, keysOf: folded("displayName") },
  ],
  // Team names are unique within an organization, ignoring case (astro CLI: `organization team update --help`).
  Group: [
    { index: "displayName", unique: true, keysOf: folded("displayName") },
    { index: "externalId", unique: false, keysOf: externalIdKeys },
  ],
};

/** A value that another resource already has. */
export interface Clash {
  readonly attribute: AttributeIndex;
  readonly key: string;
}

/** Index key → ids, for every indexed attribute of one resource type. */
export class Indexes {
  readonly #indexed: readonly Indexed[];
  readonly #idsByKey: ReadonlyMap<AttributeIndex, Map<string, Set<string>>>;

  constructor(type: ResourceTypeName) {
    this.#indexed = indexedAttributes[type];
    this.#idsByKey = new Map(this.#indexed.map(({ index }) => [index, new Map<string, Set<string>>()]));
  }

  /** The ids under a key, in the order in which they came to have it. */
  find(index: AttributeIndex, key: string): Iterable<string> {
    return this.#idsByKey.get(index)?.get(key) ?? [];
  }

  /** The first unique attribute whose value another resource than `id` has. */
  clash(id: string | undefined, attributes: JsonObject): Clash | undefined {
    for (const { index, unique, keysOf } of this.#indexed) {
      if (!unique) continue;
      for (const key of keysOf(attributes)) {
        for (const holder of this.find(index, key)) if (holder !== id) return { attribute: index, key };
      }
    }
    return undefined;
  }

  /** Moves a resource from the keys it had to those it has now; undefined stands for not being there. */
  move(id: string, before: JsonObject | undefined, after: JsonObject | undefined): void {
    for (const { index, keysOf } of this.#indexed) {
      const ids = this.#idsByKey.get(index);
      if (ids === undefined) continue;
      if (before !== undefined) for (const key of keysOf(before)) removeFrom(ids, key, id);
      if (after !== undefined) for (const key of keysOf(after)) addTo(ids, key, id);
    }
  }
}

function addTo(ids: Map<string, Set<string>>, key: string, id: string): void {
  const set = ids.get(key);
  if (set === undefined) ids.set(key, new Set([id]));
  else set.add(id);
}

function removeFrom(ids: Map<string, Set<string>>, key: string, id: string): void {
  const set = ids.get(key);
  set?.delete(id);
  if (set?.size === 0) ids.delete(key);
}
