/** Causes for an account that should have gone. */

import type { UserFacts } from "../facts/facts.ts";
import type { Cause, Found } from "./cause.ts";
import { changeOf, evidenceOf } from "./change-of.ts";
import { asEvidence, isAfter, last, logNameOf } from "./log-search.ts";
import { symptomOf } from "./symptom.ts";

export const deactivationFailed: Cause<UserFacts> = {
  id: "deactivation-failed",
  explains: ["leaver-without-link", "toggle-off"],
  find: (facts) => {
    if (symptomOf(facts) !== "left-over") return undefined;
    const { words, name, log, accounts } = facts;
    const attempt = last(log, { actions: ["account-deactivated"], log: "provider" });
    if (attempt?.outcome !== "failure") return undefined;
    const again = last(log, { actions: ["account-created", "account-activated"], outcome: "success" });
    // Who came back since has left once more, and that was not sent.
    if (again !== undefined && isAfter(again, attempt)) return undefined;
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
    const { words, name, accounts, link, log } = facts;
    const isNeverLinked = changeOf(facts, "user-never-linked") !== undefined;
    const wasSent = last(log, { actions: sentToAccount, log: "provider" });
    if ((link.kind !== "not-linked" && !isNeverLinked) || wasSent?.outcome === "success") return undefined;
    const isLogWhole = isYoungerThanLog(facts);
    const userName = accounts[0]?.userName ?? name;
    return {
      sure: isLogWhole || isNeverLinked ? "certain" : "likely",
      because: whyUnlinked(words.name, { isLogWhole, isNeverLinked }),
      sentence: `${words.name} has no link to the account of ${name}, so it never sends the deactivation`,
      evidence: [
        `${words.name}: no link to the account of ${userName}`,
        ...evidenceOf(facts, [last(log, { actions: ["account-created"], outcome: "success", log: "astro" })]),
      ],
      repair: removeAccount(userName),
    };
  },
};

/** Whatever was sent to an account that is younger than the log would be in it. */
function isYoungerThanLog({ accounts, providerLogSince }: UserFacts): boolean {
  const createdAt = accounts[0]?.iam?.createdAt;
  return createdAt !== undefined && providerLogSince !== undefined && createdAt > providerLogSince;
}

function whyUnlinked(
  provider: string,
  { isLogWhole, isNeverLinked }: { readonly isLogWhole: boolean; readonly isNeverLinked: boolean },
): string {
  if (isLogWhole) {
    return `${provider} has no link to the account, and its log, which is older than the account, has nothing that was sent to it`;
  }
  return isNeverLinked
    ? "Astro shows that no provider ever linked the account"
    : `${provider} has no link now; an older one would not show in what was read`;
}

function removeAccount(userName: string): Found["repair"] {
  return {
    how: "remove the account in Astro: Access Management > Users > Remove member",
    command: { words: ["delete", userName], does: "delete" },
  };
}
