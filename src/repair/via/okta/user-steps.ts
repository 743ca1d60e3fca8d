/** Assigns a user in Okta, or removes the assignment and makes it again, and waits until Okta has provisioned the user. */

import * as z from "zod";
import type {
  AssignUser,
  ReassignUser,
  RenewAssignment,
} from "../../../drift/plan/operations/provider-operation.ts";
import { foldCase } from "../../../ground/text/fold-case.ts";
import type { JsonObject } from "../../../ground/json.ts";
import type { WriteAnswer } from "../../../management/management-api.ts";
import {
  assignAppUser,
  findAppUser,
  unassignAppUser,
  type AppUser,
} from "../../../management/okta/app-users.ts";
import { changeMembership } from "../../../management/okta/groups.ts";
import { isAssignment } from "../../../sources/okta/directory/build-directory.ts";
import { readErrors } from "../../../sources/okta/findings/read-errors.ts";
import type { CarryOut, ProviderAnswer } from "../provider-ways.ts";
import { linkOf, nameOf } from "./facts.ts";
import type { OktaEnd } from "./okta.ts";
import { twice, type SecondHalfFailed } from "./twice.ts";
import { waitUntil, type Looked } from "./wait.ts";

type UserStep = AssignUser | ReassignUser | RenewAssignment;

/** How the assignment was right before; by it a later look tells whether it is another one. */
const beforeSchema = z.object({
  isAssigned: z.boolean(),
  created: z.string().nullable(),
  scope: z.string().nullable(),
  externalId: z.string().nullable(),
});

/** For the journal; a text says why the operation cannot be carried out any more. */
export async function lookAtUser(operation: UserStep, { api, appId }: OktaEnd): Promise<JsonObject | string> {
  const appUser = await findAppUser(api, appId, operation.objectId);
  const problem = whyStale(operation, appUser);
  if (problem !== undefined) return problem;
  return {
    isAssigned: appUser !== undefined && isAssignment(appUser),
    created: appUser?.created ?? null,
    scope: appUser?.scope ?? null,
    externalId: linkOf(appUser) ?? null,
  };
}

function whyStale(operation: UserStep, appUser: AppUser | undefined): string | undefined {
  return isRenamed(operation, appUser)
    ? "its userName in Okta has changed since the plan was made"
    : whyOtherAssignment(operation, appUser);
}

function isRenamed({ userName }: UserStep, appUser: AppUser | undefined): boolean {
  return appUser !== undefined && foldCase(nameOf(appUser)) !== foldCase(userName);
}

function whyOtherAssignment(operation: UserStep, appUser: AppUser | undefined): string | undefined {
  const isAssigned = appUser !== undefined && isAssignment(appUser);
  if (operation.kind === "assign-user") {
    return isAssigned ? "it has been assigned in Okta since the plan was made" : undefined;
  }
  if (!isAssigned) return "it is not assigned in Okta any more";
  if ((linkOf(appUser) ?? null) !== operation.linkedId)
    return "Okta is linked to another account than when the plan was made";
  const isThroughGroup = appUser.scope !== "USER";
  if (operation.group === undefined && isThroughGroup) return "a group assigns it in Okta by now";
  return operation.group !== undefined && !isThroughGroup
    ? "no group assigns it in Okta any more"
    : undefined;
}

/** See `ProviderWays.carryOut`. */
export async function carryOutUser(
  operation: UserStep,
  end: OktaEnd,
  options: CarryOut,
): Promise<ProviderAnswer> {
  const { api, appId } = end;
  const before = beforeSchema.parse(options.before);
  const startedAt = end.now();
  const look = async (): Promise<AppUser | undefined> => {
    const found = await findAppUser(api, appId, operation.objectId);
    return found !== undefined && isAssignment(found) ? found : undefined;
  };
  let now = options.isResumed ? await look() : undefined;
  const isOld = options.isResumed ? isToRemove(operation, now, before) : before.isAssigned;
  if (operation.kind !== "assign-user" && isOld) {
    const isBegun = options.isResumed && isSame(now, before);
    const problem = isBegun ? await whyNotRemoved(operation, now, options) : undefined;
    const removed = problem ?? (await remove(operation, end, options));
    if (removed !== undefined) return removed;
    now = undefined;
  }
  if (now === undefined) {
    const problem = await assign(operation, end, look);
    if (problem !== undefined) return notAssigned(operation, problem);
  }
  const answer = await waitUntil(end, options, () => provisioned(operation, end, startedAt));
  return operation.kind === "renew-assignment" ? untilItIsBack(answer) : answer;
}

/** What an earlier process has begun and not removed yet is looked at again. */
async function whyNotRemoved(
  operation: UserStep,
  now: AppUser | undefined,
  { whyNotNow }: CarryOut,
): Promise<ProviderAnswer | undefined> {
  const reason = whyStale(operation, now) ?? (await whyNotNow());
  return reason === undefined ? undefined : { kind: "stale", reason };
}

/** By a later process: the old assignment, or a new one that failed as well. */
function isToRemove(
  { kind }: UserStep,
  now: AppUser | undefined,
  before: z.infer<typeof beforeSchema>,
): boolean {
  return isSame(now, before) || (kind === "renew-assignment" && now?.syncState === "ERROR");
}

function notAssigned({ kind }: UserStep, { message, isRefused }: SecondHalfFailed): ProviderAnswer {
  if (kind === "assign-user")
    return isRefused
      ? { kind: "failed", message, changed: false }
      : { kind: "unfinished", message, isResumable: true };
  return { kind: "unfinished", message: `${message}; it is not assigned in Okta now`, isResumable: true };
}

/** The account lost its access with the old assignment: the run stays unfinished until it has it again. */
function untilItIsBack(answer: ProviderAnswer): ProviderAnswer {
  if (answer.kind !== "failed" && answer.kind !== "unfinished") return answer;
  return { kind: "unfinished", message: `${answer.message}; ${notBack}`, isResumable: true };
}

const notBack = "its account may be inactive, and its roles and Teams are not given back yet";

/**
 * The assignment that was there before the operation, or one through the same group, with the link that it had. Removing one with
 * another link would end an account.
 */
function isSame(now: AppUser | undefined, before: z.infer<typeof beforeSchema>): boolean {
  return (
    now !== undefined &&
    before.isAssigned &&
    (now.created ?? null) === before.created &&
    (linkOf(now) ?? null) === before.externalId
  );
}

/** Undefined once Okta shows no assignment any more. */
async function remove(
  operation: UserStep,
  end: OktaEnd,
  options: CarryOut,
): Promise<ProviderAnswer | undefined> {
  const { api, appId } = end;
  const { objectId, group, userName } = operation;
  const answer =
    group === undefined
      ? await unassignAppUser(api, appId, objectId)
      : await changeMembership(api, { groupId: group.groupId, userId: objectId }, "remove");
  if (answer.kind === "refused" && answer.status !== 404) {
    return { kind: "failed", message: answer.message, changed: false };
  }
  if (answer.kind === "not-sent") return { kind: "failed", message: answer.message, changed: false };
  // Whatever came back, what Okta shows counts. Ctrl-C does not end this wait: the second half follows.
  const gone = await waitUntil(end, { ...options, signal: new AbortController().signal }, async () => {
    const appUser = await findAppUser(api, appId, objectId);
    if (appUser === undefined || !isAssignment(appUser)) return { kind: "applied" };
    return { kind: "waiting", text: `${userName} is being removed from the app` };
  });
  if (gone.kind === "applied") return undefined;
  return answer.kind === "unknown"
    ? { kind: "unfinished", message: answer.message, isResumable: true }
    : { ...gone, ...(gone.kind === "unfinished" ? { isResumable: true } : {}) };
}

/** Why it could not be assigned; undefined where it is. */
async function assign(
  { objectId, userName, group }: UserStep,
  { api, appId, wait }: OktaEnd,
  look: () => Promise<AppUser | undefined>,
): Promise<SecondHalfFailed | undefined> {
  const send = async (): Promise<WriteAnswer> =>
    group === undefined
      ? await assignAppUser(api, appId, { id: objectId, userName })
      : await changeMembership(api, { groupId: group.groupId, userId: objectId }, "add");
  return twice(send, async () => (await look()) !== undefined, wait);
}

/** Okta's words for a failure are in the System Log alone. */
async function provisioned(
  { objectId, userName }: UserStep,
  { api, appId, now }: OktaEnd,
  startedAt: Date,
): Promise<Looked> {
  const appUser = await findAppUser(api, appId, objectId);
  if (appUser === undefined) return { kind: "waiting", text: `${userName} is being assigned` };
  const { syncState, status } = appUser;
  if (syncState === "ERROR") {
    const errors = await readErrors(api, { appId, now: now() });
    const user = appUser._embedded?.user ?? { id: objectId, status: "", profile: { login: userName } };
    const found = errors.of(appUser, user);
    const isNew = found !== undefined && Date.parse(found.at) >= startedAt.getTime() - clockSkewMs;
    const why = isNew ? found.error : "Okta gives no reason; see Tasks in its console";
    return { kind: "failed", message: `Okta could not provision ${userName}: ${why}`, changed: true };
  }
  const isWorking = syncState === "SYNCING" || syncState === "OUT_OF_SYNC";
  const linkedTo = linkOf(appUser);
  const isDone = linkedTo !== undefined && ["PROVISIONED", "ACTIVE"].includes(status) && !isWorking;
  return isDone
    ? { kind: "applied", linkedTo }
    : { kind: "waiting", text: `${userName} is being provisioned (${status})` };
}

/** How far Okta's clock may differ from ours. */
const clockSkewMs = 60_000;
