/** Paging and the list response (RFC 7644 §3.4.2 and §3.4.2.4, RFC 9865 §2). */

import type { JsonObject } from "../../ground/json.ts";
import { ScimError } from "../error.ts";
import { listResponseUrn } from "../urn.ts";

/** What a client may ask for in a URL, as text, or in a search body, as numbers; null where it does not. */
export interface PagingQuery {
  readonly startIndex?: string | number | null | undefined;
  readonly count?: string | number | null | undefined;
}

/** How many resources a page has where the client does not say, and at most. */
export interface PagingLimits {
  readonly defaultCount: number;
  readonly maxCount: number;
}

/** `startIndex` is 1-based; `count` may be 0, which asks for `totalResults` only. */
export interface Paging {
  readonly startIndex: number;
  readonly count: number;
}

/**
 * Reads `startIndex` and `count`: below their minimum, 1 and 0, they are taken for it; a `count` above the
 * limit for the limit, since a page may hold fewer than was asked for (RFC 7644 §3.4.2.4, table 6).
 * @throws ScimError invalidValue for what is not a whole number
 */
export function parsePaging(query: PagingQuery, limits: PagingLimits): Paging {
  const startIndex = parseWholeNumber("startIndex", query.startIndex) ?? 1;
  const count = parseWholeNumber("count", query.count) ?? limits.defaultCount;
  return {
    startIndex: Math.max(1, startIndex),
    count: Math.min(Math.max(0, count), limits.maxCount),
  };
}

/**
 * Reads the `count` of a query that is paged by cursors; above the limit it is taken for the limit.
 * @throws ScimError invalidCount for what is not a positive whole number (RFC 9865 §2, §2.1)
 */
export function parseCursorCount(given: string | number | undefined, limits: PagingLimits): number {
  if (given === undefined) return Math.min(limits.defaultCount, limits.maxCount);
  if (isWholeNumber(given) && Number(given) > 0) return Math.min(safe(given), limits.maxCount);
  throw new ScimError(
    "invalidCount",
    `With a cursor, count must be between 1 and ${limits.maxCount}, not ${shown(given)}.`,
  );
}

/** One page of an answer; `totalResults` counts what matched, whether it is on this page or not. */
export interface ListPage {
  readonly resources: readonly JsonObject[];
  readonly totalResults: number;
  readonly startIndex: number;
}

/**
 * The body of a list response. `Resources` is there even where it is empty: Okta and Entra read its length.
 */
export function listResponse(page: ListPage): JsonObject {
  return {
    schemas: [listResponseUrn],
    totalResults: page.totalResults,
    startIndex: page.startIndex,
    itemsPerPage: page.resources.length,
    Resources: page.resources,
  };
}

/** What a list response says before its resources: of index paging `startIndex`, of cursor paging the cursors. */
export interface ListCounters {
  readonly totalResults: number;
  readonly itemsPerPage: number;
  readonly startIndex?: number;
  readonly previousCursor?: string;
  readonly nextCursor?: string;
}

/**
 * A list response as JSON text up to its first resource; behind the last one comes `]}`. Numbers need no escape, and
 * neither do cursors (RFC 9865 §2: unreserved characters).
 */
export function listResponseHead(counters: ListCounters): string {
  const { totalResults, itemsPerPage, startIndex, previousCursor, nextCursor } = counters;
  const paging =
    (startIndex === undefined ? "" : `"startIndex":${startIndex},`) +
    (previousCursor === undefined ? "" : `"previousCursor":"${previousCursor}",`) +
    (nextCursor === undefined ? "" : `"nextCursor":"${nextCursor}",`);
  return (
    `{"schemas":["${listResponseUrn}"],"totalResults":${totalResults},${paging}` +
    `"itemsPerPage":${itemsPerPage},"Resources":[`
  );
}

function parseWholeNumber(name: string, given: string | number | null | undefined): number | undefined {
  if (given == null) return undefined;
  if (!isWholeNumber(given)) {
    throw new ScimError("invalidValue", `${name} must be a whole number, not ${shown(given)}.`);
  }
  return safe(given);
}

function isWholeNumber(given: string | number): boolean {
  return typeof given === "number" ? Number.isInteger(given) : /^-?\d+$/.test(given);
}

function shown(given: string | number): string {
  return JSON.stringify(String(given).slice(0, 40));
}

function safe(given: string | number): number {
  return Math.min(Math.max(Number(given), Number.MIN_SAFE_INTEGER), Number.MAX_SAFE_INTEGER);
}
