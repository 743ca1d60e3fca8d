/** Queries as Microsoft Graph writes them (OData). */

import type { CountedAt } from "../management-api.ts";

/** Most entries on a page of users, groups and members. */
export const mostEntries = 999;

export interface ODataQuery {
  readonly filter?: string;
  readonly select?: readonly string[];
  readonly expand?: string;
  readonly orderBy?: string;
  readonly top?: number;
  /** The answer says how many entries there are. */
  readonly count?: boolean;
}

/**
 * `/users?$select=id,mail&$top=999`. The dollar signs and commas stay as they are, as in Microsoft's own examples; values are
 * percent-encoded.
 */
export function withQuery(path: string, query: ODataQuery): string {
  const { filter, select, expand, orderBy, top, count } = query;
  const parameters = [
    ...(filter === undefined ? [] : [`$filter=${encodeURIComponent(filter)}`]),
    ...(select === undefined ? [] : [`$select=${select.map(encodeURIComponent).join(",")}`]),
    ...(expand === undefined ? [] : [`$expand=${encodeURIComponent(expand)}`]),
    ...(orderBy === undefined ? [] : [`$orderby=${encodeURIComponent(orderBy)}`]),
    ...(top === undefined ? [] : [`$top=${top}`]),
    ...(count === true ? ["$count=true"] : []),
  ];
  return parameters.length === 0 ? path : `${path}?${parameters.join("&")}`;
}

/** A text within a filter: its quotes are doubled. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** One segment of a path. */
export function segment(text: string): string {
  return encodeURIComponent(text);
}

/** The number of entries of a list, as the directory counts them: of `/users?$top=999` at `/users/$count`. */
export function countOfList(path: string): CountedAt {
  return { path: `${path.split("?")[0] ?? path}/$count`, headers: eventualConsistency };
}

/** Queries that only the advanced engine of the directory answers: casts of members, and counts. */
export const eventualConsistency = { ConsistencyLevel: "eventual" } as const;
