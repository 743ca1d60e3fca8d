/** Groups that are assigned to the app. */

import type { DirectoryGroup } from "../../../directory/directory.ts";
import { param, type OktaContext, type OktaRequest, type Operation } from "../context.ts";
import { notFound } from "../errors.ts";
import { limitOf, pageAnswer } from "../paging.ts";
import { appGroupJson, assignedGroupsOf } from "../resources/app-group.ts";
import { groupOf } from "../resources/objects.ts";
import { requireVisible } from "../resources/user.ts";
import { requireOurs } from "./apps.ts";

const read = ["okta.apps.read"];
const manage = ["okta.apps.manage"];
const limits = { fallback: 20, min: 20, max: 200 };
const one = "/api/v1/apps/:appId/groups/:groupId";

export const appGroupOperations: readonly Operation[] = [
  {
    method: "GET",
    path: "/api/v1/apps/:appId/groups",
    scopes: read,
    handle: (request, context) => {
      requireOurs(request, context);
      const q = request.query.get("q")?.toLowerCase() ?? "";
      const { hidden } = context.switches;
      const items = assignedGroupsOf(context).filter(
        ({ objectId, name }) => !hidden.has(objectId) && name.toLowerCase().startsWith(q),
      );
      const idOf = ({ objectId }: DirectoryGroup): string => objectId;
      const show = (group: DirectoryGroup): ReturnType<typeof appGroupJson> => shown(group, request, context);
      return pageAnswer(request, { items, idOf, show, limit: limitOf(request, limits) }, context.switches);
    },
  },
  {
    method: "GET",
    path: one,
    scopes: read,
    handle: (request, context) => {
      const group = groupFrom(request, context);
      requireAssigned(group, context);
      return { status: 200, body: shown(group, request, context) };
    },
  },
  {
    method: "PUT",
    path: one,
    scopes: manage,
    handle: (request, context) => {
      const group = groupFrom(request, context);
      const { company } = context;
      if (!company.directory().assignedGroups.has(group.key)) {
        company.act({ kind: "assign-group", group: group.key }, request.by);
      }
      return { status: 200, body: shown(group, request, context) };
    },
  },
  {
    method: "DELETE",
    path: one,
    scopes: manage,
    handle: (request, context) => {
      const group = groupFrom(request, context);
      requireAssigned(group, context);
      context.company.act({ kind: "unassign-group", group: group.key }, request.by);
      return { status: 204 };
    },
  },
];

function shown(
  group: DirectoryGroup,
  { origin, query }: OktaRequest,
  context: OktaContext,
): ReturnType<typeof appGroupJson> {
  return appGroupJson(context, group, { origin, expand: query.get("expand") });
}

function groupFrom(request: OktaRequest, context: OktaContext): DirectoryGroup {
  requireOurs(request, context);
  const id = param(request, "groupId");
  requireVisible(context, id);
  return groupOf(context.company.directory(), id);
}

function requireAssigned({ key, objectId }: DirectoryGroup, { company }: OktaContext): void {
  if (!company.directory().assignedGroups.has(key)) throw notFound(objectId, "ApplicationGroupAssignment");
}
