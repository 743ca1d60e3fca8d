/** What a SCIM server holds after some operations, by the rules of RFC 7643 and RFC 7644 alone: none of the server's own code. */

import type { JsonObject } from "../../src/ground/json.ts";

/** The attributes of a user that hold one text, by their paths; a department is the enterprise extension's. */
export const textPaths = [
  "externalId",
  "title",
  "displayName",
  "name.givenName",
  "name.familyName",
  "department",
] as const;
export type TextPath = (typeof textPaths)[number];

export const emailTypes = ["work", "home", "other"] as const;
export type EmailType = (typeof emailTypes)[number];

export interface ModelEmail {
  readonly value: string;
  readonly primary: boolean | undefined;
}

/** What a client says of a user; of each type there is one address at most. */
export interface UserValues {
  readonly userName: string;
  readonly texts: ReadonlyMap<TextPath, string>;
  readonly emails: ReadonlyMap<EmailType, ModelEmail>;
}

export interface ModelUser extends UserValues {
  readonly id: string;
  readonly active: boolean;
  readonly entitlements: ReadonlySet<string>;
  readonly version: number;
}

export interface ModelTeam {
  readonly id: string;
  readonly displayName: string;
  readonly memberIds: ReadonlySet<string>;
  readonly version: number;
}

export const enterpriseUrn = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const userUrn = "urn:ietf:params:scim:schemas:core:2.0:User";
const groupUrn = "urn:ietf:params:scim:schemas:core:2.0:Group";

export class ScimModel {
  readonly users = new Map<string, ModelUser>();
  readonly teams = new Map<string, ModelTeam>();
  readonly #baseUrl: string;

  constructor(baseUrl: string) {
    this.#baseUrl = baseUrl;
  }

  createUser(id: string, values: UserValues): void {
    this.users.set(id, { ...values, id, active: true, entitlements: new Set(), version: 1 });
  }

  /** A change that leaves a user as it was keeps its version; one that deactivates it ends its memberships. */
  changeUser(id: string, change: Partial<Omit<ModelUser, "id" | "version">>): void {
    const before = this.users.get(id)!;
    const after = { ...before, ...change };
    if (sameBody(userAttributes(before), userAttributes(after))) return;
    this.users.set(id, { ...after, version: before.version + 1 });
    if (before.active && !after.active) this.#leaveTeams(id);
    if (before.userName !== after.userName) {
      for (const team of this.teamsOf(id)) this.teams.set(team.id, { ...team, version: team.version + 1 });
    }
  }

  deleteUser(id: string): void {
    this.#leaveTeams(id);
    this.users.delete(id);
  }

  createTeam(id: string, displayName: string, memberIds: readonly string[]): void {
    this.teams.set(id, { id, displayName, memberIds: new Set(memberIds), version: 1 });
    this.#showAnew(memberIds);
  }

  changeTeam(id: string, change: Partial<Pick<ModelTeam, "displayName" | "memberIds">>): void {
    const before = this.teams.get(id)!;
    const after = { ...before, ...change };
    const isSame = before.displayName === after.displayName && sameSet(before.memberIds, after.memberIds);
    if (isSame) return;
    this.teams.set(id, { ...after, version: before.version + 1 });
    const everybody = new Set([...before.memberIds, ...after.memberIds]);
    const isRenamed = before.displayName !== after.displayName;
    const moved = [...everybody].filter((one) => before.memberIds.has(one) !== after.memberIds.has(one));
    this.#showAnew(isRenamed ? everybody : moved);
  }

  deleteTeam(id: string): void {
    const { memberIds } = this.teams.get(id)!;
    this.teams.delete(id);
    this.#showAnew(memberIds);
  }

  /** A user shows the Teams it is in: what changes of them is a version of the user's, too (RFC 7644 §3.14). */
  #showAnew(userIds: Iterable<string>): void {
    for (const id of userIds) {
      const user = this.users.get(id)!;
      this.users.set(id, { ...user, version: user.version + 1 });
    }
  }

  teamsOf(userId: string): readonly ModelTeam[] {
    return [...this.teams.values()].filter(({ memberIds }) => memberIds.has(userId));
  }

  /** The representation of a user, as `comparable` leaves it. */
  userBody(id: string): JsonObject {
    const user = this.users.get(id)!;
    const groups = this.teamsOf(id).map((team) => ({
      value: team.id,
      $ref: `${this.#baseUrl}/Groups/${team.id}`,
      display: team.displayName,
      type: "direct",
    }));
    return comparable({
      ...userAttributes(user),
      id,
      ...(groups.length === 0 ? {} : { groups }),
      meta: this.#meta("User", user),
    });
  }

  teamBody(id: string): JsonObject {
    const team = this.teams.get(id)!;
    const members = [...team.memberIds].map((value) => ({
      value,
      $ref: `${this.#baseUrl}/Users/${value}`,
      display: this.users.get(value)!.userName,
      type: "User",
    }));
    return comparable({
      schemas: [groupUrn],
      id,
      displayName: team.displayName,
      ...(members.length === 0 ? {} : { members }),
      meta: this.#meta("Group", team),
    });
  }

  #leaveTeams(userId: string): void {
    for (const team of this.teamsOf(userId)) {
      const memberIds = without(team.memberIds, [userId]);
      this.teams.set(team.id, { ...team, memberIds, version: team.version + 1 });
    }
  }

  #meta(resourceType: "User" | "Group", { id, version }: ModelUser | ModelTeam): JsonObject {
    const location = `${this.#baseUrl}/${resourceType}s/${id}`;
    return { resourceType, location, version: `W/"${version}"` };
  }
}

/** A representation without its times, and with its sets in one order: what can be compared with a prediction. */
export function comparable(body: JsonObject): JsonObject {
  const { meta, ...rest } = body;
  const { created: _created, lastModified: _lastModified, ...told } = meta as JsonObject;
  const sets = ["groups", "members", "entitlements"].filter((name) => rest[name] !== undefined);
  return {
    ...rest,
    ...Object.fromEntries(sets.map((name) => [name, byValue(rest[name] as readonly { value: string }[])])),
    meta: told,
  };
}

/** What a client sends to have these values. */
export function userSubmission({ userName, texts, emails }: UserValues): JsonObject {
  const text = (path: TextPath): JsonObject => {
    const value = texts.get(path);
    return value === undefined ? {} : { [path.split(".").at(-1)!]: value };
  };
  const name = { ...text("name.givenName"), ...text("name.familyName") };
  const list = [...emails].map(([type, { value, primary }]) => ({
    value,
    type,
    ...(primary === undefined ? {} : { primary }),
  }));
  return {
    schemas: texts.has("department") ? [userUrn, enterpriseUrn] : [userUrn],
    userName,
    ...text("externalId"),
    ...text("title"),
    ...text("displayName"),
    ...(Object.keys(name).length === 0 ? {} : { name }),
    ...(list.length === 0 ? {} : { emails: list }),
    ...(texts.has("department") ? { [enterpriseUrn]: text("department") } : {}),
  };
}

/** A set without some of its values. */
export function without<T>(set: ReadonlySet<T>, values: readonly T[]): ReadonlySet<T> {
  return new Set([...set].filter((one) => !values.includes(one)));
}

function userAttributes(user: ModelUser): JsonObject {
  const entitlements = [...user.entitlements].map((value) => ({ value }));
  return {
    ...userSubmission(user),
    active: user.active,
    ...(entitlements.length === 0 ? {} : { entitlements }),
  };
}

function sameBody(a: JsonObject, b: JsonObject): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function sameSet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((one) => b.has(one));
}

function byValue<T extends { readonly value: string }>(values: readonly T[]): readonly T[] {
  return values.toSorted((a, b) => (a.value < b.value ? -1 : 1));
}
