/** What a provider's import from the target came to, as its console counts it. */

export interface ImportResult {
  readonly scanned: number;
  /** Those that the provider is linked to from now on. */
  readonly added: readonly string[];
  readonly updated: number;
  readonly unchanged: number;
  /** Those that it was linked to, and that are gone or inactive. */
  readonly removed: readonly string[];
  /** Those that wait for the administrator on the Import tab, each with what it matches. */
  readonly waiting: readonly ImportCandidate[];
}

export interface ImportCandidate {
  /** userName of the account. */
  readonly name: string;
  /** The user whom the import proposes; undefined if no user matches, and the console would create one. */
  readonly proposed: { readonly name: string; readonly match: "exact" | "partial" } | undefined;
}
