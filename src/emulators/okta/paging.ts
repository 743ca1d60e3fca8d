/** Lists by pages: limit, opaque cursor, `link` headers (Okta: Core Okta API, Pagination). */

import type { JsonValue } from "../../ground/json.ts";
import type { EmulatedAnswer, EmulatedRequest } from "../http/emulated-api.ts";
import { invalid } from "./errors.ts";
import type { OktaSwitches } from "./switches.ts";

export interface PageLimits {
  readonly fallback: number;
  readonly min?: number;
  readonly max: number;
}

/** @throws OktaError E0000001 for what is no number, or out of range */
export function limitOf({ query }: EmulatedRequest, { fallback, min = 1, max }: PageLimits): number {
  const text = query.get("limit");
  if (text === null || text === "" || text === "-1") return fallback;
  const limit = Number(text);
  if (Number.isInteger(limit) && limit >= min && limit <= max) return limit;
  throw invalid("limit", `limit: The value must be between ${min} and ${max}.`);
}

export interface Page<Item> {
  /** All of the list, in the order of their ids. */
  readonly items: readonly Item[];
  readonly idOf: (item: Item) => string;
  readonly show: (item: Item) => JsonValue;
  readonly limit: number;
}

/**
 * The page behind the cursor. A cursor is the id of the last item of the page before, so whatever comes and goes meanwhile, no
 * item that stays is left out or comes twice.
 * @throws OktaError E0000001 for a cursor that this server did not give
 */
export function pageAnswer<Item>(
  request: EmulatedRequest,
  { items, idOf, show, limit }: Page<Item>,
  switches: Pick<OktaSwitches, "nextLinkOrigin">,
): EmulatedAnswer {
  const after = request.query.get("after");
  const start = after === null ? 0 : firstBehind(items, idOf, readCursor(after));
  const shown = items.slice(start, start + limit);
  const last = shown.at(-1);
  const hasMore = start + limit < items.length;
  const next = hasMore && last !== undefined ? writeCursor(idOf(last)) : undefined;
  return { status: 200, headers: { link: links(request, next, switches) }, body: shown.map(show) };
}

/** `rel="self"`, and `rel="next"` where there is another page: a field each. */
export function links(
  { origin, path, query }: EmulatedRequest,
  after: string | undefined,
  { nextLinkOrigin }: Pick<OktaSwitches, "nextLinkOrigin">,
): readonly string[] {
  const self = link({ origin, path, query }, "self");
  if (after === undefined) return [self];
  const next = new URLSearchParams(query);
  next.set("after", after);
  return [self, link({ origin: nextLinkOrigin ?? origin, path, query: next }, "next")];
}

function link(
  { origin, path, query }: Pick<EmulatedRequest, "origin" | "path" | "query">,
  rel: "self" | "next",
): string {
  const text = query.toString();
  const encoded = path.split("/").map(encodeURIComponent).join("/");
  return `<${origin}${encoded}${text === "" ? "" : `?${text}`}>; rel="${rel}"`;
}

export function writeCursor(text: string): string {
  return Buffer.from(`c:${text}`).toString("base64url");
}

/** @throws OktaError E0000001 for a cursor that this server did not give */
export function readCursor(after: string): string {
  const text = Buffer.from(after, "base64url").toString();
  if (!text.startsWith("c:")) throw invalid("after", "after: The cursor is invalid.");
  return text.slice(2);
}

/** Items are in the order of their ids. */
function firstBehind<Item>(items: readonly Item[], idOf: (item: Item) => string, id: string): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const item = items[middle];
    if (item !== undefined && idOf(item) <= id) low = middle + 1;
    else high = middle;
  }
  return low;
}
