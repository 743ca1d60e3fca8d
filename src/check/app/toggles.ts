/** What is switched off in the app, or does not run: with who did it and when, as far as the provider says. */

import { timeText } from "../../ground/text/time-text.ts";
import { check, fail, notApplicable, pass, warning, type Verdict } from "../check.ts";
import { findingsOf, providerOf, type Finding } from "./app-read.ts";

export const appToggles = check({
  id: "app-toggles",
  group: "app",
  title: "Provisioning settings switched on",
  needs: ["app-read"],
  read: async (context) => ({
    off: await findingsOf(context, ["toggle-off"]),
    how: providerOf(context).words["toggle-off"].how ?? "Switch it on.",
  }),
  judge: judgeToggles,
});

/** Groups are optional: an app may provision users alone (Astro docs: Set up SCIM provisioning, Microsoft Entra ID). */
const usersAlone = "Provision Microsoft Entra ID Groups > Enabled";

function judgeToggles({
  off,
  how,
}: {
  readonly off: readonly Finding<"toggle-off">[];
  readonly how: string;
}): Verdict {
  if (off.length === 0) return pass("all of them");
  const detail = off.map(toggleText).join("; ");
  const measured = {
    off: off.map(({ toggle, since, by }) => ({ toggle, since: since ?? null, by: by ?? null })),
  };
  const advice = `${how.charAt(0).toUpperCase()}${how.slice(1)}.`;
  return off.every(({ toggle }) => toggle === usersAlone)
    ? warning(detail, advice, measured)
    : fail(detail, advice, measured);
}

/** `Deactivate Users is off since 2026-11-30 10:12 UTC (by ada@example.com): …`. */
function toggleText({ toggle, effect, since, by }: Finding<"toggle-off">): string {
  const when = since === undefined ? "" : ` since ${timeText(since)}`;
  const who = by === undefined ? "" : ` (by ${by})`;
  return `${toggle} is off${when}${who}: ${effect.replace(/\.$/, "")}`;
}

export const provisioningJob = check({
  id: "provisioning-job",
  group: "app",
  title: "Provisioning runs",
  needs: ["app-read"],
  read: async (context) => ({
    provider: providerOf(context),
    findings: await findingsOf(context, ["job-in-quarantine", "job-not-running"]),
  }),
  judge: ({ provider, findings }) => {
    const [finding] = findings;
    if (finding === undefined) {
      return provider.idp === "okta"
        ? notApplicable("Okta has no provisioning job")
        : pass("the job runs, and is not in quarantine");
    }
    const how = provider.words[finding.kind].how ?? "restart it";
    const advice = `${how.charAt(0).toUpperCase()}${how.slice(1)}.`;
    if (finding.kind === "job-not-running") {
      const since = finding.since === undefined ? "" : ` since ${timeText(finding.since)}`;
      return fail(`the job does not run: ${finding.state}${since}`, advice, { state: finding.state });
    }
    return fail(quarantineText(finding), advice, {
      reason: finding.reason,
      since: finding.since ?? null,
      nextAttempt: finding.nextAttempt ?? null,
    });
  },
});

function quarantineText({ reason, error, since, nextAttempt }: Finding<"job-in-quarantine">): string {
  const why = error === undefined ? reason : `${reason}: ${error.replace(/\.$/, "")}`;
  return [
    `in quarantine${since === undefined ? "" : ` since ${timeText(since)}`}: ${why}`,
    ...(nextAttempt === undefined ? [] : [`next attempt ${timeText(nextAttempt)}`]),
  ].join("; ");
}
