/** Every route of the SCIM endpoint: method, path, handler. */

import { groupResourceType } from "../../scim/schema/group.ts";
import { userResourceType } from "../../scim/schema/user.ts";
import { ScimError } from "../../scim/error.ts";
import type { RefusedRoute, Route } from "../api/api.ts";
import { NotAllowed } from "../api/error-answer.ts";
import { bulk } from "./bulk/bulk.ts";
import { discoveryHandlers } from "./discovery.ts";
import type { Handler, Organization } from "./organization.ts";
import { resourceHandlers } from "./resources.ts";
import { rootHandlers } from "./root.ts";

const users = resourceHandlers(userResourceType);
const groups = resourceHandlers(groupResourceType);

export const routes: readonly Route<Organization>[] = [
  ...[users, groups].flatMap((resource): readonly Route<Organization>[] => [
    { method: "GET", path: resource.endpoint, handler: resource.list },
    { method: "POST", path: resource.endpoint, handler: resource.create },
    { method: "POST", path: `${resource.endpoint}/.search`, isRead: true, handler: resource.search },
    { method: "GET", path: `${resource.endpoint}/:id`, handler: resource.read },
    { method: "PUT", path: `${resource.endpoint}/:id`, handler: resource.replace },
    { method: "PATCH", path: `${resource.endpoint}/:id`, handler: resource.patch },
    { method: "DELETE", path: `${resource.endpoint}/:id`, handler: resource.remove },
  ]),
  { method: "GET", path: "", handler: rootHandlers.list },
  { method: "POST", path: "/.search", isRead: true, handler: rootHandlers.search },
  { method: "POST", path: "/Bulk", handler: bulk },
  { method: "GET", path: "/ServiceProviderConfig", handler: discoveryHandlers.serviceProviderConfig },
  { method: "GET", path: "/ResourceTypes", handler: discoveryHandlers.resourceTypes },
  { method: "GET", path: "/ResourceTypes/:id", handler: discoveryHandlers.resourceType },
  { method: "GET", path: "/Schemas", handler: discoveryHandlers.schemas },
  { method: "GET", path: "/Schemas/:id", handler: discoveryHandlers.schema },
];

/**
 * `/Me`: the token of a provisioning client does not belong to a user, so there is no user to show
 * (RFC 7644 §3.11: 501 where the alias is not supported).
 */
const me: Handler = async () => {
  throw new ScimError(
    501,
    "/Me is not supported because the token does not belong to a user; use /Users/{id}",
  );
};

/** `.search` by any other method than POST: it is not the id of a resource (RFC 7644 §3.4.3). */
const searchIsPosted: Handler = async (_organization, { method }) => {
  throw new NotAllowed(method, ["POST"]);
};

/** Paths that are refused by any method: `.search` would else be the id of a user. */
export const refusedRoutes: readonly RefusedRoute<Organization>[] = [
  { methods: ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"], path: "/Me", handler: me },
  ...[users, groups].map(({ endpoint }) => ({
    methods: ["GET", "PUT", "PATCH", "DELETE"],
    path: `${endpoint}/.search`,
    handler: searchIsPosted,
  })),
];
