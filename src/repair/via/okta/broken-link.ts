/** Links that only Okta can make again: whose they are, and why. */

import { allUsers, type HeldUser } from "../../../astro/held.ts";
import type { Change } from "../../../drift/compare/change.ts";
import type { Drift } from "../../../drift/compare/diff.ts";
import type { LeftOut } from "../../../drift/plan/left-out/left-out.ts";
import type { OperationSubject } from "../../../drift/plan/operations/operation.ts";
import { ssoOnlyNamed } from "../../../drift/plan/left-out/sso-only.ts";
import { subjectOfUser } from "../../../drift/plan/operations/user-operations.ts";
import { foldCase } from "../../../ground/text/fold-case.ts";
import type { AppUser } from "../../../management/okta/app-users.ts";
import { nameOf, type AppUsers } from "./facts.ts";

/** Whom an operation through Okta is about, and why. */
export interface Wanted {
  readonly subject: OperationSubject;
  readonly why: string;
  readonly userName: string;
  readonly named?: true;
}

/** The operation has only what is wanted: nothing else of Okta's user belongs in a plan or a journal. */
export interface BrokenLinkOf {
  readonly wanted: Wanted;
  readonly appUser: AppUser;
}

/** The user whose link Okta can make again; undefined for one that leads to somebody else's account. */
export function brokenLink(
  { code, name }: LeftOut,
  drift: Drift,
  appUsers: AppUsers,
): BrokenLinkOf | undefined {
  if (code === "sso-only") return ssoOnly(name, drift, appUsers);
  const key = foldCase(name);
  for (const change of drift.changes) {
    const found = broken(change, key);
    const appUser = appUsers.byName.get(found?.key ?? "");
    if (found !== undefined && appUser !== undefined) {
      const { subject, why } = found;
      return { wanted: { subject, why, userName: nameOf(appUser) }, appUser };
    }
  }
  return undefined;
}

/** Of the user with that key: by which key Okta knows the user, and what is wrong. */
function broken(
  change: Change,
  key: string,
): (Pick<Wanted, "subject" | "why"> & { readonly key: string }) | undefined {
  if (change.kind === "user-never-linked" && change.user !== undefined && change.held.key === key) {
    const why = "Okta has never been linked to the account";
    return { subject: subjectOfUser(change.held), why, key: change.user.key };
  }
  if (change.kind !== "user-link-broken" || change.user.key !== key) return undefined;
  const why = reasons[change.problem.kind];
  if (why === undefined) return undefined;
  return { subject: subjectOf(change.resource, change.user.userName), why, key };
}

/** The other ways in which a link is broken lead to an account that Okta would deactivate. */
const reasons: Readonly<Partial<Record<string, string>>> = {
  gone: "Okta is linked to an account that no longer exists",
  "not-linked": "Okta is not linked to the account",
};

function ssoOnly(name: string, drift: Drift, appUsers: AppUsers): BrokenLinkOf | undefined {
  const entry = ssoOnlyNamed(drift, name);
  const appUser = appUsers.byName.get(foldCase(entry?.userName ?? name));
  if (entry === undefined || appUser === undefined) return undefined;
  const held = allUsers(drift.held).find(({ scimId }) => scimId === entry.scimId);
  const userName = nameOf(appUser);
  const why = "it was assigned before Provisioning was switched on";
  return { wanted: { subject: subjectOf(held, userName), userName, why, named: true }, appUser };
}

function subjectOf(held: HeldUser | undefined, userName: string): OperationSubject {
  if (held !== undefined) return subjectOfUser(held);
  return { kind: "user", key: foldCase(userName), name: userName, scimId: null, fingerprint: null };
}
