/** Which errors of the provider are stale: it still shows them, and Astro holds what it should. */

import type { HeldUser, TeamAsRead } from "../../astro/held.ts";
import type { AstroTeam, ExpectedState, ExpectedUser } from "../../astro/state.ts";
import type { Writer } from "../../astro/writer.ts";
import type { ProvidedDirectory } from "../../directory/source.ts";
import { AppError } from "../../ground/errors.ts";
import { foldCase } from "../../ground/text/fold-case.ts";
import { expectedWithKeys } from "../../idp/expected/expected-state.ts";
import type { CheckContext } from "../context.ts";
import { oncePer } from "../once.ts";
import { findingsOf, provided, type Finding } from "./app-read.ts";

const userKinds = ["user-not-provisioned", "user-not-in-sync", "user-in-escrow", "user-skipped"] as const;

export type UserError = Finding<(typeof userKinds)[number]>;
export type PushError = Finding<"push-mapping-failed">;

/** So many are looked up in Astro; the errors of the others are taken as they are. */
const mostLookedUp = 50;

export interface Judged<Error> {
  readonly current: readonly Error[];
  readonly stale: readonly Error[];
}

export interface Errors {
  readonly users: Judged<UserError>;
  readonly pushes: Judged<PushError>;
}

/** Looked up once for all checks. @throws AppError interrupted */
export const errorsIn = oncePer(async (context: CheckContext): Promise<Errors> => {
  const users = await findingsOf(context, userKinds);
  const pushes = await findingsOf(context, ["push-mapping-failed"]);
  const none: Judged<never> = { current: [], stale: [] };
  if (users.length + pushes.length === 0) return { users: none, pushes: none };
  const found = await provided(context);
  const writer = context.server?.writer;
  // Where a mapping is left out, an account may lack what could not be sent.
  if (writer === undefined || (found.notEvaluated ?? []).length > 0) {
    return { users: { current: users, stale: [] }, pushes: { current: pushes, stale: [] } };
  }
  const { accountOf, teamOf } = expectedOf(found);
  return {
    users: await judged(users, async ({ user }) => isAccountHeld(writer, accountOf(user.objectId))),
    pushes: await judged(pushes, async ({ group }) => isTeamHeld(writer, teamOf(group.name))),
  };
});

interface Expected {
  readonly accountOf: (objectId: string) => ExpectedUser | undefined;
  readonly teamOf: (name: string) => WantedTeam | undefined;
}

interface WantedTeam {
  readonly team: AstroTeam;
  readonly users: ExpectedState["users"];
}

function expectedOf({ directory, app }: ProvidedDirectory): Expected {
  const { expected, userKeys } = expectedWithKeys(directory, app);
  return {
    accountOf: (objectId) => expected.users.get(userKeys.get(objectId) ?? ""),
    teamOf: (name) => {
      const team = expected.teams.get(foldCase(name));
      return team === undefined ? undefined : { team, users: expected.users };
    },
  };
}

async function judged<Error>(
  errors: readonly Error[],
  isHeld: (error: Error) => Promise<boolean>,
): Promise<Judged<Error>> {
  const [current, stale]: [Error[], Error[]] = [[], []];
  for (const [index, error] of errors.entries()) {
    const isStale = index < mostLookedUp && (await unlessUnreadable(isHeld(error)));
    (isStale ? stale : current).push(error);
  }
  return { current, stale };
}

/** What cannot be read is not called stale. @throws AppError interrupted */
async function unlessUnreadable(isHeld: Promise<boolean>): Promise<boolean> {
  try {
    return await isHeld;
  } catch (error) {
    if (!(error instanceof AppError) || error.code === "interrupted") throw error;
    return false;
  }
}

/** True only where Astro shows the account exactly as it should be. */
async function isAccountHeld(writer: Writer, wanted: ExpectedUser | undefined): Promise<boolean> {
  if (wanted?.presence !== "active" || (wanted.notCompared ?? []).length > 0) return false;
  const held = await writer.findUser(wanted.userName);
  return held !== undefined && held.active && hasAttributes(held, wanted);
}

function hasAttributes({ attributes }: HeldUser, wanted: ExpectedUser): boolean {
  return Object.entries(wanted.attributes).every(
    ([path, value]) => attributes[path] === (value ?? undefined),
  );
}

/** True only where Astro shows the Team with exactly the members that it should have. */
async function isTeamHeld(writer: Writer, wanted: WantedTeam | undefined): Promise<boolean> {
  if (wanted === undefined || wanted.team.members.size > mostLookedUp) return false;
  const held: TeamAsRead | undefined = await writer.findTeam(wanted.team.displayName);
  if (held === undefined || !held.showsMembers || held.memberIds.size !== wanted.team.members.size)
    return false;
  for (const key of wanted.team.members) {
    const userName = wanted.users.get(key)?.userName;
    const user = userName === undefined ? undefined : await writer.findUser(userName);
    if (user === undefined || !held.memberIds.has(user.scimId)) return false;
  }
  return true;
}
