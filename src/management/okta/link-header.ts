/** The `Link` header (RFC 8288 §3), of which Okta's API uses `rel="next"` and `rel="self"`. */

import type { NextLink } from "../dialect.ts";

const token = "[\\w!#$%&'*+.^`|~-]+";
const parameter = `\\s*;\\s*(?:${token}(?:\\s*=\\s*(?:"(?:[^"\\\\]|\\\\.)*"|[^\\s;,"]+))?)?`;
const oneLink = new RegExp(`\\s*<([^<>]*)>((?:${parameter})*)\\s*(?:,|$)`, "y");

/**
 * The next page by the header, in which several links, and several headers, are joined by commas. A header that cannot be
 * read is not taken for one without a next link.
 */
export function nextByLinkHeader(header: string | undefined): NextLink {
  if (header === undefined || header.trim() === "") return { kind: "last-page" };
  const links: { readonly url: string; readonly parameters: string }[] = [];
  oneLink.lastIndex = 0;
  while (oneLink.lastIndex < header.length) {
    const found = oneLink.exec(header);
    if (found === null) return { kind: "unreadable" };
    links.push({ url: found[1] ?? "", parameters: found[2] ?? "" });
  }
  const next = links.find(({ parameters }) => relationsIn(parameters).includes("next"));
  return next === undefined ? { kind: "last-page" } : { kind: "next", url: next.url };
}

function relationsIn(parameters: string): readonly string[] {
  const [, quoted, plain] = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,"]+))/i.exec(parameters) ?? [];
  return (quoted ?? plain ?? "").toLowerCase().split(/\s+/);
}
