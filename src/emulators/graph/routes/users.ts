/** Users: list, get, create, change, delete. */

import * as z from "zod";
import type { DirectoryUser } from "../../../directory/directory.ts";
import type { EmulatedAnswer } from "../../http/emulated-api.ts";
import { needs } from "../access/permissions.ts";
import { isDeleted } from "../directory-view.ts";
import { newEntity, objectOf } from "../graph-body.ts";
import { badRequest, GraphError, notFound } from "../graph-error.ts";
import {
  contextUrl,
  noContent,
  type GraphContext,
  type GraphRequest,
  type GraphRoute,
} from "../graph-route.ts";
import { countOf } from "../odata/count-answer.ts";
import { listAnswer } from "../odata/list-answer.ts";
import { directoryPages, optionOf, selectOf } from "../odata/list-query.ts";
import { userValue } from "../objects/user.ts";
import { filterableUserProperties, profileChange } from "../objects/user-properties.ts";
import { expandedManager, readExpand, showUser } from "../objects/show-user.ts";

export function userRoutes(context: GraphContext): readonly GraphRoute[] {
  const { company } = context;
  return [
    {
      method: "GET",
      path: "/users",
      needs: needs.users,
      cost: 2,
      handle: (request) => listUsers(request, context),
    },
    {
      method: "GET",
      path: "/users/$count",
      needs: needs.users,
      handle: (request) => countOf(request, context.read().users.length),
    },
    {
      method: "POST",
      path: "/users",
      needs: needs.changeUsers,
      handle: (request) => createUser(request, context),
    },
    { method: "GET", path: "/users/:id", needs: needs.users, handle: (request) => getUser(request, context) },
    {
      method: "PATCH",
      path: "/users/:id",
      needs: needs.changeUsers,
      handle: (request) => changeUser(request, context),
    },
    {
      method: "DELETE",
      path: "/users/:id",
      needs: needs.changeUsers,
      handle: (request) => {
        company.act({ kind: "soft-delete-user", user: userOf(request, context.current()).key });
        return noContent;
      },
    },
    {
      method: "GET",
      path: "/users/:id/manager",
      needs: needs.users,
      handle: (request) => getManager(request, context),
    },
  ];
}

function listUsers(request: GraphRequest, context: GraphContext): EmulatedAnswer {
  const view = context.read();
  const expand = readExpand(optionOf(request.query, "expand"));
  return listAnswer(
    request,
    {
      items: view.users,
      idOf: ({ objectId }) => objectId,
      valueOf: (user, path) => userValue(user, context.company, path),
      show: (user, { select }) => ({
        ...showUser(user, context.company, select),
        ...expandedManager(user, view, { expand, company: context.company }),
      }),
      context: "users",
      pages: directoryPages,
      filterable: filterableUserProperties,
      sortable: new Set(["displayName", "userPrincipalName"]),
      expands: true,
      isDirectory: true,
    },
    context.skipTokens,
  );
}

function getUser(request: GraphRequest, context: GraphContext): EmulatedAnswer {
  const view = context.read();
  const user = userOf(request, view);
  const expand = readExpand(optionOf(request.query, "expand"));
  const select = selectOf(request.query);
  const names = select === undefined ? "" : `(${select.join(",")})`;
  return {
    status: 200,
    body: {
      "@odata.context": contextUrl(request, `users${names}/$entity`),
      ...showUser(user, context.company, select),
      ...expandedManager(user, view, { expand, company: context.company }),
    },
  };
}

function getManager(request: GraphRequest, context: GraphContext): EmulatedAnswer {
  const view = context.read();
  const user = userOf(request, view);
  const manager = expandedManager(user, view, {
    expand: { select: selectOf(request.query) },
    company: context.company,
  })?.manager;
  if (manager === undefined) throw notFound("manager");
  return {
    status: 200,
    body: { "@odata.context": contextUrl(request, "directoryObjects/$entity"), ...manager },
  };
}

/**
 * By object id or user principal name.
 * @throws GraphError 404
 */
export function userOf(
  { params }: GraphRequest,
  { userById, users }: ReturnType<GraphContext["current"]>,
): DirectoryUser {
  const { id = "" } = params;
  const byId = userById.get(id.toLowerCase()) ?? userById.get(id);
  const name = id.toLowerCase();
  const user = byId ?? users.find(({ profile }) => principalName(profile)?.toLowerCase() === name);
  if (user === undefined || isDeleted(user)) throw notFound(id);
  return user;
}

function principalName({ userPrincipalName }: DirectoryUser["profile"]): string | undefined {
  return typeof userPrincipalName === "string" ? userPrincipalName : undefined;
}

const newUser = z.looseObject({
  accountEnabled: z.boolean(),
  displayName: z.string().min(1),
  mailNickname: z.string().min(1),
  userPrincipalName: z.string().min(1),
  passwordProfile: z.looseObject({ password: z.string().min(1) }),
});

function createUser(request: GraphRequest, context: GraphContext): EmulatedAnswer {
  const body = objectOf(request.body);
  const { userPrincipalName } = newEntity(body, newUser, "User");
  const { accountEnabled, passwordProfile: _password, ...properties } = body;
  const profile = profileChange(properties);
  const view = context.current();
  requireFreeName(userPrincipalName, view);
  const { mail } = profile;
  const wanted = typeof mail === "string" ? mail : userPrincipalName;
  const objectId = context.company.newId("user");
  const user: DirectoryUser = {
    key: view.directory.users.has(wanted) ? objectId : wanted,
    objectId,
    status: accountEnabled === false ? "blocked" : "active",
    profile: { mail: null, userType: "Member", ...profile },
  };
  context.company.act({ kind: "create-user", user, assigned: false, groups: [] });
  return {
    status: 201,
    body: {
      "@odata.context": contextUrl(request, "users/$entity"),
      ...showUser(user, context.company, undefined),
    },
  };
}

function requireFreeName(name: string, { users }: ReturnType<GraphContext["current"]>): void {
  if (!users.some(({ profile }) => principalName(profile)?.toLowerCase() === name.toLowerCase())) return;
  throw new GraphError(
    400,
    "Request_BadRequest",
    "Another object with the same value for property userPrincipalName already exists.",
  );
}

function changeUser(request: GraphRequest, context: GraphContext): EmulatedAnswer {
  const { company } = context;
  const user = userOf(request, context.current());
  const { accountEnabled, passwordProfile: _password, ...properties } = objectOf(request.body);
  if (accountEnabled !== undefined && typeof accountEnabled !== "boolean") {
    throw badRequest("Invalid value specified for property 'accountEnabled' of resource 'User'.");
  }
  const profile = profileChange(properties);
  if (accountEnabled === false && user.status === "active")
    company.act({ kind: "block-user", user: user.key });
  if (accountEnabled === true && user.status === "blocked")
    company.act({ kind: "unblock-user", user: user.key });
  if (Object.keys(profile).length > 0) company.act({ kind: "update-user", user: user.key, profile });
  return noContent;
}
