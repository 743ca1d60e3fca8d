/** Ids that a company does not have, made of those that it has: the same at every reading. */

import { createHash } from "node:crypto";

/** A GUID. */
export function guidOf(...parts: readonly string[]): string {
  const hex = digestOf(parts).toString("hex");
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-");
}

/** 43 characters, as the ids of app role assignments. */
export function shortIdOf(...parts: readonly string[]): string {
  return digestOf(parts).toString("base64url");
}

function digestOf(parts: readonly string[]): Buffer {
  return createHash("sha256").update(JSON.stringify(parts)).digest();
}
