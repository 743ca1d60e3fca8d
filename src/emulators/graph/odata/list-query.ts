/** The query options of a list (OData): `$top`, `$filter`, `$select`, `$orderby`, `$count`, `$skiptoken`. */

import type { EmulatedRequest } from "../../http/emulated-api.ts";
import { badRequest, unsupportedQuery } from "../graph-error.ts";
import type { Filter } from "./filter.ts";
import { parseFilter } from "./parse-filter.ts";

export interface OrderBy {
  readonly path: string;
  readonly descending: boolean;
}

export interface ListQuery {
  /** Most objects on a page. */
  readonly top: number;
  readonly filter: Filter | undefined;
  /** Undefined: the default properties. */
  readonly select: readonly string[] | undefined;
  /** `manager($select=id)`; empty where nothing is expanded. */
  readonly expand: string;
  readonly orderBy: OrderBy | undefined;
  readonly count: boolean;
  readonly skipToken: string | undefined;
  /** Whether the request has `ConsistencyLevel: eventual`. */
  readonly isEventual: boolean;
}

export interface PageSizes {
  /** Where the client does not say. */
  readonly usual: number;
  readonly most: number;
}

/** Of users, groups, members and service principals (Microsoft Graph: Paging). */
export const directoryPages: PageSizes = { usual: 100, most: 999 };

/** @throws GraphError 400 */
export function readListQuery({ query, headers }: EmulatedRequest, pages: PageSizes): ListQuery {
  for (const name of ["$skip", "$search"]) {
    if (query.has(name)) throw unsupportedQuery(`'${name}' is not supported by the service.`);
  }
  const filter = optionOf(query, "filter");
  const orderBy = optionOf(query, "orderby");
  return {
    top: topOf(optionOf(query, "top"), pages),
    filter: filter === undefined || filter.trim() === "" ? undefined : parseFilter(filter),
    select: selectOf(query),
    expand: optionOf(query, "expand") ?? "",
    orderBy: orderBy === undefined ? undefined : orderOf(orderBy),
    count: optionOf(query, "count") === "true",
    skipToken: optionOf(query, "skiptoken"),
    isEventual: headers["consistencylevel"]?.toLowerCase() === "eventual",
  };
}

/** The properties that the client asks for; undefined where it does not say. */
export function selectOf(query: URLSearchParams): readonly string[] | undefined {
  const names = (optionOf(query, "select") ?? "").split(",").map((name) => name.trim());
  const named = names.filter((name) => name !== "");
  return named.length === 0 ? undefined : named;
}

/** Version 1.0 takes the options without their dollar sign, too (Microsoft Graph: Query parameters). */
export function optionOf(query: URLSearchParams, name: string): string | undefined {
  return query.get(`$${name}`) ?? query.get(name) ?? undefined;
}

function topOf(text: string | undefined, { usual, most }: PageSizes): number {
  if (text === undefined) return usual;
  const top = /^\d+$/.test(text) ? Number(text) : 0;
  if (top >= 1 && top <= most) return top;
  throw badRequest(`Invalid page size specified: '${text}'. Must be between 1 and ${most} inclusive.`);
}

function orderOf(text: string): OrderBy {
  const found = /^\s*([A-Za-z_][\w/]*)(?:\s+(asc|desc))?\s*$/i.exec(text);
  if (found?.[1] === undefined) throw unsupportedQuery("Unsupported orderby clause.");
  return { path: found[1], descending: found[2]?.toLowerCase() === "desc" };
}
