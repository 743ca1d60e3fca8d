/** What a push changed about a group, by what the provider remembers of the push before. */

export interface GroupUpdate {
  /** Members by userName. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Its name before; undefined where it keeps its name. */
  readonly renamedFrom: string | undefined;
}
