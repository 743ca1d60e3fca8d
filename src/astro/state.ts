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
  /** The server shows nowhere who is in its Teams: that `members` is empty says nothing. */
  readonly areMembersUnknown?: true;
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

/** Why a mapped attribute of a user is not compared. */
export type WhyNotCompared =
  /** The provider sends it when it creates the account, and never again. */
  | "only-at-creation"
  /** The mapping asks for the time or for chance: it never gives the same value twice. */
  | "never-the-same"
  /** No server returns it (RFC 7643 §7, `returned`: a password). */
  | "never-returned"
  /** It refers to a user who is to have no account. */
  | "refers-to-no-account"
  /** It is made of an id that the directory does not give, and the account has another value. */
  | "unknown-id"
  /** The provider only adds to this list, and the account has more. */
  | "only-added"
  /** The target says that it has no such attribute, and no account shows it. */
  /** It was read over IAM, which does not show it. */
  | "not-in-iam"
  /** IAM may not list inactive accounts: one that seems to be missing may exist. */
  | "inactive-may-be-hidden"
  /** A live provider's mapping that cannot be evaluated here. */
  | "not-evaluated"
  /** It has a form in which two spellings cannot be distinguished from two values. */
  | "unsupported-type"
  | "not-kept";

/** A mapped attribute that was not compared, by its path. */
export interface AttributeNotCompared {
  readonly attribute: string;
  readonly why: WhyNotCompared;
}

export interface ExpectedUser extends AstroUser {
  readonly presence: ExpectedPresence;
  /** Sent when the account is created and not compared afterwards, by path. */
  readonly atCreation?: Readonly<Record<string, string>>;
  /** Attributes that hold the account of another user, by its key; null is to be unset. */
  readonly references?: Readonly<Record<string, StateKey | null>>;
  /** Paths of lists that may have more than is expected. */
  readonly onlyAdded?: readonly string[];
  /** Paths of what is made of an id that the directory does not give: another value is not a difference. */
  readonly fromUnknownId?: readonly string[];
  readonly notCompared?: readonly AttributeNotCompared[];
  /** What the target does not seem to keep: a new account gets it all the same, and nothing else is made of it. */
  readonly notKept?: Pick<ExpectedUser, "attributes" | "references">;
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
  /** Paths of the attributes that the provider writes of everybody, the unset ones too; default: those that Astro documents. */
  readonly attributePaths?: readonly string[];
  /** Users that can have no account, with the reason: no e-mail address, a mapping that failed, a name used twice. */
  readonly unmappable: readonly { readonly user: string; readonly reason: string }[];
  /** Users who are assigned for single sign-on alone; nothing is provisioned of them. */
  readonly ssoOnly?: readonly SsoOnlyUser[];
  /** Everybody else in the directory: each user by name with the one reason for which there is to be no active account. */
  readonly notProvisioned?: ReadonlyMap<string, string>;
}
