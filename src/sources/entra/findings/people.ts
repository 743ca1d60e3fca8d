/** The users of a directory as findings see them: their standing, and their userName in the app. */

import type { Directory, DirectoryUser } from "../../../directory/directory.ts";
import type { EntraAppSettings } from "../../../directory/entra-app-settings.ts";
import type { FoundUser } from "../../../directory/provider-finding.ts";
import { isUnmappable } from "../../../idp/accounts/unmappable.ts";
import { entraAccountRules } from "../../../idp/entra/account-rules.ts";

export interface People {
  /** Everybody in scope, in the order of the directory. */
  readonly inScope: readonly DirectoryUser[];
  readonly isInScope: (user: DirectoryUser) => boolean;
  /** Undefined where the mappings make none. */
  readonly userNameOf: (user: DirectoryUser) => string | undefined;
  readonly found: (user: DirectoryUser) => FoundUser;
}

/** @throws AppError invalid-file for a mapping that is wrong */
export function peopleOf(directory: Directory, settings: EntraAppSettings): People {
  const rules = entraAccountRules(directory, settings);
  const userNameOf = (user: DirectoryUser): string | undefined => {
    const mapped = rules.account(user);
    return isUnmappable(mapped) ? undefined : mapped.userName;
  };
  const isInScope = (user: DirectoryUser): boolean => rules.standing(user).presence === "active";
  return {
    inScope: [...directory.users.values()].filter(isInScope),
    isInScope,
    userNameOf,
    found: (user) => ({ objectId: user.objectId, name: userNameOf(user) ?? user.key }),
  };
}
