/** One page of a list, as OData writes it. */

import type { JsonObject, JsonValue, MutableJsonObject } from "../../../ground/json.ts";
import type { EmulatedAnswer, EmulatedRequest } from "../../http/emulated-api.ts";
import { badRequest, unsupportedQuery } from "../graph-error.ts";
import { isAdvanced, matches, pathsIn } from "./filter.ts";
import { readListQuery, type ListQuery, type PageSizes } from "./list-query.ts";
import type { SkipTokens } from "./skip-token.ts";

export interface Listing<Item> {
  /** Everything that there is, before filter and page; sorted by id, so that a page begins where the last one ended although things change. */
  readonly items: readonly Item[];
  readonly idOf: (item: Item) => string;
  /** One property, by which items are filtered and sorted. */
  readonly valueOf: (item: Item, path: string) => JsonValue;
  /** What is shown of it. */
  readonly show: (item: Item, query: ListQuery) => JsonObject;
  /** Behind `$metadata#` in `@odata.context`. */
  readonly context: string;
  readonly pages: PageSizes;
  /** Properties that `$filter` may name; undefined: none may. */
  readonly filterable?: ReadonlySet<string>;
  readonly sortable?: ReadonlySet<string>;
  /** Whether `$expand` is taken. */
  readonly expands?: boolean;
  /** Whether the directory's two engines are behind it: counts and some filters need `ConsistencyLevel: eventual`. */
  readonly isDirectory: boolean;
  /** Properties whose texts are compared by case. */
  readonly exactCase?: (path: string) => boolean;
  /** The order without `$orderby`, where it is not by id. */
  readonly usualOrder?: ListQuery["orderBy"];
}

/** @throws GraphError 400 for a query that Graph does not answer */
export function listAnswer<Item>(
  request: EmulatedRequest,
  listing: Listing<Item>,
  tokens: SkipTokens,
): EmulatedAnswer {
  const query = readListQuery(request, listing.pages);
  refuseUnsupported(query, listing);
  const { select } = query;
  const context = `${listing.context}${select === undefined ? "" : `(${select.join(",")})`}`;
  const all = filtered(listing, query);
  const orderBy = query.orderBy ?? listing.usualOrder;
  const sorted = orderBy === undefined ? all : inOrder(all, listing, orderBy);
  const list = `${request.path} ${orderBy?.path ?? ""}`;
  const position = positionOf(listing, orderBy);
  const from =
    query.skipToken === undefined ? 0 : startAfter(sorted, position, tokens.read(query.skipToken, list));
  const page = sorted.slice(from, from + query.top);
  const last = page.at(-1);
  const hasMore = last !== undefined && from + page.length < sorted.length;
  return {
    status: 200,
    body: {
      "@odata.context": `${request.origin}/${versionOf(request.path)}/$metadata#${context}`,
      // Only the first page has the count (Microsoft Graph: Advanced query capabilities).
      ...(counts(query, listing) && query.skipToken === undefined ? { "@odata.count": all.length } : {}),
      ...(hasMore ? { "@odata.nextLink": nextLink(request, tokens.write(position.of(last), list)) } : {}),
      value: page.map((item) => listing.show(item, query)),
    },
  };
}

/** `v1.0` of `/v1.0/users`. */
export function versionOf(path: string): string {
  return path.split("/")[1] ?? "";
}

function counts(query: ListQuery, { isDirectory }: Pick<Listing<unknown>, "isDirectory">): boolean {
  return query.count && (query.isEventual || !isDirectory);
}

function refuseUnsupported<Item>(query: ListQuery, listing: Listing<Item>): void {
  const { filter, orderBy, expand } = query;
  if (expand !== "" && listing.expands !== true) throw unsupportedQuery(`'${expand}' cannot be expanded.`);
  const unknown = filter && pathsIn(filter).find((path) => listing.filterable?.has(path) !== true);
  if (unknown !== undefined) {
    throw unsupportedQuery(`Unsupported or invalid query filter clause specified for property '${unknown}'.`);
  }
  if (orderBy !== undefined && listing.sortable?.has(orderBy.path) !== true) {
    throw unsupportedQuery(`Sorting not supported for property '${orderBy.path}'.`);
  }
  if (listing.isDirectory && needsAdvanced(query) && !(query.isEventual && query.count)) {
    throw unsupportedQuery(
      "The query needs the header ConsistencyLevel: eventual and the parameter $count=true.",
    );
  }
}

function needsAdvanced({ filter, orderBy }: ListQuery): boolean {
  return filter !== undefined && (isAdvanced(filter) || orderBy !== undefined);
}

function filtered<Item>(listing: Listing<Item>, { filter }: ListQuery): readonly Item[] {
  if (filter === undefined) return listing.items;
  const ignoresCase = (path: string): boolean => listing.exactCase?.(path) !== true;
  return listing.items.filter((item) => matches(filter, (path) => listing.valueOf(item, path), ignoresCase));
}

function inOrder<Item>(
  items: readonly Item[],
  listing: Listing<Item>,
  orderBy: NonNullable<ListQuery["orderBy"]>,
): readonly Item[] {
  const { of, compare } = positionOf(listing, orderBy);
  return items
    .map((item) => ({ item, position: of(item) }))
    .toSorted((one, other) => compare(one.position, other.position))
    .map(({ item }) => item);
}

interface Position<Item> {
  readonly of: (item: Item) => { readonly sortedBy: string; readonly id: string };
  readonly compare: (
    one: { readonly sortedBy: string; readonly id: string },
    other: { readonly sortedBy: string; readonly id: string },
  ) => number;
}

function positionOf<Item>(listing: Listing<Item>, orderBy: ListQuery["orderBy"]): Position<Item> {
  const sign = orderBy?.descending === true ? -1 : 1;
  return {
    of: (item) => ({
      sortedBy: orderBy === undefined ? "" : textOf(listing.valueOf(item, orderBy.path)),
      id: listing.idOf(item),
    }),
    compare: (one, other) =>
      sign * (compareText(one.sortedBy, other.sortedBy) || compareText(one.id, other.id)),
  };
}

function textOf(value: JsonValue): string {
  return value === null ? "" : typeof value === "string" ? value.toLowerCase() : JSON.stringify(value);
}

function compareText(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1;
}

/** The first position behind that end: found by halves, for every page looks for it. */
function startAfter<Item>(
  sorted: readonly Item[],
  { of, compare }: Position<Item>,
  end: { readonly sortedBy: string; readonly id: string },
): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = sorted[middle];
    if (item !== undefined && compare(of(item), end) > 0) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The request again, with the token of the next page. */
function nextLink({ origin, path, query }: EmulatedRequest, token: string): string {
  const parameters = [...query].filter(([name]) => !["$skiptoken", "skiptoken"].includes(name));
  const text = [...parameters, ["$skiptoken", token] as const]
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join("&");
  return `${origin}${path.split("/").map(encodeSegment).join("/")}?${text}`;
}

function encodeSegment(segment: string): string {
  return encodeURIComponent(segment).replaceAll("%24", "$");
}

/** The properties that were asked for; null for one that has no value. */
export function selected(
  valueOf: (name: string) => JsonValue,
  names: readonly string[],
  { known, type }: { readonly known: (name: string) => boolean; readonly type: string },
): JsonObject {
  const unknown = names.find((name) => !known(name));
  if (unknown !== undefined) {
    throw badRequest(
      `Parsing OData Select and Expand failed: Could not find a property named '${unknown}' on type '${type}'.`,
    );
  }
  const shown: MutableJsonObject = {};
  for (const name of names) shown[name] = valueOf(name);
  return shown;
}

/** The whole object, or the properties of it that were asked for. */
export function selectedOf(
  object: JsonObject,
  names: readonly string[] | undefined,
  kind: { readonly known: (name: string) => boolean; readonly type: string },
): JsonObject {
  return names === undefined ? object : selected((name) => object[name] ?? null, names, kind);
}
