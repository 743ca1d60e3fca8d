/** Where a next link leads: only to the API that gave it, for the credentials go along. */

/** The part of the link that is sent, verbatim, below the base URL; or why it is not followed, as a clause. */
export type FollowedLink = { readonly path: string } | { readonly refused: string };

/**
 * A link to another origin, or out of the base URL's path, is refused: a proxy in front of the API can make such links, and
 * what follows them carries the token.
 */
export function followedLink(link: string, baseUrl: URL): FollowedLink {
  const url = URL.canParse(link, baseUrl.href) ? new URL(link, baseUrl) : undefined;
  if (url === undefined) return { refused: "its link to the next page is not a URL" };
  if (url.origin !== baseUrl.origin) {
    return {
      refused: `its link to the next page leads to ${originInWords(url, baseUrl)} instead of ${originInWords(baseUrl, url)}`,
    };
  }
  if (url.username !== "" || url.password !== "") {
    return { refused: `its link to the next page has credentials for ${url.host}` };
  }
  const prefix = baseUrl.pathname.replace(/\/$/, "");
  const path = verbatim(link) ?? url.pathname + url.search;
  if (!path.startsWith(`${prefix}/`)) {
    return { refused: `its link to the next page leads out of ${baseUrl.href}` };
  }
  return { path: path.slice(prefix.length) };
}

/** Path and query as they were written; undefined where that cannot stand in a request. */
function verbatim(link: string): string | undefined {
  const [written = ""] = link.split("#", 1);
  const path = /^(?:https?:\/\/[^/?#]+)?(\/[\x21-\x5b\x5d-\x7e]*)$/i.exec(written)?.[1];
  return path === undefined || path.startsWith("//") ? undefined : path;
}

/** The host, with the scheme where that is what differs. */
function originInWords(url: URL, other: URL): string {
  return url.host === other.host ? url.origin : url.host;
}
