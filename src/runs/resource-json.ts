/** A user or a Team, as it was read, in a line of a run's file. */

import * as z from "zod";
import type { Resource } from "../repair/resource.ts";

const texts = z.array(z.string());

const seen = {
  scimId: z.string(),
  key: z.string(),
  version: z.string().nullable(),
  fingerprint: z.string(),
};

export const resourceSchema = z.discriminatedUnion("kind", [
  z.object({
    ...seen,
    kind: z.literal("user"),
    userName: z.string(),
    externalId: z.string().nullable(),
    active: z.boolean(),
    attributes: z.record(z.string(), z.string()),
    emails: texts,
    roles: texts.nullable(),
    /** Teams that it is in; null where the server does not show them. */
    teams: texts.nullable(),
  }),
  z.object({
    ...seen,
    kind: z.literal("team"),
    displayName: z.string(),
    members: texts,
    nestedGroups: texts,
    showsMembers: z.boolean(),
  }),
]);

export type ResourceJson = z.infer<typeof resourceSchema>;

export function resourceJson(resource: Resource): ResourceJson {
  if (resource.kind === "user") {
    const { scimId, key, version, fingerprint, userName, externalId, active, attributes, emails, roles } =
      resource.seen;
    return {
      kind: "user",
      scimId,
      key,
      version: version ?? null,
      fingerprint,
      userName,
      externalId: externalId ?? null,
      active,
      attributes: { ...attributes },
      emails: [...emails],
      roles: roles === undefined ? null : [...roles],
      teams: resource.seen.groupIds === undefined ? null : [...resource.seen.groupIds],
    };
  }
  const { scimId, key, version, fingerprint, displayName, memberIds, nestedGroupIds, showsMembers } =
    resource.seen;
  return {
    kind: "team",
    scimId,
    key,
    version: version ?? null,
    fingerprint,
    displayName,
    members: [...memberIds],
    nestedGroups: [...nestedGroupIds],
    showsMembers,
  };
}

/** The same, as it was read. */
export function resourceOf(json: ResourceJson): Resource {
  const version = json.version ?? undefined;
  if (json.kind === "team") {
    const { scimId, key, fingerprint, displayName, members, nestedGroups, showsMembers } = json;
    const memberIds = new Set(members);
    const nestedGroupIds = new Set(nestedGroups);
    return {
      kind: "team",
      seen: { scimId, key, fingerprint, displayName, showsMembers, version, memberIds, nestedGroupIds },
    };
  }
  const { scimId, key, fingerprint, userName, externalId, active, attributes, emails, roles, teams } = json;
  const user = { scimId, key, fingerprint, userName, active, attributes, emails, version };
  return {
    kind: "user",
    seen: {
      ...user,
      externalId: externalId ?? undefined,
      roles: roles ?? undefined,
      ...(teams === null ? {} : { groupIds: new Set(teams) }),
    },
  };
}
