/** One finding of each kind, about a user or a group of the caller's choice: a kind that is missing here does not compile. */

import type { FindingKind, ProviderFinding } from "../../src/directory/provider-finding.ts";
import type { ProviderSide } from "../../src/drift/provider/provider-side.ts";
import { key } from "./states.ts";

interface About {
  readonly user: { readonly objectId: string; readonly name: string };
  readonly group: { readonly objectId: string; readonly name: string };
}

type FindingsByKind = { readonly [Kind in FindingKind]: Extract<ProviderFinding, { readonly kind: Kind }> };

/** Every detail is there. */
export function findingOfEachKind({ user, group }: About): FindingsByKind {
  const since = "2026-11-28T10:12:00Z";
  return {
    "job-in-quarantine": {
      kind: "job-in-quarantine",
      reason: "EncounteredQuarantineException",
      error: "The credentials are invalid.",
      since,
      nextAttempt: "2026-12-02T08:00:00Z",
    },
    "job-not-running": { kind: "job-not-running", state: "Paused", since },
    "toggle-off": {
      kind: "toggle-off",
      toggle: "Deactivate Users",
      effect: "Accounts stay active when their users leave.",
      since,
      by: "Olga Owner",
    },
    "user-not-provisioned": {
      kind: "user-not-provisioned",
      user,
      status: "ERROR",
      error: "Matching user not found.",
      since,
    },
    "user-not-in-sync": { kind: "user-not-in-sync", user, status: "ERROR", error: "Bad Request", since },
    "user-in-escrow": { kind: "user-in-escrow", user, code: "EntryConflict", error: "Conflict", since },
    "user-skipped": { kind: "user-skipped", user, reason: "NotEffectivelyEntitled", since },
    "user-without-mail": { kind: "user-without-mail", user, attribute: "mail" },
    "group-in-escrow": { kind: "group-in-escrow", group, code: "Timeout", error: "No answer", since },
    "push-mapping-failed": { kind: "push-mapping-failed", group, error: "Not found", lastPush: since },
    "push-mapping-inactive": { kind: "push-mapping-inactive", group, lastPush: since },
    "members-cut-off": { kind: "members-cut-off", group, held: 100, missing: 12 },
    "user-only-nested": {
      kind: "user-only-nested",
      user,
      group,
      through: [{ objectId: "group-inner", name: "inner" }],
    },
    "user-is-guest": { kind: "user-is-guest", user },
    "group-assigned-not-pushed": { kind: "group-assigned-not-pushed", group },
    "group-pushed-not-assigned": { kind: "group-pushed-not-assigned", group, members: [user] },
  };
}

/** `ada` is the user `ada@example.com` with the id `user-ada`. */
export function foundUser(name: string): About["user"] {
  return { objectId: `user-${name}`, name: key(name) };
}

export function foundGroup(name: string): About["group"] {
  return { objectId: `group-${name}`, name };
}

/** A live Okta that gives these findings and knows these users and groups. */
export function providerSide(
  findings: readonly ProviderFinding[],
  { users = [], teams = [] }: { readonly users?: readonly string[]; readonly teams?: readonly string[] } = {},
): ProviderSide {
  return {
    isLive: true,
    provider: "Okta",
    findings,
    notEvaluated: [],
    assumed: [],
    userKeys: new Map(users.map((name) => [`user-${name}`, key(name)])),
    userNames: new Map(users.map((name) => [`user-${name}`, key(name)])),
    teamKeys: new Map(teams.map((name) => [`group-${name}`, name.toLowerCase()])),
  };
}
