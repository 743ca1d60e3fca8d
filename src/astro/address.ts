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

/** The domain of the astro CLI's context for an Astro on this machine. */
export const localDomain = "localhost";

/** Where the astro CLI looks for an Astro on this machine, unless its `local.core` says otherwise (astro-cli, config/config.go). */
export const localApiRoot = "http://localhost:8888";

/**
 * The host of Astro's APIs under a domain, as the astro CLI finds it (astro-cli, pkg/domainutil, config/cloud.go):
 * `https://api.astronomer.io`, `https://pr1234.api.astronomer-dev.io`, `http://localhost:8888`.
 */
export function apiRoot(domain: string, localRoot: string = localApiRoot): string {
  if (domain === localDomain) return localRoot;
  const preview = /^(pr\d+)\.(astronomer-dev\.io)$/.exec(domain);
  return preview === null ? `https://api.${domain}` : `https://${preview[1]}.api.${preview[2]}`;
}

/** The SCIM base URL of an organization of the public Astro, or of one under another domain. */
export function scimBaseUrl(
  organizationId: string,
  domain: string = publicAstroDomain,
  localRoot: string = localApiRoot,
): string {
  return `${apiRoot(domain, localRoot)}/scim/v2/${organizationId}`;
}

/**
 * A local Astro says with this header, on its lists and errors over SCIM, which version of the IAM API it has beside SCIM. So nobody has to
 * ask, and no other SCIM server is sent a request for what it does not have.
 */
export const iamHeader = "x-astro-iam";
export const iamVersion = "v1";

/** Astro's APIs of one organization: all of them are below one root. */
export interface AstroApis {
  /** What comes before `/v1` and `/scim/v2`, without a trailing slash. */
  readonly root: string;
  readonly organizationId: string;
}

/**
 * Where the IAM API of a SCIM base URL is. Undefined where the URL does not have Astro's form, `ROOT/scim/v2/ORGANIZATION`:
 * no other SCIM server has an IAM API.
 */
export function astroApisOf(scimUrl: string): AstroApis | undefined {
  const [, root, organizationId] = /^(.*)\/scim\/v2\/([^/?#]+)$/.exec(withoutEntraFlag(scimUrl)) ?? [];
  return root === undefined || organizationId === undefined ? undefined : { root, organizationId };
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
