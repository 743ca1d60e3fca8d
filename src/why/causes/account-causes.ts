/** Causes that lie between the directory and the account: removed, gone, invited, not worked on yet. */

import type { UserFacts } from "../facts/facts.ts";
import type { LogEntry } from "../logs/log-entry.ts";
import type { Cause, CauseId, Found } from "./cause.ts";
import { changeOf } from "./change-of.ts";
import { deactivationFailed, leaverWithoutLink } from "./leaver-causes.ts";
import { renamed, twoAccounts } from "./name-causes.ts";
import { asEvidence, isAfter, last, logNameOf } from "./log-search.ts";
import { symptomOf } from "./symptom.ts";

const gone = ["account-deleted", "account-deactivated"] as const;
const made = ["account-created", "account-activated"] as const;

/** The write that took the account away, unless something brought it back, or took it away again, since. */
function removal(facts: UserFacts, writer: LogEntry["writer"]): LogEntry | undefined {
  const symptom = symptomOf(facts);
  if (symptom !== "missing" && symptom !== "inactive" && symptom !== "link-broken") return undefined;
  const removed = facts.log.findLast(
    (entry) =>
      entry.log !== "provider" &&
      entry.outcome === "success" &&
      isOfOwnAccount(entry, facts) &&
      gone.some((action) => action === entry.action),
  );
  const back = last(facts.log, { actions: made, outcome: "success" });
  return removed?.writer === writer && isAfter(removed, back) ? removed : undefined;
}

/** Not of an earlier or second account: of the one that is there, where there is one. */
function isOfOwnAccount({ objects: [object] }: LogEntry, { accounts: [account] }: UserFacts): boolean {
  return object?.id === undefined || account === undefined || object.id === account.scimId;
}

/** What an account that is gone makes of everything that the provider sends to it. */
const afterRemoval: readonly CauseId[] = ["account-gone", "not-in-sync", "escrow", "waits-for-cycle"];

export const removedInAstro: Cause<UserFacts> = {
  id: "removed-in-astro",
  explains: afterRemoval,
  find: (facts) => {
    const entry = removal(facts, "other");
    if (entry === undefined) return undefined;
    const did = entry.action === "account-deleted" ? "removed" : "deactivated";
    return {
      sure: "certain",
      because: "Astro's audit log has the write, and nothing has brought the account back since",
      sentence: `the account of ${facts.name} was ${did} in Astro, past ${facts.words.name}, by ${entry.by ?? "somebody"}`,
      evidence: [asEvidence(entry, logNameOf(entry, facts.words.name))],
      repair: assignAgain(facts),
    };
  },
};

export const removedByAstroScim: Cause<UserFacts> = {
  id: "removed-by-astro-scim",
  explains: ["removed-in-astro", ...afterRemoval],
  find: (facts) => {
    const entry = removal(facts, "astro-scim");
    if (entry === undefined) return undefined;
    return {
      sure: "certain",
      because: "the write is recorded",
      sentence: `a repair with astro-scim removed the account of ${facts.name}`,
      evidence: [asEvidence(entry, logNameOf(entry, facts.words.name))],
      repair: assignAgain(facts),
    };
  },
};

export const accountGone: Cause<UserFacts> = {
  id: "account-gone",
  explains: ["not-in-sync", "escrow", "waits-for-cycle"],
  find: (facts) => {
    const broken = changeOf(facts, "user-link-broken");
    const isGone = broken?.problem.kind === "gone";
    const created = last(facts.log, { actions: made, outcome: "success", log: "provider" });
    const isMissing = symptomOf(facts) === "missing" && created !== undefined;
    if (!isGone && !isMissing) return undefined;
    const { words, name, logsRead } = facts;
    const unread = logsRead.has("astro")
      ? "the audit log does not show who did it"
      : "Astro's audit log could not be read";
    return {
      sure: "likely",
      because: `${words.name} created or linked the account, and Astro does not have it any more; ${unread}`,
      sentence: `the account of ${name} was in Astro and was removed there, past ${words.name}`,
      evidence: [
        ...(broken !== undefined && isGone
          ? [`${words.name} is linked to the account ${broken.problem.scimId}, which Astro does not have`]
          : []),
        ...(created === undefined ? [] : [asEvidence(created, logNameOf(created, words.name))]),
      ],
      repair: assignAgain(facts),
    };
  },
};

export const invitePending: Cause<UserFacts> = {
  id: "invite-pending",
  explains: ["not-provisioned", "escrow", "not-in-sync", "waits-for-cycle"],
  find: (facts) =>
    changeOf(facts, "user-invite-pending") === undefined
      ? undefined
      : {
          sure: "certain",
          because: "Astro says so itself",
          sentence: `${facts.name} was invited in Astro and has not accepted the invitation`,
          evidence: ["Astro: the status of the user is PENDING"],
          repair: {
            how: "the user accepts the invitation, or you delete it in Astro (Access Management > Users) and assign the user again",
          },
        },
};

export const banned: Cause<UserFacts> = {
  id: "banned",
  find: (facts) =>
    changeOf(facts, "user-banned") === undefined
      ? undefined
      : {
          sure: "certain",
          because: "Astro says so itself",
          sentence: `Astronomer has banned the account of ${facts.name}`,
          evidence: ["Astro: the status of the user is BANNED"],
          repair: {
            how: "ask Astronomer's support: neither the identity provider nor astro-scim can end it",
          },
        },
};

/** Nothing has happened yet: a provider that works in cycles. */
export const waitsForCycle: Cause<UserFacts> = {
  id: "waits-for-cycle",
  find: (facts) => {
    const { isLive, logsRead, log, words, name, flag, findings } = facts;
    // A flag is stated of the provider alone that works in cycles.
    if (flag === undefined || !isLive || !logsRead.has("provider") || findings.length > 0) return undefined;
    if (symptomOf(facts) !== "missing") return undefined;
    if (log.some((entry) => entry.log === "provider")) return undefined;
    return {
      sure: "likely",
      because: "the log has nothing about the user; it is kept for 7 to 30 days",
      sentence: `${words.name} has not worked on ${name} yet: a cycle comes about every 40 minutes`,
      evidence: [`${words.name}'s log: nothing about ${name}`],
      repair: { how: "wait for the next cycle, or Provision on demand in Entra ID" },
    };
  },
};

export const accountCauses: readonly Cause<UserFacts>[] = [
  removedByAstroScim,
  removedInAstro,
  accountGone,
  renamed,
  twoAccounts,
  invitePending,
  banned,
  deactivationFailed,
  leaverWithoutLink,
  waitsForCycle,
];

function assignAgain({ words, name }: UserFacts): Found["repair"] {
  return { how: words.inConsole.user, command: { words: ["resync", name], does: "repair" } };
}
