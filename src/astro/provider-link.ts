/** What a provider does with its links to accounts and Teams, as data: a comparison asks no provider by name. */

/**
 * What is wrong with a link to an account. `gone`: the server has nothing with that id. `other-user`: the account is another
 * user's. `other-account`: it is nobody's. `not-linked`: linking failed, and the provider does not try again by itself.
 */
export type UserLinkFault = "gone" | "other-user" | "other-account" | "not-linked";

/** As `UserLinkFault`; `push-failed`: the Team is the right one, and the provider pushes nothing to it. */
export type TeamLinkFault = "gone" | "other-group" | "other-team" | "not-linked" | "push-failed";

export interface LinkRules {
  /** The provider's name. */
  readonly provider: string;
  /**
   * Whether the provider looks for an account or a Team again, by its name, when the id that it remembers is gone (404). Such
   * a link is mended when the provider next works on the user or the group.
   */
  readonly findsAgain: boolean;
  /** What an administrator does in the provider's console, in the imperative. */
  readonly mends: {
    readonly user: Readonly<Record<UserLinkFault, string>>;
    readonly team: Readonly<Record<TeamLinkFault, string>>;
  };
  /** One sentence each, for what a repair creates where it is unknown to what the provider is linked. */
  readonly afterCreation: { readonly user: string; readonly team: string };
}
