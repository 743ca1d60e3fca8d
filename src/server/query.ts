/** The query of a URL: the parameters that SCIM knows, under the names that the RFCs give them. */

import type { Behaviour } from "../astro/behaviour/table.ts";

/** Names and values in their order; a name may come twice. */
export type QueryParameters = readonly (readonly [name: string, value: string])[];

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
 * The parameters of a query, as the URL standard reads a form (https://url.spec.whatwg.org, §5.1). Deviation: their
 * names are read in any case, for Microsoft's collections of requests send `startindex`. Other parameters are somebody
 * else's, as Entra's `aadOptscim062020` is.
 */
export function readQuery(text: string, names: Behaviour["queryNames"]): QueryParameters {
  return text.split("&").flatMap((part): QueryParameters => {
    if (part === "") return [];
    const equals = part.indexOf("=");
    const name = decoded(equals === -1 ? part : part.slice(0, equals));
    return [[names === "exact" ? name : rfcName(name), equals === -1 ? "" : decoded(part.slice(equals + 1))]];
  });
}

/** Most of what comes is plain, or encoded as it should be: only the rest needs the standard's own reader. */
function decoded(text: string): string {
  if (!/[%+]/.test(text)) return text;
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return new URLSearchParams(`=${text}`).get("") ?? "";
  }
}

/** Names in the RFCs' spelling, which most are, are looked at no further. */
function rfcName(name: string): string {
  return knownNames.has(name) ? name : (byLowerName.get(name.toLowerCase()) ?? name);
}
