/** Where Astro is: SCIM base URLs and the Entra flag in them (Astro docs: Set up SCIM provisioning). */

/** Which Astro is meant, without anything secret: the local one inside the process, or the one at a SCIM base URL. */
export type AstroTarget =
  | { readonly kind: "local" }
  /** Without a query: Entra's flag leads to the same Astro. */
  | { readonly kind: "scim"; readonly baseUrl: string };

/** The query key that switches Entra to RFC-compliant PATCH; it carries no value. */
export const entraFlag = "aadOptscim062020";

/** The public Astro's domain; a SCIM base URL there is `https://api.astronomer.io/scim/v2/{organizationId}`. */
export const publicAstroDomain = "astronomer.io";

/** Whether a base URL is on the public Astro or one of its subdomains. */
export function hostIsAstros(baseUrl: string): boolean {
  if (!URL.canParse(baseUrl)) return false;
  const { hostname } = new URL(baseUrl);
  return hostname === publicAstroDomain || hostname.endsWith(`.${publicAstroDomain}`);
}

/** The SCIM base URL of an organization of the public Astro, or of one under another domain. */
export function scimBaseUrl(organizationId: string, domain: string = publicAstroDomain): string {
  return `https://api.${domain}/scim/v2/${organizationId}`;
}

/** The Tenant URL that Entra ID is given: the base URL with the flag. */
export function entraTenantUrl(baseUrl: string): string {
  return `${baseUrl}?${entraFlag}`;
}

/** A Tenant URL without the flag, with or without a value; any other part of its query stays. */
export function withoutEntraFlag(tenantUrl: string): string {
  const at = tenantUrl.indexOf("?");
  if (at === -1) return tenantUrl;
  const parts = tenantUrl.slice(at + 1).split("&");
  const others = parts.filter((part) => part !== entraFlag && !part.startsWith(`${entraFlag}=`));
  return tenantUrl.slice(0, at) + (others.length === 0 ? "" : `?${others.join("&")}`);
}

/** Whether a Tenant URL carries the flag, with or without a value; Entra looks at the key alone. */
export function carriesEntraFlag(tenantUrl: string): boolean {
  return URL.canParse(tenantUrl) && new URL(tenantUrl).searchParams.has(entraFlag);
}
