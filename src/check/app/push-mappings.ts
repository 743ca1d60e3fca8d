/** Okta's push groups: errors with their text and the time of the last push, and what was deactivated. */

import { timeText } from "../../ground/text/time-text.ts";
import { check, fail, notApplicable, pass, warning } from "../check.ts";
import { findingsOf, providerOf } from "./app-read.ts";
import { errorsIn, type PushError } from "./stale.ts";

export const pushMappings = check({
  id: "push-mappings",
  group: "app",
  title: "Push groups",
  needs: ["app-read"],
  read: async (context) => ({
    provider: providerOf(context),
    failed: (await errorsIn(context)).pushes.current,
    inactive: await findingsOf(context, ["push-mapping-inactive"]),
  }),
  judge: ({ provider, failed, inactive }) => {
    if (provider.idp !== "okta") return notApplicable("only Okta has push groups");
    const errors = failed.map(pushErrorText);
    const paused = inactive.map(
      ({ group, lastPush }) => `${group.name} is deactivated${lastPushText(lastPush)}`,
    );
    const detail = [...errors, ...paused].join("; ");
    const measured = {
      failed: failed.map(({ group, error, lastPush }) => ({
        group: group.name,
        errorSummary: error,
        lastPush: lastPush ?? null,
      })),
      inactive: inactive.map(({ group, lastPush }) => ({ group: group.name, lastPush: lastPush ?? null })),
    };
    const how = provider.words[failed.length > 0 ? "push-mapping-failed" : "push-mapping-inactive"].how ?? "";
    const advice = `${how.charAt(0).toUpperCase()}${how.slice(1)}.`;
    if (failed.length > 0) return fail(detail, advice, measured);
    return inactive.length > 0 ? warning(detail, advice, measured) : pass("none has an error");
  },
});

/** `data-platform: 404 Not found (last push 2026-11-30 10:12 UTC)`. */
export function pushErrorText({ group, error, lastPush }: PushError): string {
  return `${group.name}: ${error}${lastPushText(lastPush)}`;
}

function lastPushText(lastPush: string | undefined): string {
  return lastPush === undefined ? "" : ` (last push ${timeText(lastPush)})`;
}
