/** Users and their lifecycle. */

import * as z from "zod";
import type { DirectoryUser, ProfileValue } from "../../../directory/directory.ts";
import { baseProfileAttributes } from "../../../idp/okta/mapping/base-profile.ts";
import { compileSearch } from "../filter.ts";
import { param, type OktaContext, type OktaRequest, type Operation } from "../context.ts";
import { invalid, notFound, OktaError } from "../errors.ts";
import { limitOf, pageAnswer } from "../paging.ts";
import { readBody, readFlag } from "../read-body.ts";
import { groupOf, userOf, usersById } from "../resources/objects.ts";
import { loginOf, requireVisible, userBeginsWith, userJson } from "../resources/user.ts";

const read = ["okta.users.read"];
const manage = ["okta.users.manage"];
const limits = { fallback: 200, max: 200 };
const [list, one] = ["/api/v1/users", "/api/v1/users/:userId"];

type Answer = ReturnType<Operation["handle"]>;

export const userOperations: readonly Operation[] = [
  { method: "GET", path: list, scopes: read, handle: listUsers },
  {
    method: "GET",
    path: one,
    scopes: read,
    handle: (request, context) => shown(userFrom(request, context), request, context),
  },
  { method: "POST", path: list, scopes: manage, handle: create },
  { method: "POST", path: one, scopes: manage, handle: change("partial") },
  { method: "PUT", path: one, scopes: manage, handle: change("full") },
  {
    method: "DELETE",
    path: one,
    scopes: manage,
    // Okta API: the first call deactivates a user, the next one deletes it.
    handle: (request, context) => {
      const { key, status } = userFrom(request, context);
      const kind = status === "deactivated" ? "delete-user" : "deactivate-user";
      context.company.act({ kind, user: key }, request.by);
      return { status: 204 };
    },
  },
  lifecycle("activate", ["staged", "deactivated"], "activate-user"),
  lifecycle("deactivate", ["active", "staged", "suspended", "deactivated"], "deactivate-user"),
  lifecycle("suspend", ["active"], "suspend-user"),
  lifecycle("unsuspend", ["suspended"], "unsuspend-user"),
];

/** Those that are deactivated are left out unless `filter` or `search` ask for something (Okta API: List all users). */
function listUsers(request: OktaRequest, context: OktaContext): Answer {
  const { query, origin } = request;
  const { hidden } = context.switches;
  const q = query.get("q") ?? "";
  const searches = [query.get("search"), query.get("filter")]
    .filter((text) => text !== null && text !== "")
    .map((text) => compileSearch(text ?? ""));
  const items = usersById(context.listed())
    .users.filter((user) => !hidden.has(user.objectId) && (q === "" || userBeginsWith(user, q)))
    .filter((user) => searches.length > 0 || user.status !== "deactivated")
    .filter((user) => searches.length === 0 || matchesAll(searches, userJson(context, user, origin)));
  const idOf = ({ objectId }: DirectoryUser): string => objectId;
  const show = (user: DirectoryUser): ReturnType<typeof userJson> => userJson(context, user, origin);
  return pageAnswer(request, { items, idOf, show, limit: limitOf(request, limits) }, context.switches);
}

function matchesAll(
  searches: readonly ReturnType<typeof compileSearch>[],
  json: ReturnType<typeof userJson>,
): boolean {
  return searches.every((isWanted) => isWanted(json));
}

const profileValue = z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.null()]);

const form = z.looseObject({
  profile: z.record(z.string(), profileValue).optional(),
  groupIds: z.array(z.string()).optional(),
});

const required = ["firstName", "lastName", "email", "login"] as const;

function create(request: OktaRequest, context: OktaContext): Answer {
  const { profile = {}, groupIds = [] } = readBody(request, form, "newUser");
  requireFilled(profile, required);
  requireKnown(profile, context);
  const login = String(profile["login"]);
  requireFreeLogin(login, undefined, context);
  const { company } = context;
  const directory = company.directory();
  const groups = groupIds.map((id) => groupOf(directory, id).key);
  const objectId = company.newId("user");
  const keys = [String(profile["email"]), login, objectId];
  const user: DirectoryUser = {
    key: keys.find((key) => !directory.users.has(key)) ?? objectId,
    objectId,
    status: readFlag(request, "activate", true) ? "active" : "staged",
    profile,
  };
  company.act({ kind: "create-user", user, assigned: false, groups }, request.by);
  return shown(userOf(company.directory(), objectId), request, context);
}

/** POST changes what it names, PUT replaces the profile. */
function change(how: "partial" | "full"): Operation["handle"] {
  return (request, context) => {
    const user = userFrom(request, context);
    const { profile = {} } = readBody(request, form, "user");
    requireFilled(
      profile,
      how === "full" ? required : required.filter((name) => Object.hasOwn(profile, name)),
    );
    requireKnown(profile, context);
    const login = profile["login"];
    if (typeof login === "string") requireFreeLogin(login, user.objectId, context);
    if (user.status === "deactivated") throw new OktaError("E0000038");
    const cleared = how === "full" ? Object.keys(user.profile).map((name) => [name, null] as const) : [];
    const changed: Readonly<Record<string, ProfileValue>> = { ...Object.fromEntries(cleared), ...profile };
    context.company.act({ kind: "update-user", user: user.key, profile: changed }, request.by);
    return shown(userOf(context.company.directory(), user.objectId), request, context);
  };
}

type LifecycleKind = "activate-user" | "deactivate-user" | "suspend-user" | "unsuspend-user";

function lifecycle(name: string, from: readonly DirectoryUser["status"][], kind: LifecycleKind): Operation {
  return {
    method: "POST",
    path: `${one}/lifecycle/${name}`,
    scopes: manage,
    handle: (request, context) => {
      const { key, status } = userFrom(request, context);
      if (!from.includes(status)) throw refusal(name);
      if (!(kind === "deactivate-user" && status === "deactivated")) {
        context.company.act({ kind, user: key }, request.by);
      }
      return { status: 200, body: {} };
    },
  };
}

function refusal(name: string): OktaError {
  if (name === "activate") return new OktaError("E0000016");
  const state = name === "suspend" ? "active" : "suspended";
  return invalid(`Cannot ${name} a user that is not ${state}`);
}

/** @throws OktaError E0000001 for an attribute without which there is no user */
function requireFilled(
  profile: Readonly<Record<string, ProfileValue>>,
  names: readonly (typeof required)[number][],
): void {
  const blank = names.filter((name) => typeof profile[name] !== "string" || profile[name] === "");
  const [first] = blank;
  if (first !== undefined)
    throw invalid(first, ...blank.map((name) => `${name}: The field cannot be left blank`));
}

/** @throws OktaError E0000001 for an attribute that no user has */
function requireKnown(profile: Readonly<Record<string, ProfileValue>>, context: OktaContext): void {
  const custom = new Set(context.settings().customAttributes);
  const unknown = Object.keys(profile).filter(
    (name) => !baseProfileAttributes.has(name) && !custom.has(name) && !isUsed(name, context),
  );
  if (unknown.length === 0) return;
  throw invalid(
    "user",
    ...unknown.map((name) => `${name}: The property is not defined in the user's schema.`),
  );
}

function isUsed(name: string, { company }: OktaContext): boolean {
  for (const { profile } of company.directory().users.values()) if (Object.hasOwn(profile, name)) return true;
  return false;
}

function requireFreeLogin(login: string, objectId: string | undefined, { company }: OktaContext): void {
  const wanted = login.toLowerCase();
  const holder = usersById(company.directory()).users.find((user) => loginOf(user).toLowerCase() === wanted);
  if (holder !== undefined && holder.objectId !== objectId) {
    throw invalid("login", "login: An object with this field already exists in the current organization");
  }
}

function shown(user: DirectoryUser, { origin }: OktaRequest, context: OktaContext): Answer {
  return { status: 200, body: userJson(context, user, origin) };
}

/** By id or login. @throws OktaError E0000007 */
function userFrom(request: OktaRequest, context: OktaContext): DirectoryUser {
  const id = param(request, "userId");
  const { users, usersById: byId } = usersById(context.company.directory());
  const user = byId.get(id) ?? users.find((held) => loginOf(held).toLowerCase() === id.toLowerCase());
  if (user === undefined) throw notFound(id, "User");
  requireVisible(context, user.objectId);
  return user;
}
