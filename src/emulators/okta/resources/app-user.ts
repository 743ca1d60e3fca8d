/** The assignment of a user to the app, and how its provisioning stands (Okta API: Application Users). */

import { appAttributeNames } from "../../../astro/okta-attributes/okta-app-attribute.ts";
import type { Directory, DirectoryUser } from "../../../directory/directory.ts";
import { isAssigned } from "../../../directory/directory.ts";
import type { JsonObject } from "../../../ground/json.ts";
import type { AppUser } from "../../../idp/okta/memory.ts";
import { compileMapping, mapUser, type AppProfile, type Mapping } from "../../../idp/okta/mapping/mapping.ts";
import type { OktaContext } from "../context.ts";
import { variableName } from "./app-attribute-name.ts";
import { lastJobAt, latest, timestamp } from "./times.ts";
import { userJson } from "./user.ts";

/** Makes app users of one answer: the mappings are compiled once. */
export function appUserWriter(
  context: OktaContext,
  { origin, expand }: { readonly origin: string; readonly expand: string | null },
): (user: DirectoryUser) => JsonObject {
  const mapping = mappingOf(context);
  return (user) => {
    const json = appUserJson(context, user, { mapping, origin });
    return expand === "user" ? { ...json, _embedded: { user: userJson(context, user, origin) } } : json;
  };
}

/** Undefined where a mapping is wrong: nobody has a profile then. */
function mappingOf({ company, settings }: OktaContext): Mapping | undefined {
  try {
    return compileMapping(settings(), company.directory(), company.now());
  } catch {
    return undefined;
  }
}

function appUserJson(
  context: OktaContext,
  user: DirectoryUser,
  { mapping, origin }: { readonly mapping: Mapping | undefined; readonly origin: string },
): JsonObject {
  const { company } = context;
  const { objectId } = user;
  const assignment = company.assignmentOf(objectId);
  const assigned = assignment?.since;
  const job = lastJobAt(company, objectId, assignment);
  // What is remembered may be of an assignment before this one, whose end is still to be provisioned.
  const isOfThisAssignment = job !== undefined || !company.isBusy();
  const appUser = isOfThisAssignment ? context.memory().appUsers.get(objectId) : undefined;
  const { userName, attributes } = profileOf(mapping, user) ??
    appUser?.profile ?? { userName: null, attributes: {} };
  const hasFailed = isOfThisAssignment && context.memory().tasks.has(objectId);
  const state = stateOf(context, user, { appUser, hasFailed });
  const names = ["userName", ...appAttributeNames(context.settings().mappings)];
  const values = new Map<string, JsonObject[string]>([["userName", userName], ...Object.entries(attributes)]);
  return {
    id: objectId,
    ...(state.externalId === undefined ? {} : { externalId: state.externalId }),
    created: timestamp(assigned),
    lastUpdated: timestamp(latest(assigned, job)),
    scope: company.directory().assignedUsers.has(user.key) ? "USER" : "GROUP",
    status: state.status,
    statusChanged: timestamp(latest(assigned, job)),
    passwordChanged: null,
    syncState: state.syncState,
    ...(job === undefined ? {} : { lastSync: timestamp(job) }),
    credentials: { userName },
    profile: Object.fromEntries(names.map((name) => [variableName(name), values.get(name) ?? null])),
    _links: {
      app: { href: `${origin}/api/v1/apps/${company.appId}` },
      user: { href: `${origin}/api/v1/users/${objectId}` },
      ...groupLink(company.directory(), user, origin),
    },
  };
}

/** As the mappings make it of the user now, whether it was pushed or not. */
function profileOf(mapping: Mapping | undefined, user: DirectoryUser): AppProfile | undefined {
  if (mapping === undefined) return undefined;
  try {
    const mapped = mapUser(mapping, user);
    return "userName" in mapped ? mapped : undefined;
  } catch {
    return undefined;
  }
}

interface AppUserState {
  readonly status: "STAGED" | "PROVISIONED" | "ACTIVE" | "REVOKED" | "UNASSIGNED";
  readonly syncState: "DISABLED" | "OUT_OF_SYNC" | "SYNCING" | "SYNCHRONIZED" | "ERROR";
  readonly externalId: string | undefined;
}

function stateOf(
  context: OktaContext,
  user: DirectoryUser,
  { appUser, hasFailed }: { readonly appUser: AppUser | undefined; readonly hasFailed: boolean },
): AppUserState {
  const { company, switches } = context;
  const isProvisioned = appUser?.status === "PROVISIONED";
  if (!isProvisioned && (!switches.provisioning || isForSsoAlone(company.directory(), user, appUser))) {
    return { status: "ACTIVE", syncState: "DISABLED", externalId: undefined };
  }
  if (appUser === undefined || appUser.status === "DEPROVISIONED") {
    return { status: "STAGED", syncState: hasFailed ? "ERROR" : waiting(context), externalId: undefined };
  }
  const { status, externalId } = appUser;
  if (hasFailed || appUser.syncState === "ERROR") return { status, syncState: "ERROR", externalId };
  return {
    status,
    syncState: hasChangedSince(context, user) ? waiting(context) : "SYNCHRONIZED",
    externalId,
  };
}

function waiting({ company }: OktaContext): AppUserState["syncState"] {
  return company.isBusy() && !company.isPaused() ? "SYNCING" : "OUT_OF_SYNC";
}

/** Changed while something waits: what the last job pushed may be something else. */
function hasChangedSince({ company }: OktaContext, { objectId }: DirectoryUser): boolean {
  const [changed, pushed] = [company.timesOf(objectId)?.updated, company.lastJobOf(objectId)?.at];
  return company.isBusy() && changed !== undefined && pushed !== undefined && changed > pushed;
}

function isForSsoAlone(
  { ssoOnlyUsers }: Directory,
  { key }: DirectoryUser,
  appUser: AppUser | undefined,
): boolean {
  return ssoOnlyUsers.has(key) && (appUser === undefined || appUser.status === "DEPROVISIONED");
}

/** The first group through which the user is assigned. */
function groupLink(directory: Directory, { key }: DirectoryUser, origin: string): JsonObject {
  if (directory.assignedUsers.has(key) || !isAssigned(directory, key)) return {};
  for (const groupKey of directory.assignedGroups) {
    const group = directory.groups.get(groupKey);
    if (group?.members.has(key) === true) {
      return { group: { name: group.name, href: `${origin}/api/v1/groups/${group.objectId}` } };
    }
  }
  return {};
}
