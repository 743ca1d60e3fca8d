/** Users that are assigned to the app. */

import * as z from "zod";
import { holdsApp } from "../../../directory/sso-only.ts";
import type { DirectoryUser } from "../../../directory/directory.ts";
import { param, type OktaContext, type OktaRequest, type Operation } from "../context.ts";
import { invalid, notFound, OktaError } from "../errors.ts";
import { limitOf, pageAnswer } from "../paging.ts";
import { readBody } from "../read-body.ts";
import { appUserWriter } from "../resources/app-user.ts";
import { variableName } from "../resources/app-attribute-name.ts";
import { appUsersOf, userOf } from "../resources/objects.ts";
import { requireVisible, userBeginsWith } from "../resources/user.ts";
import { requireOurs } from "./apps.ts";

const read = ["okta.apps.read"];
const manage = ["okta.apps.manage"];
const limits = { fallback: 50, max: 500 };
const [list, one] = ["/api/v1/apps/:appId/users", "/api/v1/apps/:appId/users/:userId"];

export const appUserOperations: readonly Operation[] = [
  {
    method: "GET",
    path: list,
    scopes: read,
    handle: (request, context) => {
      requireOurs(request, context);
      const q = request.query.get("q") ?? "";
      const { hidden } = context.switches;
      const items = appUsersOf(context.listed()).filter(
        (user) => !hidden.has(user.objectId) && (q === "" || userBeginsWith(user, q)),
      );
      const idOf = ({ objectId }: DirectoryUser): string => objectId;
      const show = writer(request, context);
      return pageAnswer(request, { items, idOf, show, limit: limitOf(request, limits) }, context.switches);
    },
  },
  {
    method: "GET",
    path: one,
    scopes: read,
    handle: (request, context) => ({
      status: 200,
      body: writer(request, context)(appUserOf(request, context)),
    }),
  },
  { method: "POST", path: list, scopes: manage, handle: assign },
  {
    method: "DELETE",
    path: one,
    scopes: manage,
    handle: (request, context) => {
      const { key } = appUserOf(request, context);
      const { company } = context;
      // Inferred: whom a group assigns stays assigned, since the group still does.
      if (company.directory().assignedUsers.has(key))
        company.act({ kind: "unassign-user", user: key }, request.by);
      return { status: 204 };
    },
  },
];

const assignment = z.looseObject({
  id: z.string(),
  scope: z.enum(["USER", "GROUP"]).optional(),
  credentials: z.looseObject({ userName: z.string().max(100).optional() }).optional(),
  profile: z.record(z.string(), z.json()).optional(),
});

/** Assigning somebody again changes nothing. */
function assign(request: OktaRequest, context: OktaContext): ReturnType<Operation["handle"]> {
  requireOurs(request, context);
  const { id, profile = {} } = readBody(request, assignment, "appUser");
  const { company } = context;
  const user = userOf(company.directory(), id);
  requireVisible(context, id);
  if (user.status === "deactivated") throw new OktaError("E0000038");
  const names = new Set(Object.keys(context.settings().mappings).map(variableName));
  const mapped = Object.keys(profile).find((name) => names.has(name));
  if (mapped !== undefined && context.settings().updateUserAttributes) throw isMapped(mapped);
  const unknown = Object.keys(profile)[0];
  if (unknown !== undefined && mapped === undefined)
    throw invalid("profile", `${unknown}: The attribute is not known.`);
  if (!company.directory().assignedUsers.has(user.key)) {
    company.act({ kind: "assign-user", user: user.key }, request.by);
  }
  return { status: 200, body: writer(request, context)(user) };
}

function isMapped(name: string): OktaError {
  return new OktaError("E0000075", {
    summary: `Cannot modify the ${name} attribute because it has a field mapping and profile push is enabled.`,
  });
}

function writer({ origin, query }: OktaRequest, context: OktaContext): ReturnType<typeof appUserWriter> {
  return appUserWriter(context, { origin, expand: query.get("expand") });
}

/** @throws OktaError E0000007 for one who is not assigned */
function appUserOf(request: OktaRequest, context: OktaContext): DirectoryUser {
  requireOurs(request, context);
  const id = param(request, "userId");
  const directory = context.company.directory();
  const user = userOf(directory, id);
  requireVisible(context, id);
  if (!holdsApp(directory, user.key)) throw notFound(id, "AppUser");
  return user;
}
