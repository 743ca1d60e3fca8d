/** What an administrator does in the identity provider: what changes the directory, and what only the console has. */

import type { DirectoryGroup, DirectoryUser, GroupKey, ProfileValue, UserKey } from "./directory.ts";

/**
 * What changes a user's status. Only Entra blocks sign-in, deletes into a recycle bin and restores from it (Microsoft: Restore
 * or remove a recently deleted user).
 */
export const userStatusActionKinds = [
  "suspend-user",
  "unsuspend-user",
  "deactivate-user",
  "activate-user",
  "block-user",
  "unblock-user",
  "soft-delete-user",
  "restore-user",
] as const;

/** An action on one user's status. */
export interface UserStatusAction {
  readonly kind: (typeof userStatusActionKinds)[number];
  readonly user: UserKey;
}

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
  | UserStatusAction
  /** Okta's "Provision User" on the Assignments tab, for one who was assigned before Provisioning was switched on, or for all. */
  | { readonly kind: "provision-user"; readonly user: UserKey }
  | { readonly kind: "provision-all" }
  | {
      /** Entra purges who is in its recycle bin, by hand or 30 days later. */
      readonly kind: "delete-user" | "purge-user" | "assign-user" | "unassign-user";
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
      readonly kind: "delete-group" | "assign-group" | "unassign-group";
      readonly group: GroupKey;
    }
  | {
      readonly kind: "push-group";
      readonly group: GroupKey;
      /** Okta's "Link Group": the Team to push to, of those that an import has read; without it that of the group's name. */
      readonly team?: string;
    }
  | {
      readonly kind: "unpush-group";
      readonly group: GroupKey;
      /** Okta's "Delete the group in the target app", against "Leave the group in the target app". */
      readonly deleteTeam: boolean;
    };

/** What a restart of Entra's provisioning can reset (Microsoft Graph: synchronizationJobRestartCriteria). */
export type EntraReset = "watermark" | "escrows" | "quarantine" | "links";

/** Done in the provider's console; the directory stays as it is. */
export type ConsoleAction =
  /** Okta's Push Groups: "Push now", "Deactivate group push", "Activate group push". */
  | { readonly kind: "push-now" | "deactivate-push" | "activate-push"; readonly group: GroupKey }
  /** Okta's "Import Now" on the app's Import tab. */
  | {
      readonly kind: "import";
      /** The matching rule: Okta username format matches, or email matches. */
      readonly match: "userName" | "email";
      /** "Auto-confirm exact matches". */
      readonly confirmsExact: boolean;
      /** "Import Groups" for this one; undefined: as the app is set up. */
      readonly groups?: boolean;
    }
  /** Okta's "Retry Selected" under Dashboard > Tasks; without a name, every failed task. */
  | { readonly kind: "retry"; readonly user?: UserKey; readonly group?: GroupKey }
  /** Entra's "Provision on demand": one user, or one group with some of its members. */
  | { readonly kind: "provision-user-on-demand"; readonly user: UserKey }
  | {
      readonly kind: "provision-group-on-demand";
      readonly group: GroupKey;
      readonly users: readonly UserKey[];
    }
  /** Entra's "Restart provisioning": the next cycle is an initial one. */
  | {
      readonly kind: "restart-provisioning";
      /** Microsoft Graph can reset less than the console's button, and the links as well; the button's three where it is left out. */
      readonly resets?: readonly EntraReset[];
    }
  /** Entra's "Allow deletes", where a cycle was stopped by the accidental-deletion threshold. */
  | { readonly kind: "allow-deletes" }
  /** Only Microsoft Graph does this: Entra forgets to what a user or group is linked (named by object id), and matches it again. */
  | { readonly kind: "delete-object-connection"; readonly objectId: string };

/** Done in Astro directly, past the provider, which learns nothing of it. */
export type AstroAction =
  | { readonly kind: "delete-account"; readonly user: UserKey }
  | { readonly kind: "delete-team"; readonly group: GroupKey };

export type Action = DirectoryAction | ConsoleAction | AstroAction;

/** Whether an action is done in Astro. */
export function isInAstro(action: Action): action is AstroAction {
  return action.kind === "delete-account" || action.kind === "delete-team";
}

/** Whether an action changes the directory, as opposed to the provider's console or Astro only. */
export function changesDirectory(action: Action): action is DirectoryAction {
  return !consoleActionKinds.has(action.kind) && !isInAstro(action);
}

const consoleActionKinds: ReadonlySet<Action["kind"]> = new Set<ConsoleAction["kind"]>([
  "push-now",
  "deactivate-push",
  "activate-push",
  "import",
  "retry",
  "provision-user-on-demand",
  "provision-group-on-demand",
  "restart-provisioning",
  "allow-deletes",
  "delete-object-connection",
]);
