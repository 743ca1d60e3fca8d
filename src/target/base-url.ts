/** SCIM base URLs as people paste them: checked, and brought to one form. */

import { entraFlag, entraTenantUrl, localDomain, publicAstroDomain, scimBaseUrl } from "../astro/address.ts";
import { AppError } from "../ground/errors.ts";
import { requireSafeTransport } from "../http/loopback.ts";

/** What makes a URL unfit for a base URL, in one clause that follows its source; nothing of the URL is repeated. */
interface Fault {
  readonly is: (url: URL) => boolean;
  readonly message: string;
  readonly hint: string;
}

/** An address that cannot be the target's: of a command that checks it, this is a result. */
export class UnfitAddress extends AppError {}

const consoleHost = `cloud.${publicAstroDomain}`;
const example = scimBaseUrl("ORGANIZATION_ID");

/** With or without a value: Entra looks at the key alone. */
const isEntraFlag = new RegExp(`^\\?${entraFlag}(?:=[^&]*)?$`);
/** The flag, misspelt too: `aadOptScim062020`, `aadOptscim06202`. */
const likeEntraFlag = /aad_?opt|optscim|062020/i;
const flagHint = `Write it exactly like this, after a question mark at the end: ${entraTenantUrl(example)}. Entra ID ignores any other spelling.`;

const faults: readonly Fault[] = [
  {
    is: (url) => url.username !== "" || url.password !== "",
    message: "contains a user name or a password",
    hint: "Remove them; the API token goes into --token-file or ASTRO_SCIM_TOKEN.",
  },
  {
    is: (url) => url.hash !== "",
    message: "contains a fragment (#…)",
    hint: `Write only the SCIM base URL, such as ${example}.`,
  },
  {
    is: (url) => likeEntraFlag.test(url.pathname),
    message: "has Entra's flag in its path, where Entra ID does not look for it",
    hint: flagHint,
  },
  {
    is: (url) => likeEntraFlag.test(url.search) && !isEntraFlag.test(url.search),
    message: `has a query that resembles Entra's flag, but is not exactly ?${entraFlag}`,
    hint: flagHint,
  },
  {
    is: (url) => url.search !== "" && !isEntraFlag.test(url.search),
    message: `has a query other than ?${entraFlag}`,
    hint: "Remove the query; astro-scim adds its own.",
  },
  {
    is: (url) => /%7B|%3C|%7D|%3E/i.test(url.pathname),
    message: "still contains a placeholder in braces",
    hint: `Replace it with the organization ID: ${example}.`,
  },
  {
    is: (url) =>
      /\/(?:Users|Groups|Me|Bulk|Schemas|ResourceTypes|ServiceProviderConfig|\.search)(?:\/|$)/i.test(
        url.pathname,
      ),
    message: "points to a resource below the SCIM base URL",
    hint: `Write only the part before it, such as ${example}.`,
  },
  {
    is: (url) => hostOf(url) === consoleHost,
    message: "points to the Astro console",
    hint: `The SCIM URL looks like ${example}: see "SCIM Integration URL" in the organization's settings.`,
  },
  {
    is: (url) => isPublicAstroUrl(url) && !/^\/scim\/v2\/[^/]+\/?$/.test(url.pathname),
    message: "is not a SCIM base URL of Astro",
    hint: `It looks like ${example}; --org ORGANIZATION_ID is short for it.`,
  },
];

/**
 * The base URL without a trailing slash, Entra's flag kept. `source` is where it was found: `--url`, `profile prod`.
 * @throws AppError usage, saying what is wrong with it; refused, for plain HTTP to another machine.
 */
export function parseBaseUrl(text: string, source: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || (url.protocol !== "https:" && url.protocol !== "http:") || url.hostname === "") {
    throw new UnfitAddress("usage", `The URL of ${source} is not an http or https URL.`, {
      hint: `Write the SCIM base URL, such as ${example}.`,
    });
  }
  const fault = faults.find(({ is }) => is(url));
  if (fault !== undefined) {
    throw new UnfitAddress("usage", `The URL of ${source} ${fault.message}.`, { hint: fault.hint });
  }
  requireSafe(url);
  return url.origin + url.pathname.replace(/\/+$/, "") + (url.search === "" ? "" : `?${entraFlag}`);
}

/** @throws UnfitAddress refused */
function requireSafe(url: URL): void {
  try {
    requireSafeTransport(url);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw new UnfitAddress(error.code, error.message, error.hint === undefined ? {} : { hint: error.hint });
  }
}

/**
 * The base URL of an organization on the public Astro, or on another domain of Astronomer's; `localRoot` is that of `localhost`.
 * @throws AppError usage, where the ID or the domain can't be one.
 */
export function organizationBaseUrl(
  organizationId: string,
  domain: string | undefined,
  { source, localRoot }: { readonly source: string; readonly localRoot: string },
): string {
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(organizationId)) {
    throw new UnfitAddress("usage", `The organization in ${source} is not an organization ID.`, {
      hint: "It has only letters and digits, such as cknaqyipv05731evsry6cj4n0; see the organization's settings.",
    });
  }
  const named = domain === undefined ? publicAstroDomain : astroDomain(domain, source);
  return scimBaseUrl(organizationId, named, localRoot);
}

/**
 * A domain as the astro CLI takes it: `https://`, `cloud.` and a trailing slash are dropped (astro-cli, pkg/domainutil).
 * `localhost` is the Astro on this machine.
 * @throws AppError usage, where it is not a host name.
 */
export function astroDomain(text: string, source: string): string {
  const domain = text
    .trim()
    .toLowerCase()
    .replace(/^https:\/\//, "")
    .replace(/\/$/, "")
    .replace(/^cloud\./, "");
  if (domain === localDomain) return domain;
  if (/^(?=.{1,253}$)[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+$/.test(domain)) return domain;
  throw new UnfitAddress("usage", `The domain in ${source} is not a domain name.`, {
    hint: `Leave it out to use ${publicAstroDomain}.`,
  });
}

/** True for the public Astro's API host, whatever the path. */
export function isPublicAstroUrl(url: URL): boolean {
  return hostOf(url) === `api.${publicAstroDomain}`;
}

/** The organization that a base URL names in Astro's form; undefined for other servers. */
export function organizationOf(baseUrl: string): string | undefined {
  return /\/scim\/v2\/([^/?]+)$/.exec(new URL(baseUrl).pathname)?.[1];
}

/** A final dot is the same host to the DNS. */
function hostOf(url: URL): string {
  return url.hostname.replace(/\.$/, "");
}
