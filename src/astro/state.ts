/** Users and Teams that Astro holds, or is expected to hold: the one form in which both sides are compared. */

/** `foldCase` of a userName, or of a Team's name: Astro compares both without regard to case (astro CLI: organization team update --help; for userNames Inferred). */
export type StateKey = string;

export interface AstroUser {
  readonly key: StateKey;
  readonly userName: string;
  /** SCIM id; undefined in an expected state. */
  readonly scimId: string | undefined;
  /** The provider's id of the user, where it was sent. */
  readonly externalId: string | undefined;
  readonly active: boolean;
  /** Mapped attributes by attribute path, `name.givenName` or `emails[primary eq true].value`; absent is absent. */
  readonly attributes: Readonly<Record<string, string>>;
}

export interface AstroTeam {
  readonly key: StateKey;
  readonly displayName: string;
  readonly scimId: string | undefined;
  /** Keys of the users in the Team. */
  readonly members: ReadonlySet<StateKey>;
  /** Members that are no user of this Astro: ids that point nowhere. */
  readonly unknownMembers: readonly string[];
  /** Of an expected state: users of the group who are assigned for single sign-on alone, and so may be in the Team or not. */
  readonly ssoOnlyMembers?: ReadonlySet<StateKey>;
}

/** What Astro holds. */
export interface AstroState {
  readonly users: ReadonlyMap<StateKey, AstroUser>;
  readonly teams: ReadonlyMap<StateKey, AstroTeam>;
}

/**
 * What the directory says of a user's account: `active` must be there and active; `not-active` must be
 * absent or inactive; `either`, where the provider leaves what it finds (a suspended Okta user: suspension sends nothing).
 */
export type ExpectedPresence = "active" | "not-active" | "either";

export interface ExpectedUser extends AstroUser {
  readonly presence: ExpectedPresence;
  /** Attributes beside those that are expected are no difference; without it they are to be unset. */
  readonly otherAttributes?: "kept";
  /** Why, in the words of the provider's console: "not assigned to the app", "deactivated in Okta". */
  readonly reason: string;
  /** Assigned for single sign-on alone: the provider sends nothing about the user, who is `either`. */
  readonly ssoOnly?: true;
}

/** A user who is assigned for single sign-on alone, by the name that the directory gives. */
export interface SsoOnlyUser {
  readonly user: string;
  /** Of the account that the mappings would make, and that no other user has. */
  readonly key: StateKey | undefined;
}

/** What the directory, put through mappings and assignments, says that Astro should hold. */
export interface ExpectedState {
  readonly users: ReadonlyMap<StateKey, ExpectedUser>;
  readonly teams: ReadonlyMap<StateKey, AstroTeam>;
  /** Paths of the attributes that the provider writes of everybody, the unset ones too; those that Astro documents unless told otherwise. */
  readonly attributePaths?: readonly string[];
  /** Users that can have no account, with the reason: no e-mail address, a mapping that failed, a name used twice. */
  readonly unmappable: readonly { readonly user: string; readonly reason: string }[];
  /** Users who are assigned for single sign-on alone; nothing is provisioned of them. */
  readonly ssoOnly?: readonly SsoOnlyUser[];
}
