/** Users who cannot have an account, without those of whom a finding of the provider says the same. */

import type { Drift } from "../compare/diff.ts";

export function unmappableBeside({
  expected: { unmappable },
  provider,
}: Pick<Drift, "expected" | "provider">): Drift["expected"]["unmappable"] {
  if (provider === undefined) return unmappable;
  const found = new Set(
    provider.findings.flatMap(({ finding }) =>
      finding.kind === "user-without-mail" ? (provider.userNames.get(finding.user.objectId) ?? []) : [],
    ),
  );
  return unmappable.filter(({ user }) => !found.has(user));
}
