/** Who calls, as the credentials of a request say it. */

/** An API token. */
export interface Caller {
  /** Of the token, not of a user. */
  readonly id: string;
  /** By which people know the token. */
  readonly name: string;
  /** The organizations that the token is for; it reaches no others. */
  readonly organizationIds: readonly string[];
}
