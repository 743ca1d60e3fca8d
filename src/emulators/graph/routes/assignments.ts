/** Users and groups assigned to the app: list, assign, unassign. */

import * as z from "zod";
import { appRoleAssignments } from "../../../directory/app-role.ts";
import type { DirectoryUser } from "../../../directory/directory.ts";
import type { EmulatedAnswer } from "../../http/emulated-api.ts";
import { needs } from "../access/permissions.ts";
import { isDeleted, type DirectoryView } from "../directory-view.ts";
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
import { directoryPages } from "../odata/list-query.ts";
import {
  assignmentObject,
  assignmentsIn,
  defaultAccess,
  idOfAssignee,
  type AppRoleAssignment,
  type Assignee,
} from "../objects/app-role-assignment.ts";
import { groupOf } from "./groups.ts";
import { isOwnApp, principalOf, settingsOf } from "./service-principals.ts";
import { objectOf } from "../graph-body.ts";
import { userOf } from "./users.ts";

export function assignmentRoutes(context: GraphContext): readonly GraphRoute[] {
  const ofApp = ["/servicePrincipals/:id", "/servicePrincipals(appId=':appId')"];
  return [
    ...ofApp.flatMap((path): readonly GraphRoute[] => [
      {
        method: "GET",
        path: `${path}/appRoleAssignedTo`,
        needs: needs.assignments,
        handle: (request) => {
          const isOwn = isOwnApp(principalOf(request, context), context);
          return list(request, context, isOwn ? () => true : () => false);
        },
      },
      {
        method: "GET",
        path: `${path}/appRoleAssignedTo/$count`,
        needs: needs.assignments,
        handle: (request) => {
          const isOwn = isOwnApp(principalOf(request, context), context);
          return countOf(request, isOwn ? allAssignments(context).length : 0);
        },
      },
      {
        method: "POST",
        path: `${path}/appRoleAssignedTo`,
        needs: needs.assign,
        handle: (request) => assign(request, context),
      },
      {
        method: "DELETE",
        path: `${path}/appRoleAssignedTo/:assignmentId`,
        needs: needs.assign,
        handle: (request) => unassign(request, context),
      },
    ]),
    {
      method: "GET",
      path: "/users/:id/appRoleAssignments",
      needs: needs.users,
      handle: (request) => {
        const { objectId } = userOf(request, context.read());
        return list(request, context, ({ assignee }) => idOfAssignee(assignee) === objectId);
      },
    },
    {
      method: "GET",
      path: "/groups/:id/appRoleAssignments",
      needs: needs.groups,
      handle: (request) => {
        const { objectId } = groupOf(request, context.read());
        return list(request, context, ({ assignee }) => idOfAssignee(assignee) === objectId);
      },
    },
  ];
}

function allAssignments(context: GraphContext): readonly AppRoleAssignment[] {
  return assignmentsIn(context.read(), settingsOf(context), context.company);
}

function list(
  request: GraphRequest,
  context: GraphContext,
  isListed: (assignment: AppRoleAssignment) => boolean,
): EmulatedAnswer {
  const { company } = context;
  return listAnswer(
    request,
    {
      items: allAssignments(context).filter(isListed),
      idOf: ({ id }) => id,
      valueOf: (assignment, path) => valueAt(assignmentObject(assignment, company), path),
      show: (assignment, { select }) => {
        const object = assignmentObject(assignment, company);
        return selectedOf(object, select, {
          known: (name) => Object.hasOwn(object, name),
          type: "microsoft.graph.appRoleAssignment",
        });
      },
      context: "appRoleAssignments",
      pages: directoryPages,
      filterable: new Set(["principalDisplayName", "principalId", "principalType"]),
      isDirectory: true,
    },
    context.skipTokens,
  );
}

const newAssignment = z.looseObject({
  principalId: z.string().min(1),
  resourceId: z.string().min(1),
  appRoleId: z.string().default(defaultAccess),
});

function assign(request: GraphRequest, context: GraphContext): EmulatedAnswer {
  const principal = principalOf(request, context);
  const read = newAssignment.safeParse(objectOf(request.body));
  if (!read.success) throw badRequest("principalId, resourceId and appRoleId are required.");
  const { principalId, resourceId, appRoleId } = read.data;
  if (resourceId !== principal.id || !isOwnApp(principal, context)) {
    throw badRequest("The resourceId must be the id of the service principal of the path.");
  }
  const { company } = context;
  const settings = settingsOf(context);
  const role = settings.appRoles.find(({ id }) => id === appRoleId);
  if (role === undefined && appRoleId !== defaultAccess) {
    throw badRequest("Permission being assigned was not found on application.");
  }
  const assignee = assigneeOf(principalId, context.current());
  const isThere = assignmentsIn(context.current(), settings, company).some(
    (one) => idOfAssignee(one.assignee) === principalId && one.roleId === appRoleId,
  );
  if (isThere) throw badRequest("Permission being assigned already exists on the object.");
  if (assignee.kind === "group") company.act({ kind: "assign-group", group: assignee.group.key });
  else {
    // The role comes first, so that the engine never sees the user with the default access.
    if (role !== undefined) setRoles(context, assignee.user, [...rolesIn(assignee.user), role.value]);
    company.act({ kind: "assign-user", user: assignee.user.key });
  }
  const made = assignmentsIn(context.current(), settings, company).find(
    (one) => idOfAssignee(one.assignee) === principalId && one.roleId === appRoleId,
  );
  if (made === undefined) throw notFound(principalId);
  return {
    status: 201,
    body: {
      "@odata.context": contextUrl(request, "appRoleAssignments/$entity"),
      ...assignmentObject(made, company),
    },
  };
}

function assigneeOf(id: string, { userById, groupById }: DirectoryView): Assignee {
  const user = userById.get(id);
  if (user !== undefined && !isDeleted(user)) return { kind: "user", user };
  const group = groupById.get(id);
  if (group === undefined) throw notFound(id);
  if (group.securityEnabled === false)
    throw badRequest("Only security groups can be assigned to an application.");
  return { kind: "group", group };
}

function unassign(request: GraphRequest, context: GraphContext): EmulatedAnswer {
  const { company } = context;
  const { assignmentId = "" } = request.params;
  const principal = principalOf(request, context);
  const settings = settingsOf(context);
  const found = assignmentsIn(context.current(), settings, company).find(({ id }) => id === assignmentId);
  if (found === undefined || !isOwnApp(principal, context)) throw notFound(assignmentId);
  const { assignee, roleId } = found;
  if (assignee.kind === "group") {
    company.act({ kind: "unassign-group", group: assignee.group.key });
    return noContent;
  }
  const { user } = assignee;
  const removed = settings.appRoles.find(({ id }) => id === roleId)?.value ?? roleId;
  const roles = rolesIn(user).filter((role) => role !== removed);
  if (roles.length > 0) setRoles(context, user, roles);
  else {
    if (rolesIn(user).length > 0) setRoles(context, user, []);
    company.act({ kind: "unassign-user", user: user.key });
  }
  return noContent;
}

function rolesIn({ profile }: DirectoryUser): readonly string[] {
  const roles = profile[appRoleAssignments] ?? [];
  return typeof roles === "object" ? roles : [String(roles)];
}

function setRoles({ company }: GraphContext, { key }: DirectoryUser, roles: readonly string[]): void {
  const profile = { [appRoleAssignments]: roles.length === 0 ? null : roles };
  company.act({ kind: "update-user", user: key, profile });
}
