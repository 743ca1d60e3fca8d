/** How SCIM requests are written: the media types of their bodies, and the names of their query parameters. */

import type { Behaviour } from "../../astro/behaviour/table.ts";
import type { RequestForm } from "../api/api.ts";

/** RFC 7644 §3.1. */
export const scimMediaType = "application/scim+json";

export function scimRequestForm(rules: Pick<Behaviour, "contentType">): RequestForm {
  return {
    mediaType: scimMediaType,
    acceptsBody: (mediaType) => isAllowed(mediaType, rules),
    queryName: rfcName,
  };
}

/** RFC 7644 §3.8 and §8.1. Deviation: none, where it may be missing, is JSON: requests written by hand leave it out. */
function isAllowed(mediaType: string, { contentType }: Pick<Behaviour, "contentType">): boolean {
  if (mediaType === scimMediaType) return true;
  switch (contentType) {
    case "any":
      return true;
    case "json":
      return mediaType === "application/json" || mediaType === "";
    case "named":
      return mediaType === "application/json";
    case "scim":
      return false;
  }
}

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
 * The RFCs' spelling of a name, which most have, and are looked at no further. Deviation: names are read in any case,
 * for Microsoft's collections of requests send `startindex`. Other parameters are not SCIM's, such as Entra's
 * `aadOptscim062020` is.
 */
function rfcName(name: string): string {
  return knownNames.has(name) ? name : (byLowerName.get(name.toLowerCase()) ?? name);
}
