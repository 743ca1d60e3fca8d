/** The query of a URL: the parameters that SCIM knows, under the names that the RFCs give them. */

import type { Behaviour } from "../astro/behaviour/table.ts";

/** RFC 7644 §3.4.2, §3.9 and RFC 9865 §2. */
const knownNames: ReadonlySet<string> = new Set([
  "attributes",
  "excludedAttributes",
  "filter",
  "sortBy",
  "sortOrder",
  "startIndex",
  "count",
  "cursor",
]);

const byLowerName: ReadonlyMap<string, string> = new Map(
  Array.from(knownNames, (name) => [name.toLowerCase(), name]),
);

/**
 * The parameters of a query. Deviation: their names are read in any case, for Microsoft's collections of requests send
 * `startindex`. Other parameters are somebody else's, as Entra's `aadOptscim062020` is.
 */
export function readQuery(text: string, names: Behaviour["queryNames"]): URLSearchParams {
  const query = new URLSearchParams(text);
  if (names === "exact" || !hasOtherSpelling(query)) return query;
  return new URLSearchParams(Array.from(query, ([name, value]): [string, string] => [rfcName(name), value]));
}

/** Looks at names in the RFCs' spelling, which most are, no further. */
function hasOtherSpelling(query: URLSearchParams): boolean {
  for (const name of query.keys()) if (!knownNames.has(name) && rfcName(name) !== name) return true;
  return false;
}

function rfcName(name: string): string {
  return byLowerName.get(name.toLowerCase()) ?? name;
}
