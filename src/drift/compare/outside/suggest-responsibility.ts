/** What a look at Astro suggests about the responsibility of a directory: accounts of a domain that it knows nothing of. */

import { domainOf, namesOfExpected, type Responsibility } from "../../../astro/responsibility.ts";
import type { ExpectedState } from "../../../astro/state.ts";
import { isDomain } from "../../../ground/mail-domain.ts";
import { isUserToRemove, type Change } from "../change.ts";

export interface SuggestedResponsibility {
  /** The domains of the directory's own users: what to write as `domains`. */
  readonly domains: readonly string[];
  /** The domain of most accounts that are left over. */
  readonly foreignDomain: string;
  /** How many of them there are. */
  readonly foreignAccounts: number;
}

const fewest = 3;

/**
 * Suggests the directory's own domains where at least 3 accounts, and at least half of those that are left over, are of
 * one domain that no user of the directory has. Nothing is suggested where `domains` is stated already, or where a user of
 * the directory has no domain and so would be outside.
 */
export function suggestResponsibility(
  expected: ExpectedState,
  changes: readonly Change[],
  { limitsAccounts }: Responsibility,
): SuggestedResponsibility | undefined {
  if (limitsAccounts) return undefined;
  const leftOver = changes.flatMap((change) => (isUserToRemove(change) ? [change.held] : []));
  const domains = leftOver.length < fewest ? undefined : domainsOf(expected);
  if (domains === undefined) return undefined;
  const counts = new Map<string, number>();
  for (const domain of leftOver.flatMap((account) => domainOf(account) ?? [])) {
    if (!domains.has(domain)) counts.set(domain, (counts.get(domain) ?? 0) + 1);
  }
  const [[foreignDomain, foreignAccounts] = ["", 0]] = [...counts].toSorted(
    ([a, many], [b, more]) => more - many || (a < b ? -1 : 1),
  );
  return foreignAccounts < fewest || 2 * foreignAccounts < leftOver.length
    ? undefined
    : { domains: [...domains].toSorted(), foreignDomain, foreignAccounts };
}

/** The domains of the directory's users; undefined where they would leave one of them outside. */
function domainsOf({ users }: ExpectedState): ReadonlySet<string> | undefined {
  const all = [...users.values()].map((user) => domainOf(namesOfExpected(user)));
  const domains = all.flatMap((domain) => (domain !== undefined && isDomain(domain) ? [domain] : []));
  return domains.length === 0 || domains.length < all.length ? undefined : new Set(domains);
}
