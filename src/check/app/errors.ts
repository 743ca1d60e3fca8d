/** Users and groups for whom the provider shows an error: those that stand, and those that are stale. */

import { plural } from "../../ground/text/plural.ts";
import { timeText } from "../../ground/text/time-text.ts";
import { check, fail, pass, type Verdict } from "../check.ts";
import { findingsOf, providerOf, type Finding } from "./app-read.ts";
import { pushErrorText } from "./push-mappings.ts";
import { errorsIn, type UserError } from "./stale.ts";

export const appErrors = check({
  id: "app-errors",
  group: "app",
  title: "Users and groups without an error",
  needs: ["app-read"],
  read: async (context) => ({
    users: (await errorsIn(context)).users.current,
    groups: await findingsOf(context, ["group-in-escrow"]),
    words: providerOf(context).words,
  }),
  judge: ({ users, groups, words }) => {
    const [first] = [...users, ...groups];
    if (first === undefined) return pass("none has one");
    const named = [...users.map(errorText), ...groups.map(groupText)];
    return fail(listed(named), sentence(words[first.kind].how), { errors: named });
  },
});

export const staleErrors = check({
  id: "stale-errors",
  group: "app",
  title: "No stale errors",
  needs: ["app-read", "token-accepted", "token-owner", "scim-enabled"],
  read: async (context) => ({ errors: await errorsIn(context), provider: providerOf(context) }),
  judge: ({ errors: { users, pushes }, provider }): Verdict => {
    const [first] = [...users.stale, ...pushes.stale];
    if (first === undefined) return pass("none");
    const named = [...users.stale.map(errorText), ...pushes.stale.map(pushErrorText)];
    return fail(
      `${provider.name} shows an error, and Astro holds what it should: ${listed(named)}`,
      `Nothing more is sent until the error is cleared: ${provider.words[first.kind].how ?? "provision again"}.`,
      { errors: named },
    );
  },
});

/** `ada@example.com: ERROR since 2026-11-28 10:12 UTC: Matching user not found`. */
function errorText(error: UserError): string {
  const { user, since } = error;
  const text = "error" in error && error.error !== undefined ? `: ${error.error.replace(/\.$/, "")}` : "";
  return `${user.name}: ${statusOf(error)}${since === undefined ? "" : ` since ${timeText(since)}`}${text}`;
}

function statusOf(error: UserError): string {
  if ("status" in error) return error.status;
  return "reason" in error ? error.reason : (error.code ?? "the last export failed");
}

function groupText({ group, code, error, since }: Finding<"group-in-escrow">): string {
  const when = since === undefined ? "" : ` since ${timeText(since)}`;
  const text = error === undefined ? "" : `: ${error.replace(/\.$/, "")}`;
  return `group ${group.name}: ${code ?? "the last export failed"}${when}${text}`;
}

const mostNamed = 5;

function listed(named: readonly string[]): string {
  const more = named.length - mostNamed;
  const shown = named.slice(0, mostNamed).join("; ");
  return more > 0 ? `${shown}; and ${plural(more, "other")}` : shown;
}

function sentence(how: string | undefined): string {
  const text = how ?? "fix the error, and provision again";
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
