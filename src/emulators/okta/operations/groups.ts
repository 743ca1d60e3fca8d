/** Groups and their members. */

import * as z from "zod";
import type { DirectoryUser } from "../../../directory/directory.ts";
import type { JsonObject } from "../../../ground/json.ts";
import { compileSearch } from "../filter.ts";
import { param, type OktaContext, type OktaRequest, type Operation } from "../context.ts";
import { invalid, OktaError } from "../errors.ts";
import { limitOf, pageAnswer } from "../paging.ts";
import { readBody } from "../read-body.ts";
import { allGroups, groupJson, groupWithId, withStats, type OktaGroup } from "../resources/group.ts";
import { userOf } from "../resources/objects.ts";
import { requireVisible, userJson } from "../resources/user.ts";

const read = ["okta.groups.read"];
const manage = ["okta.groups.manage"];
const listLimits = { fallback: 10_000, max: 10_000 };
const memberLimits = { fallback: 1000, max: 1000 };
const [list, one] = ["/api/v1/groups", "/api/v1/groups/:groupId"];
const member = `${one}/users/:userId`;

type Answer = ReturnType<Operation["handle"]>;

export const groupOperations: readonly Operation[] = [
  { method: "GET", path: list, scopes: read, handle: listGroups },
  {
    method: "GET",
    path: one,
    scopes: read,
    handle: (request, context) => ({
      status: 200,
      body: shown(groupFrom(request, context), request, context),
    }),
  },
  {
    method: "GET",
    path: `${one}/users`,
    scopes: read,
    handle: (request, context) => {
      const group = groupFrom(request, context);
      const { hidden } = context.switches;
      const items = group.members(context.listed()).filter(({ objectId }) => !hidden.has(objectId));
      const idOf = ({ objectId }: DirectoryUser): string => objectId;
      const show = (user: DirectoryUser): JsonObject => userJson(context, user, request.origin);
      return pageAnswer(
        request,
        { items, idOf, show, limit: limitOf(request, memberLimits) },
        context.switches,
      );
    },
  },
  { method: "PUT", path: member, scopes: manage, handle: changeMember("add-member") },
  { method: "DELETE", path: member, scopes: manage, handle: changeMember("remove-member") },
  { method: "POST", path: list, scopes: manage, handle: create },
  { method: "PUT", path: one, scopes: manage, handle: replace },
  { method: "DELETE", path: one, scopes: manage, handle: remove },
];

/** `q` begins the name, and has no pages (Okta API: List all groups). */
function listGroups(request: OktaRequest, context: OktaContext): Answer {
  const { query } = request;
  const { hidden } = context.switches;
  const q = query.get("q")?.toLowerCase() ?? "";
  const searches = [query.get("search"), query.get("filter")]
    .filter((text) => text !== null && text !== "")
    .map((text) => compileSearch(text ?? ""));
  const items = allGroups(context)
    .filter(({ id, name }) => !hidden.has(id) && name.toLowerCase().startsWith(q))
    .map((group) => ({ group, json: groupJson(context, group, request.origin) }))
    .filter(({ json }) => searches.every((isWanted) => isWanted(json)));
  const show = ({ group, json }: { group: OktaGroup; json: JsonObject }): JsonObject =>
    query.get("expand") === "stats" ? withStats(context, group, json) : json;
  const limit = limitOf(request, listLimits);
  return pageAnswer(request, { items, idOf: ({ group }) => group.id, show, limit }, context.switches);
}

function changeMember(kind: "add-member" | "remove-member"): Operation["handle"] {
  return (request, context) => {
    const { key } = ownGroupFrom(request, context);
    const { company } = context;
    const userId = param(request, "userId");
    const user = userOf(company.directory(), userId);
    requireVisible(context, userId);
    const isMember = company.directory().groups.get(key)?.members.has(user.key) ?? false;
    if (isMember === (kind === "remove-member"))
      company.act({ kind, group: key, user: user.key }, request.by);
    return { status: 204 };
  };
}

const form = z.looseObject({
  profile: z.looseObject({ name: z.string().min(1).max(255), description: z.string().nullish() }),
});

function create(request: OktaRequest, context: OktaContext): Answer {
  const { profile } = readBody(request, form, "name");
  const { company, descriptions } = context;
  requireFreeName(profile.name, undefined, context);
  const { name } = profile;
  const objectId = company.newId("group");
  const key = company.directory().groups.has(name) ? objectId : name;
  const group = { key, objectId, name, members: new Set<string>() };
  company.act({ kind: "create-group", group, pushed: false, assigned: false }, request.by);
  if (typeof profile.description === "string") descriptions.set(objectId, profile.description);
  return { status: 200, body: shown(groupWithId(context, objectId), request, context) };
}

function replace(request: OktaRequest, context: OktaContext): Answer {
  const { id, key, name } = ownGroupFrom(request, context);
  const { profile } = readBody(request, form, "name");
  requireFreeName(profile.name, id, context);
  const { company, descriptions } = context;
  if (typeof profile.description === "string") descriptions.set(id, profile.description);
  else descriptions.delete(id);
  if (profile.name !== name)
    company.act({ kind: "rename-group", group: key, name: profile.name }, request.by);
  return { status: 200, body: shown(groupWithId(context, id), request, context) };
}

/** Okta refuses to delete a group that has a push mapping (Okta: Group Push operations). */
function remove(request: OktaRequest, context: OktaContext): Answer {
  const { id, key } = ownGroupFrom(request, context);
  const { company, dormant } = context;
  if (company.directory().pushedGroups.has(key) || dormant.has(id)) {
    throw invalid("group", "The group is used in a group push mapping. Remove the mapping first.");
  }
  company.act({ kind: "delete-group", group: key }, request.by);
  return { status: 204 };
}

function requireFreeName(name: string, id: string | undefined, context: OktaContext): void {
  const holder = allGroups(context, context.company.directory()).find(
    (group) => group.type !== "APP_GROUP" && group.name === name,
  );
  if (holder !== undefined && holder.id !== id) {
    throw invalid("name", "name: An object with this field already exists in the current organization");
  }
}

function shown(group: OktaGroup, { origin, query }: OktaRequest, context: OktaContext): JsonObject {
  const json = groupJson(context, group, origin);
  return query.get("expand") === "stats" ? withStats(context, group, json) : json;
}

function groupFrom(request: OktaRequest, context: OktaContext): OktaGroup {
  const id = param(request, "groupId");
  requireVisible(context, id);
  return groupWithId(context, id);
}

/** A group that an administrator can change. @throws OktaError E0000060 for Okta's own and the app's groups */
function ownGroupFrom(request: OktaRequest, context: OktaContext): OktaGroup & { readonly key: string } {
  const group = groupFrom(request, context);
  const { key } = group;
  if (key === undefined) throw new OktaError("E0000060");
  return { ...group, key };
}
