/**
 * Which accounts and Teams of an Astro a directory is responsible for. An Astro may be fed by several directories; what is
 * outside is nobody's drift, and no repair touches it.
 */

import { comparableDomain, mailDomain } from "../ground/mail-domain.ts";
import { nameList } from "../ground/text/name-list.ts";
import { matchesPattern } from "../ground/text/name-pattern.ts";
import { documentedAttributes } from "./attributes.ts";
import type { ExpectedUser } from "./state.ts";

/** As a profile or a fixture writes it. */
export interface ResponsibleFor {
  /** Domains of accounts: `example.com`, or `*.example.com` for its subdomains alone. Without it, every account. */
  readonly domains?: readonly string[];
  /** Names of Teams, with `*` and `?`. Without it, every Team. */
  readonly teams?: readonly string[];
}

/** A statement with who made it, for messages: `profile "prod" of ./astro-scim.yaml`. */
export interface StatedResponsibility extends ResponsibleFor {
  readonly statedBy: string;
}

/** What decides about an account: the domain of its userName, or of its primary e-mail address if the userName is no address. */
export interface AccountNames {
  readonly userName: string;
  readonly primaryEmail?: string | undefined;
}

/** Which statement leaves an account or a Team outside. */
export interface Exclusion {
  readonly statement: StatedResponsibility;
  readonly key: keyof ResponsibleFor;
  /** What to add there to have it inside: a domain, or a Team's name; undefined for an account without a domain. */
  readonly missing: string | undefined;
}

/** All statements together: each of them has to include what is to be inside. */
export interface Responsibility {
  readonly statements: readonly StatedResponsibility[];
  /** Whether any statement says which accounts; without one, all accounts are inside. */
  readonly limitsAccounts: boolean;
  /** Why an account is outside; undefined where it is inside. */
  readonly excludesAccount: (account: AccountNames) => Exclusion | undefined;
  /** Why a Team of that name is outside; undefined where it is inside. */
  readonly excludesTeam: (name: string) => Exclusion | undefined;
}

/** Joins the statements of a profile, a fixture and a program. Another statement never makes more of it inside. */
export function responsibilityOf(statements: readonly StatedResponsibility[]): Responsibility {
  const byDomain = statements.flatMap((statement) => {
    const { domains } = statement;
    return domains === undefined ? [] : [{ statement, includes: domainMatcher(domains) }];
  });
  return {
    statements,
    limitsAccounts: byDomain.length > 0,
    excludesAccount: (account) => {
      if (byDomain.length === 0) return undefined;
      const domain = domainOf(account);
      const without = byDomain.find(({ includes }) => domain === undefined || !includes(domain));
      return without && { statement: without.statement, key: "domains", missing: domain };
    },
    excludesTeam: (name) => {
      const without = statements.find(
        ({ teams }) => teams !== undefined && !teams.some((pattern) => matchesPattern(pattern, name)),
      );
      return without && { statement: without, key: "teams", missing: name };
    },
  };
}

/** The domain that decides about an account; undefined for one that has none: it is outside wherever domains are stated. */
export function domainOf({ userName, primaryEmail }: AccountNames): string | undefined {
  return mailDomain(userName) ?? (primaryEmail === undefined ? undefined : mailDomain(primaryEmail));
}

/** What decides about a user of the directory: what the account is to be called. */
export function namesOfExpected({ userName, attributes }: ExpectedUser): AccountNames {
  const primary = attributes[documentedAttributes.email.path];
  if (primary !== undefined) return { userName, primaryEmail: primary };
  const addresses = Object.entries(attributes).flatMap(([path, value]) =>
    /^emails(\[.*\])?(\.value)?$/i.test(path) ? [value] : [],
  );
  const [address, ...others] = new Set(addresses);
  return { userName, primaryEmail: others.length === 0 ? address : undefined };
}

/** `is outside responsibleFor of fixture own.yaml (domains: example.com)`, and what would have it inside. */
export function exclusionInWords({ statement, key, missing }: Exclusion): {
  readonly reason: string;
  readonly remedy: string;
} {
  const reason = `is outside responsibleFor of ${statement.statedBy} (${key}: ${nameList(statement[key] ?? [])})`;
  const remedy =
    missing === undefined
      ? "it has no domain: its userName is not an e-mail address, and no e-mail address is its primary one"
      : `add ${missing} to ${key} there if this directory is responsible for it`;
  return { reason, remedy };
}

function domainMatcher(patterns: readonly string[]): (domain: string) => boolean {
  const exact = new Set<string>();
  const suffixes: string[] = [];
  for (const pattern of patterns) {
    if (pattern.startsWith("*.")) suffixes.push(`.${comparableDomain(pattern.slice(2))}`);
    else exact.add(comparableDomain(pattern));
  }
  return (domain) => exact.has(domain) || suffixes.some((suffix) => isBelow(domain, suffix));
}

function isBelow(domain: string, suffix: string): boolean {
  return domain.length > suffix.length && domain.endsWith(suffix);
}
