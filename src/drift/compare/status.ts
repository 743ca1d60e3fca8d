/** What a comparison came to, in a word. */

/** `unknown`: something could not be determined, even if there are differences. */
export type DriftStatus = "same" | "different" | "unknown";

export function driftStatus({
  changes,
  cannotTell,
}: {
  readonly changes: readonly unknown[];
  readonly cannotTell: readonly unknown[];
}): DriftStatus {
  if (cannotTell.length > 0) return "unknown";
  return changes.length === 0 ? "same" : "different";
}
