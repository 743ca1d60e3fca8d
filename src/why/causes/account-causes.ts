/** Causes that lie between the directory and the account: removed, renamed, twice, without a link. */

import type { UserChange } from "../../drift/compare/change.ts";
import type { UserFacts } from "../facts/facts.ts";
import type { LogEntry } from "../logs/log-entry.ts";
import type { Cause, CauseId, Found } from "./cause.ts";
import { findingOf } from "./finding-causes.ts";
import { asEvidence, isAfter, last, logNameOf } from "./log-search.ts";
import { symptomOf } from "./symptom.ts";

type ChangeOf<Kind extends UserChange["kind"]> = Extract<UserChange, { readonly kind: Kind }>;

function changeOf<Kind extends UserChange["kind"]>(
  { changes }: UserFacts,
  kind: Kind,
): ChangeOf<Kind> | undefined {
  return changes.find((one): one is ChangeOf<Kind> => one.kind === kind);
}

const gone = ["account-deleted", "account-deactivated"] as const;
const made = ["account-created", "account-activated"] as const;

/** The write that took the account away, unless something brought it back since. */
function removal(facts: UserFacts, writer: LogEntry["writer"]): LogEntry | undefined {
  const symptom = symptomOf(facts);
  if (symptom !== "missing" && symptom !== "inactive" && symptom !== "link-broken") return undefined;
  const removed = facts.log.findLast(
    (entry) =>
      entry.log !== "provider" &&
      entry.writer === writer &&
      entry.outcome === "success" &&
      gone.some((action) => action === entry.action),
  );
  const back = last(facts.log, { actions: made, outcome: "success" });
  return removed !== undefined && isAfter(removed, back) ? removed : undefined;
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

export const renamed: Cause<UserFacts> = {
  id: "renamed",
  explains: ["not-in-sync", "escrow"],
  find: (facts) => {
    const change = changeOf(facts, "user-renamed");
    if (change === undefined) return undefined;
    const { words, log, findings } = facts;
    const { held, user, evidence } = change;
    const inAstro = last(log, {
      actions: ["account-renamed"],
      outcome: "success",
      log: "astro",
      writer: "other",
    });
    const inDirectory = last(log, { actions: ["profile-changed"], log: "provider" });
    const failed = findingOf(findings, "user-not-in-sync") ?? findingOf(findings, "user-in-escrow");
    return {
      sure: "certain",
      because:
        evidence === "linked"
          ? `${words.name} is linked to this very account`
          : "both sides have the same externalId",
      sentence: renamedSentence(facts, change, { inAstro, inDirectory, error: failed?.error }),
      evidence: [
        `the account ${held.scimId} is called ${held.userName} in Astro, and ${user.userName} by the directory`,
        ...entries(facts, [inAstro, inDirectory]),
        ...(failed?.error === undefined
          ? []
          : [`${words.name}: the push of the change failed: ${failed.error}`]),
      ],
      repair: {
        how:
          failed === undefined
            ? words.inConsole.user
            : (words.findings[failed.kind].how ?? words.inConsole.user),
        command: { words: ["resync", user.userName], does: "repair" },
      },
    };
  },
};

/** On which side the name was changed, where anything tells. */
function renamedSentence(
  { words, name }: UserFacts,
  { held, user }: ChangeOf<"user-renamed">,
  known: {
    readonly inAstro: LogEntry | undefined;
    readonly inDirectory: LogEntry | undefined;
    readonly error: string | undefined;
  },
): string {
  const { inAstro, inDirectory, error } = known;
  if (inAstro !== undefined) {
    return `the account of ${name} was renamed to ${held.userName} in Astro, by ${inAstro.by ?? "somebody"}`;
  }
  if (inDirectory === undefined && error === undefined) {
    return `one side was renamed and the other was not: the userName is ${user.userName} by the directory, and ${held.userName} in Astro`;
  }
  const why = error === undefined ? "" : `: ${error}`;
  return `the userName changed from ${held.userName} to ${user.userName} in ${words.name}, and the change did not reach Astro${why}`;
}

/** How a second account is known to be the same person's. */
const sameBy = {
  case: { sure: "certain", text: "the names differ in case alone" },
  "old-user-name": { sure: "certain", text: `it has the userName that ${"the provider"} sent before` },
  "plus-address": { sure: "likely", text: "the addresses differ in what follows the plus sign alone" },
} as const;

export const twoAccounts: Cause<UserFacts> = {
  id: "two-accounts",
  explains: ["not-provisioned", "escrow", "not-in-sync", "leaver-without-link"],
  find: (facts) => {
    const change = changeOf(facts, "user-duplicate");
    if (change === undefined) return undefined;
    const { held, user, evidence } = change;
    const { sure, text } = sameBy[evidence];
    return {
      sure,
      because: text,
      sentence: `there are two accounts of one person in Astro: ${user.userName}, which the directory means, and ${held.userName}`,
      evidence: [`Astro: ${held.userName} (${held.scimId}) is active beside ${user.userName}; ${text}`],
      repair: {
        how: "find out which account the person uses, give its roles to the one that the directory means, and remove the other",
        command: { words: ["delete", held.userName], does: "delete" },
      },
    };
  },
};

export const deactivationFailed: Cause<UserFacts> = {
  id: "deactivation-failed",
  explains: ["leaver-without-link", "toggle-off"],
  find: (facts) => {
    if (symptomOf(facts) !== "left-over") return undefined;
    const { words, name, log, accounts } = facts;
    const attempt = last(log, { actions: ["account-deactivated"], log: "provider" });
    if (attempt?.outcome !== "failure") return undefined;
    return {
      sure: "certain",
      because: `${words.name}'s log has the failure, and no later attempt`,
      sentence: `${words.name} tried to deactivate the account of ${name}, and failed${attempt.reason === undefined ? "" : `: ${attempt.reason}`}`,
      evidence: [asEvidence(attempt, logNameOf(attempt, words.name))],
      repair: removeAccount(accounts[0]?.userName ?? name),
    };
  },
};

const sentToAccount = [
  "account-created",
  "account-activated",
  "account-changed",
  "account-deactivated",
] as const;

export const leaverWithoutLink: Cause<UserFacts> = {
  id: "leaver-without-link",
  find: (facts) => {
    if (symptomOf(facts) !== "left-over") return undefined;
    const { words, name, accounts, link, log, providerLogSince } = facts;
    const never = changeOf(facts, "user-never-linked");
    const isUnlinked = link.kind === "not-linked" || never !== undefined;
    const wasSent = last(log, { actions: sentToAccount, log: "provider" });
    if (!isUnlinked || wasSent?.outcome === "success") return undefined;
    const createdAt = accounts[0]?.iam?.createdAt;
    // Whatever was sent to an account that is younger than the log would be in it.
    const isLogWhole =
      createdAt !== undefined && providerLogSince !== undefined && createdAt > providerLogSince;
    const sure = isLogWhole || never !== undefined ? "certain" : "likely";
    return {
      sure,
      because: isLogWhole
        ? `${words.name} has no link to the account, and its log, which is older than the account, has nothing that was sent to it`
        : never === undefined
          ? `${words.name} has no link now; an older one would not show in what was read`
          : "Astro shows that no provider ever linked the account",
      sentence: `${words.name} has no link to the account of ${name}, so it never sends the deactivation`,
      evidence: [
        `${words.name}: no link to the account ${accounts[0]?.scimId ?? ""}`.trimEnd(),
        ...entries(facts, [last(log, { actions: ["account-created"], outcome: "success", log: "astro" })]),
      ],
      repair: removeAccount(accounts[0]?.userName ?? name),
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

function entries({ words }: UserFacts, some: readonly (LogEntry | undefined)[]): readonly string[] {
  return some.flatMap((entry) =>
    entry === undefined ? [] : [asEvidence(entry, logNameOf(entry, words.name))],
  );
}

function assignAgain({ words, name }: UserFacts): Found["repair"] {
  return { how: words.inConsole.user, command: { words: ["resync", name], does: "repair" } };
}

function removeAccount(userName: string): Found["repair"] {
  return {
    how: "remove the account in Astro: Access Management > Users > Remove member",
    command: { words: ["delete", userName], does: "delete" },
  };
}
