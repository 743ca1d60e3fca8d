/** Which of the directory's users an account belongs to that has another name than theirs: the same person twice. */

import { allUsers, type HeldUser } from "../../../astro/held.ts";
import type { ExpectedUser, StateKey } from "../../../astro/state.ts";
import { foldCase } from "../../../ground/text/fold-case.ts";
import type { SamePersonEvidence } from "../change.ts";
import type { Sides } from "../teams/memberships.ts";

export interface SamePerson {
  readonly user: ExpectedUser;
  readonly evidence: Exclude<SamePersonEvidence, "case">;
}

/**
 * Tells of accounts that belong to no user by their names. By the address without its plus tag (RFC 5233), where one user alone
 * has that; or as an earlier name of a user: the account has an e-mail address of one whose own account is another, or, alone of
 * all accounts, the externalId.
 */
export function samePersonFinder({
  expected,
  held,
  match,
}: Sides): (account: HeldUser) => SamePerson | undefined {
  const active = [...expected.users.values()].filter(({ presence }) => presence === "active");
  const byPlain = uniqueBy(active, (user) => addressesOf(user).map(withoutTag));
  const byAddress = uniqueBy(active, addressesOf);
  const byExternalId = uniqueBy(active, ({ externalId }) => (externalId === undefined ? [] : [externalId]));
  const times = new Map<string, number>();
  for (const { externalId = "" } of allUsers(held)) times.set(externalId, (times.get(externalId) ?? 0) + 1);
  const isAlone = ({ externalId = "" }: HeldUser): boolean => times.get(externalId) === 1;
  return (account) => {
    const former =
      account.emails
        .flatMap((email) => byAddress.get(email) ?? [])
        .find((user) => user.key !== account.key) ??
      (isAlone(account) ? byExternalId.get(account.externalId ?? "") : undefined);
    if (former !== undefined && match.heldOf(former.key)?.scimId !== account.scimId) {
      return { user: former, evidence: "old-user-name" };
    }
    const tagged = [account.key, ...account.emails].flatMap((name) => byPlain.get(withoutTag(name)) ?? [])[0];
    return tagged === undefined ? undefined : { user: tagged, evidence: "plus-address" };
  };
}

/** How a report describes such an account, as a clause. */
export function samePersonReason({ user, evidence }: SamePerson): string {
  const how = evidence === "plus-address" ? "a plus address" : "an old userName";
  return `a second account of ${user.userName}, under ${how}`;
}

function addressesOf({ key, attributes }: ExpectedUser): readonly string[] {
  const emails = Object.entries(attributes).flatMap(([path, value]) =>
    path.startsWith("emails") && value.includes("@") ? [foldCase(value)] : [],
  );
  return [...new Set([key, ...emails])].filter((name) => name.includes("@"));
}

/** `ada+astro@example.com` is delivered to ada@example.com by most mail systems. */
function withoutTag(address: string): string {
  return address.replace(/^([^+@]+)\+[^@]*@/, "$1@");
}

function uniqueBy(
  users: readonly ExpectedUser[],
  namesOf: (user: ExpectedUser) => readonly string[],
): ReadonlyMap<StateKey, ExpectedUser> {
  const found = new Map<string, ExpectedUser>();
  const several = new Set<string>();
  for (const user of users) {
    for (const name of new Set(namesOf(user))) {
      if (found.has(name)) several.add(name);
      found.set(name, user);
    }
  }
  for (const name of several) found.delete(name);
  return found;
}
