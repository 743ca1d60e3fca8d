/** Users as Astro's own API shows them (Astro API reference: User, TeamMember, BasicSubjectProfile). */

import type { Behaviour } from "../../../astro/behaviour/table.ts";
import type { JsonObject } from "../../../ground/json.ts";
import { fullNameOf } from "../../store/known-attributes.ts";
import type { ListedRow } from "../../store/listing.ts";
import type { StoredResource } from "../../store/rows.ts";
import { userStatusOf } from "../../store/user-status.ts";
import { instantText } from "./instant.ts";
import { rolesJson } from "./roles.ts";

type AvatarRules = Pick<Behaviour, "avatarUrl">;

/** Where a user has no picture of their own. Inferred: the field is required. */
export const defaultAvatarUrl = "https://avatars.astronomer.io/default.png";

export function userJson(user: StoredResource, rules: AvatarRules): JsonObject {
  return {
    id: user.id,
    username: user.name,
    fullName: fullNameOf(user),
    avatarUrl: avatarUrlOf(user, rules),
    status: userStatusOf(user),
    ...rolesJson(user.own.roles),
    createdAt: instantText(user.createdMs),
    updatedAt: instantText(user.lastModifiedMs),
  };
}

export function memberJson({ row, joinedMs }: ListedRow, rules: AvatarRules): JsonObject {
  return {
    userId: row.id,
    username: row.name,
    fullName: fullNameOf(row),
    avatarUrl: avatarUrlOf(row, rules),
    createdAt: instantText(joinedMs),
  };
}

export function userProfileJson(user: StoredResource, rules: AvatarRules): JsonObject {
  return {
    id: user.id,
    subjectType: "USER",
    username: user.name,
    fullName: fullNameOf(user),
    avatarUrl: avatarUrlOf(user, rules),
  };
}

export function avatarUrlOf({ attributes }: Pick<StoredResource, "attributes">, rules: AvatarRules): string {
  const { profileUrl } = attributes;
  const isShown =
    rules.avatarUrl === "profile-url" && typeof profileUrl === "string" && /^https?:\/\/./i.test(profileUrl);
  return isShown ? profileUrl : defaultAvatarUrl;
}
