/** Every route of the SCIM endpoint, below `/scim/v2/{organizationId}`: method, path, handler. */

import { groupResourceType } from "../scim/schema/group.ts";
import { userResourceType } from "../scim/schema/user.ts";
import type { Handler } from "./message.ts";
import { bulk } from "./scim/bulk.ts";
import { discoveryHandlers } from "./scim/discovery.ts";
import { resourceHandlers } from "./scim/resources.ts";
import { rootHandlers } from "./scim/root.ts";
import { me, searchIsPosted } from "./scim/unsupported.ts";

export interface RoutePath {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Segments; one that begins with `:` is a parameter. */
  readonly path: string;
}

export interface Route extends RoutePath {
  readonly handler: Handler;
}

export interface RefusedRoute extends Omit<Route, "method"> {
  readonly methods: readonly string[];
}

const users = resourceHandlers(userResourceType);
const groups = resourceHandlers(groupResourceType);

export const routes: readonly Route[] = [
  ...[users, groups].flatMap((resource): readonly Route[] => [
    { method: "GET", path: resource.endpoint, handler: resource.list },
    { method: "POST", path: resource.endpoint, handler: resource.create },
    { method: "POST", path: `${resource.endpoint}/.search`, handler: resource.search },
    { method: "GET", path: `${resource.endpoint}/:id`, handler: resource.read },
    { method: "PUT", path: `${resource.endpoint}/:id`, handler: resource.replace },
    { method: "PATCH", path: `${resource.endpoint}/:id`, handler: resource.patch },
    { method: "DELETE", path: `${resource.endpoint}/:id`, handler: resource.remove },
  ]),
  { method: "GET", path: "", handler: rootHandlers.list },
  { method: "POST", path: "/.search", handler: rootHandlers.search },
  { method: "POST", path: "/Bulk", handler: bulk },
  { method: "GET", path: "/ServiceProviderConfig", handler: discoveryHandlers.serviceProviderConfig },
  { method: "GET", path: "/ResourceTypes", handler: discoveryHandlers.resourceTypes },
  { method: "GET", path: "/ResourceTypes/:id", handler: discoveryHandlers.resourceType },
  { method: "GET", path: "/Schemas", handler: discoveryHandlers.schemas },
  { method: "GET", path: "/Schemas/:id", handler: discoveryHandlers.schema },
];

/** Paths that are refused by any method: `.search` would else be the id of a user. */
export const refusedRoutes: readonly RefusedRoute[] = [
  { methods: ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"], path: "/Me", handler: me },
  ...[users, groups].map(({ endpoint }) => ({
    methods: ["GET", "PUT", "PATCH", "DELETE"],
    path: `${endpoint}/.search`,
    handler: searchIsPosted,
  })),
];

/**
 * The methods that a path knows, for the `Allow` header of a 405; none where the path is unknown. What answers GET
 * answers HEAD (RFC 9110 §9.1).
 */
export function allowedMethods(path: string, among: readonly RoutePath[] = routes): readonly string[] {
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
