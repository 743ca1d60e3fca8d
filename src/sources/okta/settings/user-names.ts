/** The userName of each assignment is Okta's to say: an administrator can type another one than the format of the app makes. */

import type { OktaAppSettings } from "../../../directory/app-settings.ts";
import type { Directory, DirectoryUser, UserKey } from "../../../directory/directory.ts";
import { isUnmappable } from "../../../idp/accounts/unmappable.ts";
import { compileMapping, mapUser, type Mapping } from "../../../idp/okta/mapping/mapping.ts";
import { isAssignment } from "../directory/build-directory.ts";
import type { AssignedUser } from "../directory/read-assignments.ts";
import { userNameMistake } from "./evaluable.ts";

export interface OktasUserNames {
  readonly assigned: readonly AssignedUser[];
  /** The application username format as an expression; undefined where each userName is typed. */
  readonly format: string | undefined;
}

interface Named {
  readonly settings: OktaAppSettings;
  readonly directory: Directory;
}

/**
 * Where Okta has another userName for an assignment than the format makes, the user gets it as an attribute of the profile, which
 * the format then prefers. Where the format cannot be evaluated, every assigned user gets it.
 */
export function withUserNames(
  settings: OktaAppSettings,
  directory: Directory,
  { assigned, format }: OktasUserNames,
): Named {
  const canEvaluate = format !== undefined && userNameMistake(settings, directory) === undefined;
  const mapping = canEvaluate ? compileMapping({ ...settings, mappings: {} }, directory) : undefined;
  const byId = new Map([...directory.users.values()].map((user) => [user.objectId, user]));
  const users = new Map<UserKey, DirectoryUser>(directory.users);
  const attribute = freeAttribute(directory);
  let isUsed = false;
  for (const { appUser } of assigned.filter((one) => isAssignment(one.appUser))) {
    const user = byId.get(appUser.id);
    const userName = appUser.credentials?.userName ?? "";
    if (user === undefined || userName === "" || madeBy(mapping, user) === userName) continue;
    users.set(user.key, { ...user, profile: { ...user.profile, [attribute]: userName } });
    isUsed = true;
  }
  if (!isUsed && canEvaluate) return { settings, directory };
  return {
    directory: { ...directory, users },
    settings: {
      ...settings,
      applicationUsername: canEvaluate ? `user.${attribute} ?: (${format})` : `user.${attribute}`,
      customAttributes: [...settings.customAttributes, attribute],
    },
  };
}

function madeBy(mapping: Mapping | undefined, user: DirectoryUser): string | undefined {
  if (mapping === undefined) return undefined;
  const mapped = mapUser(mapping, user);
  return isUnmappable(mapped) ? undefined : mapped.userName;
}

/** A name that no attribute of a user has. */
function freeAttribute({ users }: Directory): string {
  const taken = new Set([...users.values()].flatMap(({ profile }) => Object.keys(profile)));
  let name = "applicationUsername";
  while (taken.has(name)) name += "_";
  return name;
}
