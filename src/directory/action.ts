/** What an administrator does in the identity provider: what changes the directory, and what only the console has. */

import type { DirectoryGroup, DirectoryUser, GroupKey, ProfileValue, UserKey } from "./directory.ts";

/** Changes the directory. */
export type DirectoryAction =
  | {
      readonly kind: "create-user";
      readonly user: DirectoryUser;
      readonly assigned: boolean;
      readonly groups: readonly GroupKey[];
    }
  | {
      readonly kind: "update-user";
      readonly user: UserKey;
      /** null clears the attribute. */
      readonly profile: Readonly<Record<string, ProfileValue>>;
    }
  | {
      readonly kind:
        | "suspend-user"
        | "unsuspend-user"
        | "deactivate-user"
        | "activate-user"
        | "delete-user"
        | "assign-user"
        | "unassign-user";
      readonly user: UserKey;
    }
  | { readonly kind: "add-member" | "remove-member"; readonly group: GroupKey; readonly user: UserKey }
  | {
      readonly kind: "create-group";
      readonly group: DirectoryGroup;
      readonly pushed: boolean;
      readonly assigned: boolean;
    }
  | { readonly kind: "rename-group"; readonly group: GroupKey; readonly name: string }
  | {
      readonly kind: "delete-group" | "push-group" | "assign-group" | "unassign-group";
      readonly group: GroupKey;
    }
  | {
      readonly kind: "unpush-group";
      readonly group: GroupKey;
      /** Okta's "Delete the group in the target app", against "Leave the group in the target app". */
      readonly deleteTeam: boolean;
    };

/** Done in the provider's console; the directory stays as it is. */
export type ConsoleAction =
  | { readonly kind: "push-now"; readonly group: GroupKey }
  /** Okta's "Retry Selected" under Dashboard > Tasks; without a name, every failed task. */
  | { readonly kind: "retry"; readonly user?: UserKey; readonly group?: GroupKey };

export type Action = DirectoryAction | ConsoleAction;

/** Whether an action changes the directory, as opposed to the provider's console only. */
export function changesDirectory(action: Action): action is DirectoryAction {
  return action.kind !== "push-now" && action.kind !== "retry";
}
