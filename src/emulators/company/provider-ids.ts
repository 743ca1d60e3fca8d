/** Ids of the provider's own form, for objects that came without one. */

import type { AppSettings } from "../../directory/app-settings.ts";
import type { Directory, DirectoryGroup } from "../../directory/directory.ts";
import { randomText } from "../../world/random-text.ts";
import type { Random } from "../../world/world.ts";

/** `assignment`: of a user or group to the app. `push`: Okta's push mapping. */
export type IdKind = "user" | "group" | "app" | "assignment" | "push";

export type NewId = (kind: IdKind) => string;

const base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** Okta API: Users, Groups, Applications, GroupPushMappings; 20 characters each. */
const oktaPrefixes: Readonly<Record<IdKind, string>> = {
  user: "00u",
  group: "00g",
  app: "0oa",
  assignment: "0ua",
  push: "gPm",
};

/** Microsoft Graph: object ids are GUIDs, the id of an appRoleAssignment is 43 characters of base64url. */
const graphAssignmentLength = 43;

/** Makes new ids as the provider of these settings makes them. */
export function newIds(idp: AppSettings["idp"], random: Random): NewId {
  if (idp === "entra") {
    return (kind) => (kind === "assignment" ? randomText(random, graphAssignmentLength) : random.uuid());
  }
  return (kind) => {
    const characters = [...random.bytes(17)].map((byte) => base62.charAt(byte % base62.length));
    return oktaPrefixes[kind] + characters.join("");
  };
}

const formOf = {
  okta: /^00[ug][0-9A-Za-z]{17}$/,
  entra: /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
} as const;

/**
 * The directory with an id for every user and group as the provider has them: one that was made up and does not have the provider's
 * form is replaced, one that the directory came with is kept. None is marked as made up, since this is the provider.
 */
export function withProviderIds(directory: Directory, idp: AppSettings["idp"], newId: NewId): Directory {
  const form = formOf[idp];
  const users = [...directory.users].map(([key, { isIdMadeUp, ...user }]) => {
    const isKept = isIdMadeUp !== true || form.test(user.objectId);
    return [key, isKept ? user : { ...user, objectId: newId("user") }] as const;
  });
  const groups = [...directory.groups].map(([key, group]) => {
    const isKept = form.test(group.objectId) || isLikeAnId(group);
    return [key, isKept ? group : { ...group, objectId: newId("group") }] as const;
  });
  return { ...directory, users: new Map(users), groups: new Map(groups) };
}

/** A group is not marked: an id that is its name, or that has other characters than ids have, is made up. */
function isLikeAnId({ objectId, key, name }: DirectoryGroup): boolean {
  return /^[\w-]+$/.test(objectId) && objectId !== key && objectId !== name;
}
