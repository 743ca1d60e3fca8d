/** Preflights with a finding of each kind, in which a name of the caller's choice stands wherever a name can stand. */

import { providers } from "../../src/idp/providers.ts";
import type { PreflightFinding, PreflightKind } from "../../src/preflight/finding.ts";
import type { PreflightVerdict } from "../../src/preflight/preflight.ts";
import type { PreflightReport } from "../../src/report/preflight/report.ts";
import { findingOfEachKind } from "./provider-findings.ts";

const verdicts: readonly PreflightVerdict[] = ["go", "not-yet", "cannot-tell"];

export function preflights(name: string): readonly PreflightReport[] {
  return verdicts.map((verdict, index) => ({
    preflight: {
      idp: "entra",
      verdict,
      findings: Object.values(preflightFindingOfEachKind(name)).flat(),
      accepted: index === 0 ? ["team-loses-members"] : [],
      outcome: {
        accounts: { created: [name], linked: [name], changed: [name] },
        teams: { created: [name], linked: [name] },
        memberships: { added: 1, removed: 1 },
      },
      forecast: {
        requests: 3,
        byMethod: { GET: 2, POST: 1 },
        duration:
          index === 0
            ? { kind: "pace-of-astro", atLeastSeconds: 1, secondsPer429: 300 }
            : { kind: "estimate-of-entra", atLeastSeconds: 1, atMostSeconds: 8, objects: 3 },
      },
    },
    words: providers.entra.words,
    source: name,
    label: name,
    target: name,
    at: new Date("2026-09-01T08:00:00Z"),
    next: { kind: "rehearse", command: "astro-scim simulate entra" },
  }));
}

/** Of each kind at least one. */
export function preflightFindingOfEachKind(
  name: string,
): Readonly<Record<PreflightKind, readonly PreflightFinding[]>> {
  const team = { name, id: name };
  const [user, group, reason, address, members] = [name, name, name, name, [name]];
  const roles = [{ role: name, scope: "workspace", of: name } as const];
  return {
    "team-linked": [
      { kind: "team-linked", team, group, renamedTo: name, membersKept: 1, gains: members, loses: members },
    ],
    "team-loses-members": [{ kind: "team-loses-members", team, members, roles }],
    "team-members-outside-group": [{ kind: "team-members-outside-group", team, members, roles: undefined }],
    "team-gives-roles": [{ kind: "team-gives-roles", team, members, roles }],
    "team-not-linked": [{ kind: "team-not-linked", team, group, reason }],
    "groups-share-name": [{ kind: "groups-share-name", name, groups: [group, group] }],
    "team-without-group": [{ kind: "team-without-group", team, members: 1 }],
    "terraform-team": [{ kind: "terraform-team", team, address, isLinked: true }],
    "terraform-members": [{ kind: "terraform-members", team, address, members }],
    "terraform-other-organization": [{ kind: "terraform-other-organization", addresses: [address] }],
    "terraform-not-here": [
      { kind: "terraform-not-here", addresses: [address] },
      { kind: "terraform-not-here", addresses: [] },
    ],
    "mapping-left-out": [{ kind: "mapping-left-out", attribute: name, expression: name, reason }],
    "terraform-team-roles": [{ kind: "terraform-team-roles", team, address }],
    "terraform-user-roles": [{ kind: "terraform-user-roles", user, address, status: name }],
    "invitation-pending": [{ kind: "invitation-pending", user }],
    "account-banned": [{ kind: "account-banned", user }],
    "account-not-assigned": [{ kind: "account-not-assigned", user, reason, status: "PENDING" }],
    "owner-not-assigned": [{ kind: "owner-not-assigned", user, reason }],
    "account-linked": [
      { kind: "account-linked", user, changes: [{ attribute: name, from: name, to: undefined }] },
    ],
    "account-link-unknown": [{ kind: "account-link-unknown", user, userName: name }],
    "assigned-before-provisioning": [{ kind: "assigned-before-provisioning", user, hasAccount: true }],
    "domain-not-verified": [{ kind: "domain-not-verified", domain: name, status: "pending", users: members }],
    "user-without-mail": [{ kind: "user-without-mail", user, reason }],
    "users-share-address": [{ kind: "users-share-address", address, users: [user, user] }],
    "users-differ-by-case": [
      { kind: "users-differ-by-case", addresses: [address, address], users: [user, user] },
    ],
    "user-not-mappable": [{ kind: "user-not-mappable", user, reason }],
    "first-run-fails": [{ kind: "first-run-fails", subject: name, reason }],
    "nobody-provisioned": [{ kind: "nobody-provisioned", users: 2 }],
    "already-provisioned": [{ kind: "already-provisioned", accounts: 1 }],
    "scim-already-enabled": [{ kind: "scim-already-enabled" }],
    "provider-finding": Object.values(
      findingOfEachKind({ user: { objectId: name, name }, group: { objectId: name, name } }),
    ).map((finding) => ({ kind: "provider-finding", finding })),
    "setting-assumed": [{ kind: "setting-assumed", setting: name, value: name, reason }],
    "deletion-guard-off": [{ kind: "deletion-guard-off", accounts: 2 }],
    "deletion-guard-too-high": [{ kind: "deletion-guard-too-high", threshold: 500, accounts: 1 }],
    "just-in-time-on": [{ kind: "just-in-time-on" }],
    "just-in-time-unknown": [{ kind: "just-in-time-unknown" }],
    "roles-unknown": [{ kind: "roles-unknown", reason }],
    "domains-unknown": [{ kind: "domains-unknown", reason }],
    "mapping-not-evaluated": [{ kind: "mapping-not-evaluated", attribute: name, expression: name, reason }],
  };
}
