/** Paths and methods: what is allowed where, and the answer where there is no route (RFC 9110 §15.5.6). */

import { HttpError } from "../../ground/http-error.ts";
import { apiOf, type Api, type Apis, type RoutePath } from "./api.ts";
import { NotAllowed } from "./error-answer.ts";

/** Why there is no route for a request: 404, or 405 with what is allowed there. */
export function notRouted(
  { method, url }: { readonly method: string; readonly url: string },
  apis: Apis,
): HttpError {
  const { prefix, routes, location } = apiOf(apis, url);
  const below = pathBelow(prefix, url);
  const allowed = below === undefined ? [] : allowedMethods(below, routes);
  if (allowed.length > 0) return new NotAllowed(method, allowed);
  const path = withoutQuery(url).slice(0, 200);
  return new HttpError(404, `there is nothing at ${path}; ${location}`);
}

/** The paths by which a fault may name a request: `/Users`; `/organizations/c…/teams` and `/teams`. */
export function pathsForFaults(
  { prefix, faultBase }: Pick<Api, "prefix" | "faultBase">,
  url: string,
): readonly string[] {
  const below = faultBase === undefined ? undefined : pathBelow(faultBase, url);
  return [pathBelow(prefix, url) ?? "", ...(below === undefined ? [] : [below])];
}

/** The path below a prefix, without query and trailing slash; undefined elsewhere. */
export function pathBelow(prefix: string, url: string): string | undefined {
  const pattern = new RegExp(`^${prefix.replaceAll(/:\w+/g, "[^/]+")}(?<rest>(?:/.*?)?)/?$`);
  return pattern.exec(withoutQuery(url))?.groups?.["rest"];
}

/**
 * The methods that a path knows, for the `Allow` header of a 405; none where the path is unknown. What answers GET
 * answers HEAD (RFC 9110 §9.1).
 */
function allowedMethods(path: string, among: readonly RoutePath[]): readonly string[] {
  const plain = path.replace(/\/$/, "");
  const exact = among.filter((route) => route.path === plain);
  const segments = plain.split("/");
  const matching = exact.length > 0 ? exact : among.filter((route) => matchesPath(route.path, segments));
  return matching.flatMap(({ method }) => (method === "GET" ? [method, "HEAD"] : [method]));
}

function matchesPath(pattern: string, segments: readonly string[]): boolean {
  const parts = pattern.split("/");
  return (
    parts.length === segments.length &&
    parts.every((part, at) => part === segments[at] || (part.startsWith(":") && segments[at] !== ""))
  );
}

function withoutQuery(url: string): string {
  return url.split("?")[0] ?? "";
}
