/** Causes that the provider names itself, in a finding about the user. */

import type { FindingKind, ProviderFinding } from "../../directory/provider-finding.ts";
import type { UserFacts } from "../facts/facts.ts";
import type { Cause, CauseId, Found } from "./cause.ts";
import { timeText } from "./log-search.ts";
import { symptomOf } from "./symptom.ts";

type FindingOf<Kind extends FindingKind> = Extract<ProviderFinding, { readonly kind: Kind }>;

export function findingOf<Kind extends FindingKind>(
  findings: readonly ProviderFinding[],
  kind: Kind,
): FindingOf<Kind> | undefined {
  return findings.find((one): one is FindingOf<Kind> => one.kind === kind);
}

interface Failed {
  readonly status?: string;
  readonly code?: string;
  readonly error?: string;
  readonly since?: string;
}

/** `ERROR since 2026-11-30 10:12:05 UTC: Matching user not found`. */
function failureText({ status, code, error, since }: Failed): string {
  const what = [status ?? "failed", since === undefined ? "" : `since ${timeText(since)}`];
  const why = [error ?? "", code === undefined ? "" : `(${code})`].filter((part) => part !== "").join(" ");
  return `${what.filter((part) => part !== "").join(" ")}${why === "" ? "" : `: ${why}`}`;
}

export const notProvisioned: Cause<UserFacts> = {
  id: "not-provisioned",
  find: (facts) => {
    const finding = findingOf(facts.findings, "user-not-provisioned");
    if (finding === undefined) return undefined;
    const { words, name } = facts;
    const why = finding.error === undefined ? `the assignment is ${finding.status}` : finding.error;
    return {
      ...saidBy(facts, "user-not-provisioned", failureText(finding), ["resync", name]),
      sentence: `${words.name} has not provisioned ${name}: ${why}`,
    };
  },
};

export const notInSync: Cause<UserFacts> = {
  id: "not-in-sync",
  find: (facts) => {
    const finding = findingOf(facts.findings, "user-not-in-sync");
    if (finding === undefined) return undefined;
    const { words, name } = facts;
    return {
      ...saidBy(facts, "user-not-in-sync", failureText(finding)),
      sentence: `${words.name} did not push the last change of ${name}${finding.error === undefined ? "" : `: ${finding.error}`}`,
    };
  },
};

export const escrow: Cause<UserFacts> = {
  id: "escrow",
  explains: ["waits-for-cycle"],
  find: (facts) => {
    const finding = findingOf(facts.findings, "user-in-escrow");
    if (finding === undefined) return undefined;
    const { words, name } = facts;
    return {
      ...saidBy(facts, "user-in-escrow", failureText(finding)),
      sentence: `the last export of ${name} failed, and ${words.name} tries again in a later cycle${finding.error === undefined ? "" : `: ${finding.error}`}`,
    };
  },
};

export const skipped: Cause<UserFacts> = {
  id: "skipped",
  explains: ["waits-for-cycle"],
  find: (facts) => {
    const finding = findingOf(facts.findings, "user-skipped");
    if (finding === undefined) return undefined;
    const { words, name } = facts;
    return {
      ...saidBy(facts, "user-skipped", failureText({ ...finding, status: "skipped", error: finding.reason })),
      sentence: `${words.name} skips ${name}: ${finding.reason}`,
    };
  },
};

export const nestedGroup: Cause<UserFacts> = {
  id: "nested-group",
  find: (facts) => {
    const finding = findingOf(facts.findings, "user-only-nested");
    if (finding === undefined) return undefined;
    const { words, name } = facts;
    const through = finding.through.map((group) => group.name).join(", ");
    return {
      ...saidBy(
        facts,
        "user-only-nested",
        `${name} is in ${through}, which is within the assigned group ${finding.group.name}`,
      ),
      sentence: `${name} is only in a group within the assigned group ${finding.group.name}, and ${words.name} provisions direct members alone`,
    };
  },
};

/** An invited guest often has no mail: the address stands in the user principal name and in otherMails (Microsoft: B2B user properties). */
export const guest: Cause<UserFacts> = {
  id: "guest",
  explains: ["no-mail", "waits-for-cycle"],
  find: (facts) => {
    const finding = findingOf(facts.findings, "user-is-guest");
    const empty = findingOf(facts.findings, "user-without-mail");
    if (finding === undefined || empty === undefined) return undefined;
    const { words, name } = facts;
    return {
      ...saidBy(
        facts,
        "user-without-mail",
        `${name} is a guest, and the attribute ${empty.attribute} is empty`,
      ),
      sentence: `${name} is a guest without a value for ${empty.attribute}, from which the userName is made, so ${words.name} skips the guest`,
    };
  },
};

export const noMail: Cause<UserFacts> = {
  id: "no-mail",
  explains: ["waits-for-cycle", "unmappable"],
  find: (facts) => {
    const finding = findingOf(facts.findings, "user-without-mail");
    if (finding === undefined) return undefined;
    const { words, name } = facts;
    return {
      ...saidBy(facts, "user-without-mail", `the attribute ${finding.attribute} of ${name} is empty`),
      sentence: `${name} has no value for ${finding.attribute}, from which the userName is made, so ${words.name} skips the user`,
    };
  },
};

/** Whether the provider says more of the user than that it is a guest. */
export const findingCauses: readonly Cause<UserFacts>[] = [
  notProvisioned,
  notInSync,
  escrow,
  skipped,
  nestedGroup,
  guest,
  noMail,
];

/** `repair`: the command of ours that does the same. */
function saidBy(
  { words }: UserFacts,
  kind: FindingKind,
  evidence: string,
  repair?: readonly string[],
): Omit<Found, "sentence"> {
  return {
    sure: "certain",
    because: `${words.name} says so itself`,
    evidence: [`${words.name}: ${evidence}`],
    repair: {
      how: words.findings[kind].how ?? "",
      ...(repair === undefined ? {} : { command: { words: repair, does: "repair" } }),
    },
  };
}

/** What follows from the user's standing in the directory. */
interface StandingCause {
  readonly id: CauseId;
  readonly fits: (facts: UserFacts) => boolean;
  readonly sentence: (facts: UserFacts) => string;
  readonly how: string;
}

const standings: readonly StandingCause[] = [
  {
    id: "scoping-filter",
    fits: ({ notProvisioned: reason = "" }) => /scoping filter/.test(reason),
    sentence: ({ name, words }) => `a scoping filter of ${words.name} leaves ${name} out`,
    how: "change the attribute that the filter asks for, or the filter (Provisioning > Edit attribute mappings > Source Object Scope)",
  },
  {
    id: "suspended",
    fits: ({ user }) => user?.status === "suspended",
    sentence: ({ name, words }) =>
      `${name} is suspended in ${words.name}, which sends nothing for it: the account in Astro stays as it was`,
    how: "deactivate or unassign the user, if the account should go; unsuspend the user otherwise",
  },
  {
    id: "staged",
    fits: ({ user }) => user?.status === "staged",
    sentence: ({ name, words }) =>
      `${name} is staged in ${words.name}: nothing is sent before the user is activated`,
    how: "activate the user in the directory",
  },
  {
    id: "assigned-before-provisioning",
    fits: ({ expected }) => expected?.ssoOnly === true,
    sentence: ({ name, words }) =>
      `${name} was assigned before Provisioning was switched on in ${words.name}, which sends nothing about such users`,
    how: "Assignments > Provision User in Okta, or unassign and assign the user",
  },
];

export const standingCauses: readonly Cause<UserFacts>[] = standings.map(({ id, fits, sentence, how }) => ({
  id,
  explains: ["waits-for-cycle"],
  find: (facts) => {
    const symptom = symptomOf(facts);
    if ((symptom !== "left-out" && symptom !== "left-as-found") || !fits(facts)) return undefined;
    const reason = facts.notProvisioned ?? facts.expected?.reason ?? "";
    return {
      sure: "certain",
      because: "the directory and the settings of the app say so",
      sentence: sentence(facts),
      evidence: [`the directory: ${reason}`],
      repair: { how },
    };
  },
}));
