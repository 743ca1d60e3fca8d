/** Users and groups for whom the provider shows an error: those that are real, and those that are stale. */

import type { HeldUser } from "../../astro/held.ts";
import type { ExpectedUser } from "../../astro/state.ts";
import type { ProvidedDirectory } from "../../directory/source.ts";
import { AppError } from "../../ground/errors.ts";
import { plural } from "../../ground/plural.ts";
import { timeText } from "../../ground/time-text.ts";
import { expectedWithKeys } from "../../idp/expected/expected-state.ts";
import { check, fail, pass, type Verdict } from "../check.ts";
import type { CheckContext } from "../context.ts";
import { oncePer } from "../once.ts";
import { findingsOf, provided, providerOf, type Finding } from "./app-read.ts";

const userKinds = ["user-not-provisioned", "user-not-in-sync", "user-in-escrow", "user-skipped"] as const;

type UserError = Finding<(typeof userKinds)[number]>;

/** So many users are looked up in Astro; the errors of the others are taken as they are. */
const mostLookedUp = 50;

interface Errors {
  readonly current: readonly UserError[];
  /** The provider shows an error, and Astro holds what it should. */
  readonly stale: readonly UserError[];
}

/** Looked up once for both checks. */
const errorsIn = oncePer(readErrors);

/** @throws AppError interrupted */
async function readErrors(context: CheckContext): Promise<Errors> {
  const errors = await findingsOf(context, userKinds);
  const [current, stale]: [UserError[], UserError[]] = [[], []];
  if (errors.length === 0) return { current, stale };
  const expected = expectedOf(await provided(context));
  for (const [index, error] of errors.entries()) {
    const wanted = index < mostLookedUp ? expected(error.user.objectId) : undefined;
    const isStale = wanted !== undefined && (await isHeld(context, wanted));
    (isStale ? stale : current).push(error);
  }
  return { current, stale };
}

/** The account that a user should have; nobody's where the mappings cannot be evaluated. */
function expectedOf({ directory, app }: ProvidedDirectory): (objectId: string) => ExpectedUser | undefined {
  const { expected, userKeys } = expectedWithKeys(directory, app);
  return (objectId) => expected.users.get(userKeys.get(objectId) ?? "");
}

/** True only where Astro shows the account as it should be. */
async function isHeld({ server }: CheckContext, wanted: ExpectedUser): Promise<boolean> {
  if (server === undefined || wanted.presence !== "active") return false;
  try {
    const held = await server.writer.findUser(wanted.userName);
    return held !== undefined && held.active && hasAttributes(held, wanted);
  } catch (error) {
    if (!(error instanceof AppError) || error.code === "interrupted") throw error;
    return false;
  }
}

function hasAttributes({ attributes }: HeldUser, wanted: ExpectedUser): boolean {
  return Object.entries(wanted.attributes).every(
    ([path, value]) => attributes[path] === (value ?? undefined),
  );
}

export const appErrors = check({
  id: "app-errors",
  group: "app",
  title: "Users and groups without an error",
  needs: ["app-read"],
  read: async (context) => ({
    errors: await errorsIn(context),
    groups: await findingsOf(context, ["group-in-escrow"]),
    how: (kind: UserError["kind"] | "group-in-escrow") => providerOf(context).words[kind].how,
  }),
  judge: ({ errors: { current }, groups, how }) => {
    const [first] = [...current, ...groups];
    if (first === undefined) return pass("none has one");
    const named = [...current.map(errorText), ...groups.map(groupText)];
    return fail(listed(named), sentence(how(first.kind)), { errors: named });
  },
});

export const staleErrors = check({
  id: "stale-errors",
  group: "app",
  title: "No stale errors",
  needs: ["app-read", "token-accepted", "token-owner", "scim-enabled"],
  read: async (context) => ({ errors: await errorsIn(context), provider: providerOf(context) }),
  judge: ({ errors: { stale }, provider }): Verdict => {
    const [first] = stale;
    if (first === undefined) return pass("none");
    const named = stale.map(errorText);
    return fail(
      `${provider.name} shows an error, and Astro holds what it should: ${listed(named)}`,
      `Nothing more is sent for such a user until it is cleared: ${provider.words[first.kind].how ?? "provision the user again"}.`,
      { errors: named },
    );
  },
});

/** `ada@example.com: ERROR since 2026-11-28 10:12 UTC: Matching user not found`. */
function errorText(error: UserError): string {
  const { user, since } = error;
  const status =
    "status" in error
      ? error.status
      : "reason" in error
        ? error.reason
        : (error.code ?? "the last export failed");
  const text = "error" in error && error.error !== undefined ? `: ${error.error.replace(/\.$/, "")}` : "";
  return `${user.name}: ${status}${since === undefined ? "" : ` since ${timeText(since)}`}${text}`;
}

function groupText({ group, code, error, since }: Finding<"group-in-escrow">): string {
  const text = error === undefined ? "" : `: ${error.replace(/\.$/, "")}`;
  return `group ${group.name}: ${code ?? "the last export failed"}${since === undefined ? "" : ` since ${timeText(since)}`}${text}`;
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
