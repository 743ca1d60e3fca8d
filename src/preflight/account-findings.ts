/** The accounts that are in Astro already: linked, invited only, blocked, or nobody's. */

import { attributeLabel } from "../astro/attributes.ts";
import { allUsers, type HeldUser } from "../astro/held.ts";
import { foldCase } from "../ground/text/fold-case.ts";
import { isOrganizationOwner } from "../drift/compare/users/owner.ts";
import type { AccountChange, PreflightFinding } from "./finding.ts";
import { linkedAccounts, type Linked } from "./rehearsed-run.ts";
import type { AstroNow, PreflightSubject } from "./subject.ts";

export function accountFindings(subject: PreflightSubject): readonly PreflightFinding[] {
  const linked = linkedAccounts(subject.run);
  return allUsers(subject.astro.held).flatMap((account): readonly PreflightFinding[] => {
    const pair = linked.get(account.key);
    const status = statusOf(account);
    const wanted = subject.expected.users.get(account.key);
    if (pair === undefined && wanted?.presence !== "active") return ofNobody(account, subject);
    const user = account.userName;
    return [
      ...(status === "PENDING" ? [{ kind: "invitation-pending", user } as const] : []),
      ...(status === "BANNED" ? [{ kind: "account-banned", user } as const] : []),
      ...(pair === undefined
        ? []
        : [{ kind: "account-linked", user, changes: changesOf(pair, subject.astro) } as const]),
      ...(isUnderOtherName(account)
        ? [{ kind: "account-link-unknown", user, userName: wanted?.userName ?? "" } as const]
        : []),
    ];
  });
}

/** The status that IAM shows; SCIM shows only whether the account is active. */
export function statusOf({ iam, active }: HeldUser): string {
  return iam?.status ?? (active ? "ACTIVE" : "INACTIVE");
}

/** An account that stays active without a link, unless somebody wants it so or another directory is responsible for it. */
function ofNobody(
  account: HeldUser,
  { expected, isProtected, responsibility }: PreflightSubject,
): readonly PreflightFinding[] {
  const status = statusOf(account);
  if (status === "INACTIVE" || status === "BANNED") return [];
  const { key, userName: user } = account;
  const wanted = expected.users.get(key);
  // Nothing is sent about somebody who is assigned and suspended, or assigned for single sign-on alone.
  if (wanted?.presence === "either" || isProtected(key)) return [];
  if (responsibility.excludesAccount(account) !== undefined) return [];
  const reason = wanted?.reason ?? "not in the directory";
  return account.roles?.some(isOrganizationOwner) === true
    ? [{ kind: "owner-not-assigned", user, reason }]
    : [{ kind: "account-not-assigned", user, reason, status }];
}

/** IAM knows an account by its address alone, and the user who has it is to have another userName. */
function isUnderOtherName({ key, userName }: HeldUser): boolean {
  return key !== foldCase(userName);
}

/** What becomes of attributes that Astro does not show is not known. */
function changesOf(
  { before, after }: Linked<HeldUser>,
  { showsAttributes }: AstroNow,
): readonly AccountChange[] {
  const paths = [...new Set([...Object.keys(before.attributes), ...Object.keys(after.attributes)])];
  const known = showsAttributes ? paths : paths.filter((path) => path === "displayName");
  const rows = [
    { attribute: "userName", from: before.userName, to: after.userName },
    { attribute: "active", from: String(before.active), to: String(after.active) },
    ...known.map((path) => ({
      attribute: attributeLabel(path),
      from: before.attributes[path],
      to: after.attributes[path],
    })),
  ];
  return rows.filter(({ from, to }) => from !== to);
}
