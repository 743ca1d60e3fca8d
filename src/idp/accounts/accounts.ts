/** What a provider's mappings and assignments make of a directory: who has which account, which groups are Teams. */

import type { ExpectedPresence, ExpectedUser } from "../../astro/state.ts";
import type { DirectoryGroup, DirectoryUser, UserKey } from "../../directory/directory.ts";
import type { Unmappable } from "./unmappable.ts";

/** The account that the mappings make of a user. */
export interface MappedAccount extends Pick<
  ExpectedUser,
  "atCreation" | "onlyAdded" | "fromUnknownId" | "notCompared"
> {
  readonly userName: string;
  /** The provider's id of the user as Astro gets it; undefined if it is not sent. */
  readonly externalId: string | undefined;
  /** Mapped values by attribute path, as in `AstroUser.attributes`. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Attributes that hold the account of another user of the directory, by path; null where the user has none. */
  readonly references?: Readonly<Record<string, UserKey | null>>;
  /** The provider leaves every other attribute as it is; without it, what is not mapped is to be unset. */
  readonly otherAttributes?: "kept";
}

/** Whether a user is to have an account, and why, in the words of the provider's console. */
export interface Standing {
  readonly presence: ExpectedPresence;
  readonly reason: string;
  /** As in `ExpectedUser`. */
  readonly ssoOnly?: true;
}

export interface AccountRules {
  /** As in `ExpectedState`. */
  readonly attributePaths?: readonly string[];
  readonly account: (user: DirectoryUser) => MappedAccount | Unmappable;
  readonly standing: (user: DirectoryUser) => Standing;
  /** The groups that become Teams, in the order of the directory, each with the Team's name. */
  readonly teams: readonly { readonly group: DirectoryGroup; readonly name: string }[];
  /**
   * Whether the provider leaves the Team as it is that it once linked to a group, by the group's object id, where the group is
   * none of `teams`. Left out where it always deletes or unlinks such a Team.
   */
  readonly leavesTeam?: (groupId: string) => boolean;
}
