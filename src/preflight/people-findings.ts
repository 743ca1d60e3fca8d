/** People of the directory who get no account, or may not be able to use it. */

import { domainOf, namesOfExpected } from "../astro/responsibility.ts";
import type { ExpectedUser } from "../astro/state.ts";
import type { DirectoryUser } from "../directory/directory.ts";
import { foldCase } from "../ground/text/fold-case.ts";
import { comparableDomain } from "../ground/mail-domain.ts";
import { isUnmappable } from "../idp/accounts/unmappable.ts";
import { providerOf } from "../idp/providers.ts";
import type { PreflightFinding } from "./finding.ts";
import type { ManagedDomain, PreflightSubject } from "./subject.ts";

export function peopleFindings(subject: PreflightSubject): readonly PreflightFinding[] {
  return [...ssoOnly(subject), ...withoutAccount(subject), ...domainFindings(subject)];
}

function ssoOnly({ expected, astro }: PreflightSubject): readonly PreflightFinding[] {
  return (expected.ssoOnly ?? []).map(({ user, key }) => ({
    kind: "assigned-before-provisioning",
    user,
    hasAccount: key !== undefined && astro.held.users.get(key)?.active === true,
  }));
}

/** Assigned, and no account can be made, or somebody else gets it. */
function withoutAccount({ provided }: PreflightSubject): readonly PreflightFinding[] {
  const { directory, app } = provided;
  const rules = providerOf(app).accountRules(directory);
  const findings: PreflightFinding[] = [];
  const byKey = new Map<string, { readonly user: DirectoryUser; readonly userName: string }[]>();
  for (const user of directory.users.values()) {
    if (rules.standing(user).presence === "not-active") continue;
    const mapped = rules.account(user);
    if (isUnmappable(mapped)) {
      const kind = mapped.reason.startsWith(withoutUserName) ? "user-without-mail" : "user-not-mappable";
      findings.push({ kind, user: user.key, reason: mapped.reason });
      continue;
    }
    const key = foldCase(mapped.userName);
    const same = byKey.get(key);
    if (same === undefined) byKey.set(key, [{ user, userName: mapped.userName }]);
    else same.push({ user, userName: mapped.userName });
  }
  for (const same of byKey.values()) {
    if (same.length === 1) continue;
    const users = same.map(({ user }) => user.key);
    const addresses = [...new Set(same.map(({ userName }) => userName))];
    const [address = "", ...others] = addresses;
    findings.push(
      others.length === 0
        ? { kind: "users-share-address", address, users }
        : { kind: "users-differ-by-case", addresses, users },
    );
  }
  return findings;
}

/** How both providers' account rules begin the reason. */
const withoutUserName = "has no userName";

function domainFindings({ astro, expected }: PreflightSubject): readonly PreflightFinding[] {
  const { domains } = astro;
  if (domains.kind === "unknown") return [{ kind: "domains-unknown", reason: domains.reason }];
  const byDomain = new Map<string, string[]>();
  for (const user of [...expected.users.values()].filter(isProvisioned)) {
    const { userName } = user;
    const domain = domainOf(namesOfExpected(user));
    if (domain === undefined) continue;
    const people = byDomain.get(domain);
    if (people === undefined) byDomain.set(domain, [userName]);
    else people.push(userName);
  }
  return [...byDomain].flatMap(([domain, users]): readonly PreflightFinding[] => {
    const status = statusOf(domain, domains.value);
    return status === "verified" ? [] : [{ kind: "domain-not-verified", domain, status, users }];
  });
}

/** Those too who are provisioned later: suspended, or assigned before Provisioning was on. */
function isProvisioned({ presence }: ExpectedUser): boolean {
  return presence !== "not-active";
}

function statusOf(domain: string, managed: readonly ManagedDomain[]): "verified" | "pending" | "missing" {
  const same = managed.filter(({ name }) => comparableDomain(name) === domain);
  if (same.some(({ isVerified }) => isVerified)) return "verified";
  return same.length === 0 ? "missing" : "pending";
}
