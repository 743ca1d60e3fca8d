/** Lines of Astro's audit log as entries of a story: over which API, to which user or Team, what was written. */

import type { LoggedAction, LoggedObject } from "../../directory/provider-history.ts";
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../ground/json.ts";
import type { AuditLine } from "../../astro/iam/audit-log.ts";
import type { LogEntry, Writer } from "./log-entry.ts";
import { writtenRoles } from "./written-roles.ts";
import { readPatch, type PatchEffect } from "./patch-effect.ts";

/** What a path of Astro's APIs names. */
interface Place {
  readonly api: "scim" | "iam";
  readonly kind: "user" | "team";
  readonly id: string | undefined;
  /** `members`, `roles`. */
  readonly part: string | undefined;
  readonly memberId: string | undefined;
}

const scimPath = /\/scim\/v2\/[^/]+\/(?<kind>Users|Groups)(?:\/(?<id>[^/]+))?$/;
const iamPath =
  /\/organizations\/[^/]+\/(?<kind>users|teams)(?:\/(?<id>[^/]+)(?:\/(?<part>[^/]+)(?:\/(?<memberId>[^/]+))?)?)?$/;

/** Whether a path is about users or Teams at all. */
export function isUserOrTeamPath(path: string): boolean {
  return placeOf(path) !== undefined;
}

/** Entra ID's flag in the Tenant URL may follow the path. */
function placeOf(written: string): Place | undefined {
  const path = (written.split(/[?#]/, 1)[0] ?? "").replace(/\/+$/, "");
  const scim = scimPath.exec(path)?.groups;
  const found = scim ?? iamPath.exec(path)?.groups;
  if (found === undefined) return undefined;
  return {
    api: scim === undefined ? "iam" : "scim",
    kind: /^users$/i.test(found["kind"] ?? "") ? "user" : "team",
    id: found["id"],
    part: found["part"],
    memberId: found["memberId"],
  };
}

const isReading = /^(?:GET|HEAD)$/i;

export interface AuditReading {
  /** As of `Provider`. */
  readonly providerAgent: RegExp | undefined;
  /** userName or Team name of a SCIM id that Astro still has. */
  readonly nameOf: (id: string) => string | undefined;
}

/** One line can say several things: a PATCH with several operations. */
export function auditEntries(line: AuditLine, reading: AuditReading): readonly LogEntry[] {
  const place = placeOf(line.path);
  if (place === undefined || isReading.test(line.method)) return [];
  const body = line.body ?? {};
  const named = (id: string | undefined): LoggedObject => ({
    id,
    name: id === undefined ? undefined : reading.nameOf(id),
  });
  const own = text(body[place.kind === "user" ? "userName" : "displayName"]) ?? text(body["name"]);
  const subject: LoggedObject = own === undefined ? named(place.id) : { id: place.id, name: own };
  const effect = effectOf(line, place, body);
  const userName = effect.userName ?? (place.kind === "user" ? own : undefined);
  const common = { ...lineOf(line, place, reading), ...(userName === undefined ? {} : { userName }) };
  const form = line.method === "PATCH" ? { isLegacyForm: effect.isLegacyForm } : {};
  return effect.actions.map(({ action, member, allMembers }): LogEntry => ({
    ...common,
    ...form,
    action,
    text: `${textOf(action, body)} (${requestText(line, place)})`,
    objects: [subject, ...(member === undefined ? [] : [named(member)])],
    ...(allMembers === undefined ? {} : { allMembers }),
  }));
}

function textOf(action: LoggedAction, body: JsonObject): string {
  const roles = action === "roles-changed" ? writtenRoles(body) : undefined;
  return `${inWords[action] ?? "written"}${roles === undefined ? "" : ` to ${roles}`}`;
}

type OfLine = Pick<LogEntry, "log" | "at" | "writer" | "by" | "outcome" | "reason" | "code">;

/** What holds for everything that a line says. */
function lineOf(line: AuditLine, place: Place, { providerAgent, nameOf }: AuditReading): OfLine {
  const { at, status } = line;
  const isRefused = status !== undefined && status >= 400;
  return {
    log: "astro",
    at,
    writer: writerOf(line, place, providerAgent),
    by: actorOf(line, nameOf),
    outcome: isRefused ? "failure" : "success",
    reason: isRefused ? `answered ${status}` : undefined,
    code: status === undefined ? undefined : String(status),
  };
}

/** `DELETE SCIM /users`. */
function requestText({ method }: AuditLine, { api, kind }: Place): string {
  return `${method} ${api === "scim" ? "SCIM" : "IAM"} /${kind === "user" ? "users" : "teams"}`;
}

const inWords: Readonly<Partial<Record<LoggedAction, string>>> = {
  "account-created": "account created",
  "account-changed": "account changed",
  "account-renamed": "userName changed",
  "account-deactivated": "account deactivated",
  "account-activated": "account activated",
  "account-deleted": "account deleted",
  "team-created": "Team created",
  "team-changed": "Team changed",
  "team-deleted": "Team deleted",
  "member-added": "member added",
  "member-removed": "member removed",
  "roles-changed": "roles changed",
};

const plain = (action: LoggedAction): PatchEffect => ({
  actions: [{ action }],
  isLegacyForm: false,
  userName: undefined,
});

function effectOf({ method }: AuditLine, place: Place, body: JsonObject): PatchEffect {
  const { kind, part, memberId } = place;
  // Without a role in the organization a user is no member of it any more (Astro API: update user roles).
  if (part === "roles") {
    const isRemoval = kind === "user" && body["organizationRole"] === null;
    return plain(isRemoval ? "account-deleted" : "roles-changed");
  }
  if (part === "members") return membersOverIam(method, memberId, body);
  if (method === "DELETE") return plain(kind === "user" ? "account-deleted" : "team-deleted");
  if (method === "PATCH") return readPatch(kind, body);
  return kind === "user" ? accountWritten(place, body) : teamWritten(place, body);
}

function accountWritten({ id }: Place, body: JsonObject): PatchEffect {
  if (id === undefined) return plain("account-created");
  const { active } = body;
  const isInactive = active === false || (typeof active === "string" && /^false$/i.test(active));
  return plain(isInactive ? "account-deactivated" : "account-changed");
}

function teamWritten({ id, api }: Place, body: JsonObject): PatchEffect {
  const action = id === undefined ? "team-created" : "team-changed";
  const allMembers = api === "scim" ? idsIn(body["members"]) : undefined;
  return { ...plain(action), actions: [{ action, ...(allMembers === undefined ? {} : { allMembers }) }] };
}

function membersOverIam(method: string, memberId: string | undefined, body: JsonObject): PatchEffect {
  const rest = { isLegacyForm: false, userName: undefined };
  if (method === "DELETE") return { ...rest, actions: [{ action: "member-removed", member: memberId }] };
  const listed = body["memberIds"];
  const ids = isJsonArray(listed) ? listed.filter((one) => typeof one === "string") : [];
  return { ...rest, actions: ids.map((member) => ({ action: "member-added", member })) };
}

/** Ids in a list of SCIM references; undefined where there is no list. */
function idsIn(value: JsonValue | undefined): readonly string[] | undefined {
  if (!isJsonArray(value)) return undefined;
  return value.flatMap((one) => (isJsonObject(one) ? (text(one["value"]) ?? []) : []));
}

/** Neither provider uses the IAM API. */
function writerOf(line: AuditLine, { api }: Place, providerAgent: RegExp | undefined): Writer {
  const userAgent = line.userAgent === "" ? undefined : line.userAgent;
  if (userAgent?.startsWith("astro-scim/") === true) return "astro-scim";
  if (api === "iam") return "other";
  const isProvider =
    providerAgent === undefined ? userAgent === undefined : providerAgent.test(userAgent ?? "");
  return isProvider ? "provider" : "other";
}

/** `API token cm… (curl/8.5.0)`; a user by name where Astro still has the user. */
function actorOf({ subjectId, subjectType, userAgent }: AuditLine, nameOf: AuditReading["nameOf"]): string {
  const kind = subjectType === "USER" ? "user" : "API token";
  const who = nameOf(subjectId) ?? `${kind} ${subjectId}`;
  return userAgent === undefined || userAgent === "" ? who : `${who} (${userAgent})`;
}

function text(value: JsonValue | undefined): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
