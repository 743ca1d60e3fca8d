/** What a provider calls a group that is a Team. */

export interface GroupTerms {
  /** `pushed` (Okta), `assigned` (Entra). */
  readonly provided: string;
  /** The key of a fixture that makes it so. */
  readonly key: string;
}

/** Where nothing else is said. */
export const pushedGroups: GroupTerms = { provided: "pushed", key: "push: true" };

/** `a pushed group`, `an assigned group`. */
export function providedGroup({ provided }: Pick<GroupTerms, "provided">): string {
  return `${/^[aeiou]/.test(provided) ? "an" : "a"} ${provided} group`;
}
