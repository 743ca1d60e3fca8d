/** Which API of Astro's a path of `astro-scim api` means, and where it is. */

import type { AstroApis } from "../../astro/address.ts";
import type { AstroApiName } from "../../astro/records/record.ts";
import { AppError } from "../../ground/errors.ts";

/** A path with its query, encoded. */
export interface ApiPath {
  readonly api: AstroApiName;
  /** Below the SCIM base URL, or for IAM below the root of all of Astro's APIs. */
  readonly path: string;
}

/** Where the target is. */
export interface ApiPlace {
  /** SCIM base URL. */
  readonly baseUrl: string;
  /** Undefined for a server whose address does not have Astro's form. */
  readonly apis: AstroApis | undefined;
}

const scimPath = /^\/(?:Users|Groups|Schemas|ResourceTypes|ServiceProviderConfig|Me|Bulk|\.search)(?:[/?]|$)/;
/** Astro's APIs by their version, which stand below the root. */
const versionedPath = /^\/(?:v\d\w*|iam|platform|spec|scim)(?:[/?]|$)/;
/** What version 1 has outside of an organization. */
const globalPath = /^\/(?:organizations(?:[/?]|$)|users\/self(?:[/?]|$)|authorization\/)/;

/**
 * `/users` is below the organization in version 1 of the IAM API, `/v1/…` below the root, `/Users` below the SCIM base URL;
 * `{organizationId}` stands for the organization of the target. A whole URL has to be on the target.
 * @throws AppError usage
 */
export function resolveApiPath(text: string, place: ApiPlace): ApiPath {
  const named = withoutServer(text, place).replaceAll("{organizationId}", place.apis?.organizationId ?? "");
  const path = named.startsWith("/") ? named : `/${named}`;
  if (scimPath.test(path)) return { api: "scim", path: encoded(path) };
  const { apis } = place;
  if (apis === undefined) throw noIamAt(place);
  const ownScim = `/scim/v2/${apis.organizationId}`;
  if (path.startsWith(`${ownScim}/`)) return { api: "scim", path: encoded(path.slice(ownScim.length)) };
  if (versionedPath.test(path)) return { api: "iam", path: encoded(path) };
  if (globalPath.test(path)) return { api: "iam", path: encoded(`/v1${path}`) };
  const below = path === "/" ? "" : path;
  return { api: "iam", path: encoded(`/v1/organizations/${apis.organizationId}${below}`) };
}

function withoutServer(text: string, { baseUrl, apis }: ApiPlace): string {
  if (!/^https?:\/\//i.test(text)) return text;
  const root = apis?.root ?? new URL(baseUrl).origin;
  if (text === root || text.startsWith(`${root}/`)) return text.slice(root.length);
  throw new AppError("usage", `The URL is not below ${root}, the target, so the token is not sent there.`, {
    hint: "Write only the path, such as /users, /v1/organizations or /Users.",
  });
}

/** @throws AppError usage for what would be another path on the way to the server */
function encoded(path: string): string {
  const [before = ""] = path.split("?");
  if (path.includes("#")) throw unusable("contains #");
  if (before.split("/").some((segment) => /^(?:\.|%2e){1,2}$/i.test(segment)))
    throw unusable("contains . or ..");
  if (before.includes("\\")) throw unusable("contains a backslash");
  const { pathname, search } = new URL(`http://server${path}`);
  return pathname + search;
}

function unusable(what: string): AppError {
  return new AppError("usage", `The path ${what}.`, {
    hint: "Write the path as it stands in the API's reference, such as /teams/clma5ftgk000008mhgev00k7d/members.",
  });
}

function noIamAt({ baseUrl }: ApiPlace): AppError {
  return new AppError(
    "usage",
    `${baseUrl} is not the SCIM URL of an Astro organization, so it has no IAM API.`,
    {
      hint: "Only SCIM paths work with this server, such as /Users, /Groups or /ServiceProviderConfig.",
    },
  );
}
