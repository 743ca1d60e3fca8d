/** The answer to a request for which there is no route: 404, or 405 with what is allowed there (RFC 9110 §15.5.6). */

import { ScimError } from "../scim/error.ts";
import { errorResponse } from "./error-response.ts";
import type { ServerResponse } from "./message.ts";
import { allowedMethods, type RoutePath } from "./routes.ts";

export function notRouted(
  { method, url }: { readonly method: string; readonly url: string },
  besideScim: readonly RoutePath[],
): ServerResponse {
  const path = withoutQuery(url);
  const below = pathBelow(url);
  const allowed = below === undefined ? allowedMethods(path, besideScim) : allowedMethods(below);
  if (allowed.length === 0) {
    const detail = `there is nothing at ${path.slice(0, 200)}; SCIM is at /scim/v2/{organizationId}/Users and /Groups`;
    return errorResponse(new ScimError(404, detail));
  }
  const names = allowed.join(", ");
  const refusal = errorResponse(new ScimError(405, `${method} is not allowed here; allowed: ${names}`));
  return { ...refusal, headers: { allow: names } };
}

/** The path below the SCIM base URL, without query and trailing slash; undefined elsewhere. */
export function pathBelow(url: string): string | undefined {
  return /^\/scim\/v2\/[^/]+(?<rest>(?:\/.*?)?)\/?$/.exec(withoutQuery(url))?.groups?.["rest"];
}

function withoutQuery(url: string): string {
  return url.split("?")[0] ?? "";
}
