/**
 * Cursors (RFC 9865): where a page ended, given to the client as a text that only this server can make. The server
 * keeps nothing: the text holds the position, and a digest of the query that it belongs to.
 */

import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { isJsonArray, type JsonArray } from "../../../ground/json.ts";
import { ScimError } from "../../../scim/error.ts";
import type { OrderKey, Position } from "../../store/rows.ts";

/** Where a page begins, or where it ends. */
export interface CursorMark {
  readonly side: "after" | "before";
  readonly position: Position;
}

export interface Cursors {
  /** Unreserved characters of RFC 3986 only, as RFC 9865 §2 asks. */
  seal(mark: CursorMark, query: string): string;
  /**
   * @throws ScimError invalidCursor for what this server did not make, or made for another query; expiredCursor
   *   (RFC 9865 §2.1)
   */
  open(cursor: string, query: string): CursorMark;
}

/** How long a cursor is valid; longer than a client needs for a page, and announced to it. */
export const cursorTimeoutSeconds = 3_600;

const maxCursorLength = 4_000;
const digestBytes = 16;

/** Cursors signed with a key of this server; they are valid until it stops. */
export function createCursors(key: Uint8Array, now: () => Date): Cursors {
  const sign = (payload: string): string =>
    createHmac("sha256", key).update(payload).digest().subarray(0, digestBytes).toString("base64url");
  const seconds = (): number => Math.floor(now().getTime() / 1_000);
  return {
    seal: ({ side, position }, query) => {
      const parts: JsonArray = [side, position.key ?? null, position.id, digest(query), seconds()];
      const payload = Buffer.from(JSON.stringify(parts)).toString("base64url");
      return `${payload}.${sign(payload)}`;
    },
    open: (cursor, query) => {
      const [payload = "", signature = ""] = cursor.length > maxCursorLength ? [] : splitOnce(cursor);
      if (!isEqual(signature, sign(payload))) throw foreign();
      const { mark, queryDigest, sealedAt } = readPayload(payload);
      if (queryDigest !== digest(query)) {
        throw invalid(
          "the cursor belongs to another query: filter, sorting and attributes must stay the same",
        );
      }
      if (seconds() - sealedAt <= cursorTimeoutSeconds) return mark;
      throw new ScimError(
        "expiredCursor",
        `the cursor is older than ${cursorTimeoutSeconds} s; start again with an empty one`,
      );
    },
  };
}

/** What the signature vouches for has the form that `seal` gave it. */
function readPayload(payload: string): { mark: CursorMark; queryDigest: string; sealedAt: number } {
  const parts: unknown = JSON.parse(Buffer.from(payload, "base64url").toString());
  if (!isJsonArray(parts)) throw foreign();
  const [side, key, id, queryDigest, sealedAt] = parts;
  if (
    (side !== "after" && side !== "before") ||
    typeof id !== "string" ||
    typeof queryDigest !== "string" ||
    typeof sealedAt !== "number"
  ) {
    throw foreign();
  }
  return { mark: { side, position: { key: orderKey(key), id } }, queryDigest, sealedAt };
}

function splitOnce(cursor: string): readonly [string, string] {
  const dot = cursor.indexOf(".");
  return dot === -1 ? [cursor, ""] : [cursor.slice(0, dot), cursor.slice(dot + 1)];
}

function orderKey(value: unknown): OrderKey {
  return typeof value === "string" || typeof value === "number" ? value : undefined;
}

function digest(query: string): string {
  return createHash("sha256").update(query).digest().subarray(0, digestBytes).toString("base64url");
}

/** As texts, so that no other spelling of the same bytes passes. */
function isEqual(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function foreign(): ScimError {
  return invalid("this server did not issue the cursor; start with an empty one");
}

function invalid(detail: string): ScimError {
  return new ScimError("invalidCursor", detail);
}
