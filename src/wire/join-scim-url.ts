/** How the path of a request is joined to a SCIM base URL. */

/**
 * Joins a path, its query included, to a SCIM base URL that may itself carry a query, as Entra's Tenant URL does:
 * `https://h/scim/v2/O?aadOptscim062020` and `/Users?count=2` make `https://h/scim/v2/O/Users?aadOptscim062020&count=2`.
 * Microsoft Learn: Known issues and resolutions with SCIM 2.0 protocol compliance.
 */
export function joinScimUrl(baseUrl: string, path: string): string {
  const [base, baseQuery] = splitOnce(baseUrl, "?");
  const [pathOnly, pathQuery] = splitOnce(path, "?");
  const query = [baseQuery, pathQuery].filter((part) => part !== undefined && part !== "").join("&");
  return base.replace(/\/$/, "") + pathOnly + (query === "" ? "" : `?${query}`);
}

function splitOnce(text: string, separator: string): [string, string?] {
  const at = text.indexOf(separator);
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + separator.length)];
}
