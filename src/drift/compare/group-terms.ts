/** What a provider calls a group that is a Team. */

export interface GroupTerms {
  /** `pushed` (Okta), `assigned` (Entra). */
  readonly provided: string;
  /** The key of a fixture that makes it so. */
  readonly key: string;
}

/** Where nothing else is said. */
export const pushedGroups: GroupTerms = { provided: "pushed", key: "push: true" };
