/** A switch of the provider that is off, so that what is needed is never sent. */

import type { ProviderFinding } from "../../directory/provider-finding.ts";
import type { LoggedAction } from "../../directory/provider-history.ts";
import type { UserFacts } from "../facts/facts.ts";
import type { Cause, Found } from "./cause.ts";
import { last, timeText } from "./log-search.ts";
import { neededWrite, symptomOf } from "./symptom.ts";

type ToggleOff = Extract<ProviderFinding, { readonly kind: "toggle-off" }>;
type Needed = NonNullable<ReturnType<typeof neededWrite>>;

/** By the labels of the consoles (Okta: Provisioning > To App; Entra ID: Target Object Actions). */
const labels: Readonly<Record<Needed, RegExp>> = {
  create: /^Create Users$|Users > Enabled$|Users > .*> Create$/,
  update: /^Update User Attributes$|Users > Enabled$|Users > .*> Update$/,
  // Entra disables an account with an update.
  deactivate: /^Deactivate Users$|Users > Enabled$|Users > .*> Update$/,
};

const attempts: Readonly<Record<Needed, readonly LoggedAction[]>> = {
  create: ["account-created", "account-activated"],
  update: ["account-changed", "account-renamed"],
  deactivate: ["account-deactivated"],
};

export const toggleOff: Cause<UserFacts> = {
  id: "toggle-off",
  // What Okta says of a user whom it may not create.
  explains: ["not-provisioned", "waits-for-cycle", "leaver-without-link"],
  find: (facts) => {
    const needed = neededWrite(symptomOf(facts));
    if (needed === undefined) return undefined;
    const off = facts.appFindings.find(
      (one): one is ToggleOff => one.kind === "toggle-off" && labels[needed].test(one.toggle),
    );
    if (off === undefined) return undefined;
    const attempt = last(facts.log, { actions: attempts[needed], log: "provider", writer: "provider" });
    // It was tried since, so the switch was on.
    if (attempt?.outcome === "failure" && !isForbidden(attempt.reason)) return undefined;
    if (needed === "deactivate" && !wasProvisioned(facts)) return undefined;
    return found(facts, off, needed);
  },
};

/** Okta's own words for a user whom it may not create (Okta knowledge base: Matching user not found). */
function isForbidden(reason: string | undefined): boolean {
  return /matching user not found/i.test(reason ?? "");
}

/** Of an account without a link no deactivation would be sent with the switch on, either. */
function wasProvisioned({ link, log, logsRead }: UserFacts): boolean {
  if (link.kind === "linked" || link.kind === "unknown") return true;
  const actions = ["account-created", "account-activated", "account-changed"] as const;
  return (
    !logsRead.has("provider") || last(log, { actions, outcome: "success", log: "provider" }) !== undefined
  );
}

/** What an administrator did that should have been sent. */
const triggers: Readonly<Record<Needed, readonly LoggedAction[]>> = {
  create: ["assigned", "group-joined"],
  update: ["profile-changed"],
  deactivate: ["unassigned", "group-left", "status-changed"],
};

function found(
  { words, logsRead, accounts, name, log }: UserFacts,
  { toggle, effect, since, by }: ToggleOff,
  needed: Needed,
): Found {
  const who = by === undefined ? "" : ` by ${by}`;
  const when = since === undefined ? "" : ` since ${timeText(since)}`;
  return {
    ...surenessOf({ log, logsRead }, { since, needed }),
    sentence: `"${toggle}" is switched off in ${words.name}: ${lowerFirst(effect.replace(/\.$/, ""))}`,
    evidence: [`${words.name}: "${toggle}" is off${when}${who}`],
    repair: {
      how: words.findings["toggle-off"].how ?? "",
      // Nothing is sent later about somebody who has left.
      ...(needed === "deactivate"
        ? { command: { words: ["delete", accounts[0]?.userName ?? name], does: "delete" as const } }
        : {}),
    },
  };
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function surenessOf(
  { log, logsRead }: Pick<UserFacts, "log" | "logsRead">,
  { since, needed }: { readonly since: string | undefined; readonly needed: Needed },
): Pick<Found, "sure" | "because"> {
  if (!logsRead.has("provider")) {
    return { sure: "likely", because: "the setting is off; whether it was tried before is not known" };
  }
  const trigger = last(log, { actions: triggers[needed], log: "provider" });
  const isOlder = trigger !== undefined && since !== undefined && Date.parse(trigger.at) < Date.parse(since);
  return isOlder
    ? {
        sure: "likely",
        because: "the setting is off now, and was switched off after the change that was not sent",
      }
    : { sure: "certain", because: "the setting is off, and the log shows no attempt" };
}
