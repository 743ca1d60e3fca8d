/** Groups: list, get, create, rename, delete. */

import * as z from "zod";
import type { DirectoryGroup } from "../../../directory/directory.ts";
import type { JsonObject } from "../../../ground/json.ts";
import type { EmulatedAnswer } from "../../http/emulated-api.ts";
import { needs } from "../access/permissions.ts";
import { newEntity, objectOf } from "../graph-body.ts";
import { badRequest, notFound } from "../graph-error.ts";
import {
  contextUrl,
  noContent,
  type GraphContext,
  type GraphRequest,
  type GraphRoute,
} from "../graph-route.ts";
import { valueAt } from "../odata/filter.ts";
import { countOf } from "../odata/count-answer.ts";
import { listAnswer, selectedOf } from "../odata/list-answer.ts";
import { directoryPages, selectOf } from "../odata/list-query.ts";
import { filterableGroupProperties, groupObject, isGroupProperty } from "../objects/group.ts";

export function groupRoutes(context: GraphContext): readonly GraphRoute[] {
  const { company } = context;
  return [
    {
      method: "GET",
      path: "/groups",
      needs: needs.groups,
      handle: (request) => listGroups(request, context),
    },
    {
      method: "GET",
      path: "/groups/$count",
      needs: needs.groups,
      handle: (request) => countOf(request, context.read().groups.length),
    },
    {
      method: "POST",
      path: "/groups",
      needs: needs.changeGroups,
      handle: (request) => createGroup(request, context),
    },
    {
      method: "GET",
      path: "/groups/:id",
      needs: needs.groups,
      handle: (request) => getGroup(request, context),
    },
    {
      method: "PATCH",
      path: "/groups/:id",
      needs: needs.changeGroups,
      handle: (request) => renameGroup(request, context),
    },
    {
      method: "DELETE",
      path: "/groups/:id",
      needs: needs.changeGroups,
      handle: (request) => {
        company.act({ kind: "delete-group", group: groupOf(request, context.current()).key });
        return noContent;
      },
    },
  ];
}

/** @throws GraphError 404 */
export function groupOf(
  { params }: GraphRequest,
  { groupById }: ReturnType<GraphContext["current"]>,
): DirectoryGroup {
  const { id = "" } = params;
  const group = groupById.get(id.toLowerCase()) ?? groupById.get(id);
  if (group === undefined) throw notFound(id);
  return group;
}

export function groupObjectOf(group: DirectoryGroup, { company, options }: GraphContext): JsonObject {
  return groupObject(group, company, options.groupDetails?.[group.key]);
}

/** @throws GraphError 400 for a property that groups do not have */
export function showGroup(object: JsonObject, select: readonly string[] | undefined): JsonObject {
  return selectedOf(object, select, { known: isGroupProperty, type: "microsoft.graph.group" });
}

function listGroups(request: GraphRequest, context: GraphContext): EmulatedAnswer {
  return listAnswer(
    request,
    {
      items: context.read().groups,
      idOf: ({ objectId }) => objectId,
      valueOf: (group, path) => valueAt(groupObjectOf(group, context), path),
      show: (group, { select }) => showGroup(groupObjectOf(group, context), select),
      context: "groups",
      pages: directoryPages,
      filterable: filterableGroupProperties,
      sortable: new Set(["displayName"]),
      isDirectory: true,
    },
    context.skipTokens,
  );
}

function getGroup(request: GraphRequest, context: GraphContext): EmulatedAnswer {
  const select = selectOf(request.query);
  const names = select === undefined ? "" : `(${select.join(",")})`;
  return {
    status: 200,
    body: {
      "@odata.context": contextUrl(request, `groups${names}/$entity`),
      ...showGroup(groupObjectOf(groupOf(request, context.read()), context), select),
    },
  };
}

const newGroup = z.looseObject({
  displayName: z.string().min(1),
  mailEnabled: z.boolean(),
  mailNickname: z.string().min(1),
  securityEnabled: z.boolean(),
});

/** Security groups only: nothing here gives a group a mailbox. */
function createGroup(request: GraphRequest, context: GraphContext): EmulatedAnswer {
  const { displayName, mailEnabled, securityEnabled } = newEntity(objectOf(request.body), newGroup, "Group");
  if (mailEnabled) throw badRequest("Mail-enabled groups cannot be created here.");
  const { company } = context;
  const objectId = company.newId("group");
  const key = context.current().directory.groups.has(displayName) ? objectId : displayName;
  const group: DirectoryGroup = { key, objectId, name: displayName, members: new Set(), securityEnabled };
  company.act({ kind: "create-group", group, pushed: false, assigned: false });
  return {
    status: 201,
    body: { "@odata.context": contextUrl(request, "groups/$entity"), ...groupObjectOf(group, context) },
  };
}

const groupChange = z.strictObject({ displayName: z.string().min(1) });

function renameGroup(request: GraphRequest, context: GraphContext): EmulatedAnswer {
  const group = groupOf(request, context.current());
  const read = groupChange.safeParse(objectOf(request.body));
  if (!read.success) throw badRequest("Only the displayName of a group can be changed here.");
  context.company.act({ kind: "rename-group", group: group.key, name: read.data.displayName });
  return noContent;
}
