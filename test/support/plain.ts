/** Versions of maps and sets as plain Maps and Sets, however deep within a value: what a test compares. */

import { VersionedMap } from "../../src/ground/versioned-map.ts";
import { VersionedSet } from "../../src/ground/versioned-set.ts";

export function plain(value: unknown): unknown {
  if (value instanceof Map || value instanceof VersionedMap) {
    return new Map([...value].map(([key, one]) => [key, plain(one)]));
  }
  if (value instanceof Set || value instanceof VersionedSet) return new Set(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one)]));
}
