/** Where Astro is: SCIM base URLs, the Entra flag in them, and how a path is joined to one (astro.md §1.1, §4.3). */

/** The query key that switches Entra to RFC-compliant PATCH; it carries no value. */
export const entraFlag = "aadOptscim062020";

/** The public Astro's domain; a SCIM base URL there is `https://api.astronomer.io/scim/v2/{organizationId}`. */
export const publicAstroDomain = "astronomer.io";

/** The SCIM base URL of an organization of the public Astro, or of one under another domain. */
export function scimBaseUrl(organizationId: string, domain: string = publicAstroDomain): string {
  return `https://api.${domain}/scim/v2/${organizationId}`;
}

/** The Tenant URL that Entra ID is given: the base URL with the flag. */
export function entraTenantUrl(baseUrl: string): string {
  return `${baseUrl}?${entraFlag}`;
}

/**
 * Joins a path, its query included, to a SCIM base URL that may itself carry a query:
 * `https://h/scim/v2/O?aadOptscim062020` and `/Users?count=2` make `https://h/scim/v2/O/Users?aadOptscim062020&count=2`.
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
