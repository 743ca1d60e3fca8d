/** Causes that concern the whole app: nothing is sent, or nothing arrives. */

import type { ProviderFinding } from "../../directory/provider-finding.ts";
import type { AppFacts } from "../facts/facts.ts";
import type { LogEntry } from "../logs/log-entry.ts";
import type { Cause, CauseId, Found } from "./cause.ts";
import { asEvidence, isAfter, logNameOf, timeText } from "./log-search.ts";

/** Facts with a log, of whatever subject. */
export type LoggedFacts = AppFacts & { readonly log: readonly LogEntry[] };

/** Astro refused the credentials (RFC 6750 §3.1; Microsoft: Provisioning logs, CredentialValidation). */
const refusedCredentials =
  /(?:^|status |code |http |answered |\()401\b|unauthori[sz]ed|invalid.?token|token.*expired|CredentialValidation|InvalidCredentials/i;

/** What a refused token makes of everything that is sent. */
const afterRefusal: readonly CauseId[] = [
  "quarantine",
  "not-running",
  "not-provisioned",
  "not-in-sync",
  "escrow",
  "deactivation-failed",
  "mapping-error",
  "waits-for-cycle",
];

function isRefusal(...texts: readonly (string | undefined)[]): boolean {
  return texts.some((text) => text !== undefined && refusedCredentials.test(text));
}

/** The last that the provider's log has, where it is such a refusal and Astro has taken no write since. */
function refusedLast({ log, lastAccepted }: LoggedFacts): LogEntry | undefined {
  const newest = log.findLast(({ log: name, writer }) => name === "provider" && writer === "provider");
  if (newest?.outcome !== "failure" || !isRefusal(newest.reason, newest.code)) return undefined;
  return lastAccepted !== undefined && lastAccepted > newest.at ? undefined : newest;
}

export const tokenExpired: Cause<LoggedFacts> = {
  id: "token-expired",
  explains: afterRefusal,
  find: (facts) => {
    const { words } = facts;
    const stopped = quarantineOf(facts);
    const isStopped = isRefusal(stopped?.reason, stopped?.error);
    const failed = refusedLast(facts);
    if (!isStopped && failed === undefined) return undefined;
    return {
      ...surenessOfRefusal(facts, isStopped),
      sentence: `Astro refuses the API token that ${words.name} has: it expired, was deleted, or has lost its role`,
      evidence: [
        ...(isStopped && stopped !== undefined ? [quarantineText(words.name, stopped)] : []),
        ...(failed === undefined ? [] : [asEvidence(failed, logNameOf(failed, words.name))]),
      ],
      repair: {
        how: `${isStopped ? "" : `if the token was replaced since, retry the failed task in ${words.name}; otherwise `}create an API token with the Organization Owner role in Astro (Organization Settings > Access Management > API Tokens), save it in ${words.name}'s provisioning settings, and test the connection`,
      },
    };
  },
};

/** A quarantine is how it stands now. A failure in a log is history: the token may have been replaced, and nothing sent since. */
function surenessOfRefusal(
  { words, logsRead }: LoggedFacts,
  isStopped: boolean,
): Pick<Found, "sure" | "because"> {
  if (isStopped) {
    return { sure: "certain", because: `${words.name} itself says that Astro refuses its credentials` };
  }
  const since = logsRead.has("astro")
    ? "nothing was accepted since; whether the token was replaced since is in no log"
    : "whether Astro has accepted the token since is not known";
  return {
    sure: "likely",
    because: `${words.name} itself says that Astro refused its credentials, and ${since}`,
  };
}

export const quarantine: Cause<LoggedFacts> = {
  id: "quarantine",
  explains: ["waits-for-cycle"],
  find: (facts) => {
    const found = quarantineOf(facts);
    if (found === undefined) return undefined;
    const { words } = facts;
    return {
      sure: "certain",
      because: `${words.name} says so itself`,
      sentence: `provisioning is in quarantine (${found.reason}): ${words.name} sends once a day at most`,
      evidence: [quarantineText(words.name, found)],
      repair: { how: words.findings["job-in-quarantine"].how ?? "" },
    };
  },
};

export const notRunning: Cause<LoggedFacts> = {
  id: "not-running",
  explains: ["waits-for-cycle"],
  find: ({ appFindings, words }) => {
    const found = appFindings.find((one) => one.kind === "job-not-running");
    if (found === undefined) return undefined;
    const since = found.since === undefined ? "" : ` since ${timeText(found.since)}`;
    return {
      sure: "certain",
      because: `${words.name} says so itself`,
      sentence: `provisioning does not run (${found.state}): ${words.name} sends nothing`,
      evidence: [`${words.name}: the provisioning job is ${found.state}${since}`],
      repair: { how: words.findings["job-not-running"].how ?? "" },
    };
  },
};

/** A write in Entra's older form that Astro refused. */
export const wrongFlag: Cause<LoggedFacts> = {
  id: "wrong-flag",
  explains: ["escrow", "not-in-sync", "deactivation-failed", "waits-for-cycle"],
  find: ({ log, words, isAlwaysLegacy }) => {
    // Provision on demand sends the older form with the flag, too.
    if (!isAlwaysLegacy) return undefined;
    const legacy = log.filter(({ isLegacyForm, writer }) => isLegacyForm === true && writer === "provider");
    const refused = legacy.findLast(({ outcome }) => outcome === "failure");
    const later = legacy.findLast(
      ({ action, outcome }) => action === refused?.action && outcome === "success",
    );
    // Other statuses have other reasons: a conflict, an object that is gone.
    if (refused?.code !== "400" || isAfter(later, refused)) return undefined;
    const failed = log.findLast((entry) => entry.log === "provider" && entry.outcome === "failure");
    const isNamed = /boolean|\b(?:True|False)\b|\bop\b/.test(failed?.reason ?? "");
    return {
      sure: isNamed ? "certain" : "likely",
      because: isNamed
        ? `the audit log has every request in the older form and the refusal, and ${words.name}'s log the reason`
        : "the audit log has every request in the older form and the refusal; its reason is in no log",
      sentence: `${words.name} sends its older form of requests, because ?aadOptscim062020 is missing in the Tenant URL or misspelt, and Astro refuses it`,
      evidence: [refused, failed].flatMap((entry) =>
        entry === undefined ? [] : [asEvidence(entry, logNameOf(entry, words.name))],
      ),
      repair: {
        how: "append ?aadOptscim062020 to the Tenant URL (Provisioning > Admin Credentials in Entra ID), save, and restart provisioning",
      },
    };
  },
};

type Quarantine = Extract<ProviderFinding, { readonly kind: "job-in-quarantine" }>;

function quarantineOf({ appFindings }: AppFacts): Quarantine | undefined {
  return appFindings.find((one) => one.kind === "job-in-quarantine");
}

function quarantineText(name: string, { reason, error, since }: Quarantine): string {
  const when = since === undefined ? "" : ` since ${timeText(since)}`;
  return `${name}: in quarantine${when}, ${reason}${error === undefined ? "" : `: ${error}`}`;
}
