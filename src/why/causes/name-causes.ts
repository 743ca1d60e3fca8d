/** Causes in the name of an account: renamed on one side, or there twice. */

import type { HeldUser } from "../../astro/held.ts";
import { foldCase } from "../../ground/text/fold-case.ts";
import type { UserFacts } from "../facts/facts.ts";
import type { LogEntry } from "../logs/log-entry.ts";
import type { Cause } from "./cause.ts";
import { changeOf, evidenceOf, type ChangeOf } from "./change-of.ts";
import { findingOf } from "./finding-causes.ts";
import { last } from "./log-search.ts";

export const renamed: Cause<UserFacts> = {
  id: "renamed",
  explains: ["not-in-sync", "escrow"],
  find: (facts) => {
    const change = changeOf(facts, "user-renamed");
    if (change === undefined) return undefined;
    const { words, log, findings } = facts;
    const { held, user, evidence } = change;
    const inAstro = renamingInAstro(log, held);
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
        ...evidenceOf(facts, [inAstro, inDirectory]),
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

/** The write in Astro that gave the account the name that it has: of an older one, the name would be another. */
function renamingInAstro(
  log: readonly LogEntry[],
  { userName }: Pick<HeldUser, "userName">,
): LogEntry | undefined {
  const newest = last(log, { actions: ["account-renamed"], outcome: "success", log: "astro" });
  if (newest?.writer !== "other") return undefined;
  return foldCase(newest.userName ?? userName) === foldCase(userName) ? newest : undefined;
}

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
  "old-user-name": { sure: "certain", text: "it has the userName that the provider sent before" },
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
