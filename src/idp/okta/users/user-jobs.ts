/** What there is to do about one user: the difference between the directory and what Okta remembers of the app user. */

import type { OktaAppSettings } from "../../../directory/app-settings.ts";
import { isAssigned, type Directory, type DirectoryUser } from "../../../directory/directory.ts";
import type { Conversation } from "../../../wire/conversation.ts";
import type { JobOutcome, Subject } from "../../run/events.ts";
import { isFailure } from "../../run/failure.ts";
import type { Job } from "../../run/run.ts";
import { isUnmappable, type Unmappable } from "../../accounts/unmappable.ts";
import { leaveGroups } from "../groups/leaver-memberships.ts";
import { isSameProfile, mapUser, type AppProfile } from "../mapping/mapping.ts";
import type { AppUser } from "../memory.ts";
import { notSent } from "../requests/remote-error.ts";
import { failed, job, type Reference, type RunContext } from "../run-context.ts";
import { provisioningFailed } from "../requests/sentences.ts";
import { assignUser, deactivateUser, pushProfile, type OktaUser } from "./users.ts";

/**
 * The job of one user, if there is any. `retry`: an administrator pressed Retry, so what failed is done again;
 * otherwise a failed job waits for that.
 */
export function planUserJob(context: RunContext, reference: Reference, retry: boolean): Job | undefined {
  const { directory, ledger } = context;
  const appUser = ledger.appUsers.get(reference.objectId);
  const user = directory.users.get(reference.key);
  if (user === undefined || isOut(directory, user)) return planRemoval(context, reference, appUser, retry);
  // A suspended user keeps what it has and gets nothing new (Okta: Understanding SCIM).
  if (user.status === "suspended" || waitsForActivation(user, context.settings)) return undefined;
  if (isUnprovisioned(directory, user, appUser)) return undefined;
  if (appUser?.status === "UNASSIGNED") return undefined;
  return appUser?.status === "PROVISIONED"
    ? planProfilePush(context, user, appUser, retry)
    : planAssignment(context, user, appUser, retry);
}

/** A user who was created and not activated: the jobs start with the activation (Okta support: stuck in Activating). */
export function waitsForActivation(
  { status }: DirectoryUser,
  { fidelity }: Pick<OktaAppSettings, "fidelity">,
): boolean {
  return status === "staged" && fidelity.stagedUsers === "activation";
}

function isOut(directory: Directory, user: DirectoryUser): boolean {
  return user.status === "deactivated" || !isAssigned(directory, user.key);
}

/**
 * Assigned before Provisioning was switched on: nothing is sent until "Provision User" (Okta: Provision users). An import may
 * have linked the user to an account meanwhile, which makes it one like any other.
 */
function isUnprovisioned(
  { ssoOnlyUsers }: Directory,
  { key }: DirectoryUser,
  appUser: AppUser | undefined,
): boolean {
  return ssoOnlyUsers.has(key) && (appUser === undefined || appUser.status === "DEPROVISIONED");
}

function planAssignment(
  context: RunContext,
  user: DirectoryUser,
  appUser: AppUser | undefined,
  retry: boolean,
): Job | undefined {
  if (appUser?.status === "STAGED" && !retry) return undefined;
  const mapped = mapUser(context.mapping, user);
  return job(context, subjectOf(user, mapped), "assign", () => assign(context, user, mapped));
}

function* assign(
  context: RunContext,
  user: DirectoryUser,
  profile: AppProfile | Unmappable,
): Conversation<JobOutcome> {
  if (isUnmappable(profile)) return failed(unmappableFailure(user, profile));
  // Inferred: Okta's app usernames are unique, so a second one is refused before anything is sent.
  const holder = context.ledger.claimUserName(profile.userName, user);
  if (holder !== undefined) {
    const reason = `The username ${profile.userName} is already used by ${holder.key}`;
    return failed(notSent(provisioningFailed(namesOf(oktaUserOf(user, profile)), `${reason}.`), reason));
  }
  const outcome = yield* assignUnder(context, user, profile);
  context.ledger.releaseUserName(profile.userName);
  return outcome;
}

function* assignUnder(
  { settings, shapes, ledger, password }: RunContext,
  user: DirectoryUser,
  profile: AppProfile,
): Conversation<JobOutcome> {
  const { createUsers, updateUserAttributes } = settings;
  const result = yield* assignUser(oktaUserOf(user, profile), {
    shapes,
    create: createUsers,
    update: updateUserAttributes,
    password,
    again: ledger.appUsers.has(user.objectId),
  });
  if (isFailure(result)) {
    ledger.recordAppUser(user.objectId, {
      key: user.key,
      status: "STAGED",
      externalId: undefined,
      profile,
      syncState: "ERROR",
    });
    return failed(result);
  }
  ledger.recordAppUser(user.objectId, provisioned(user, result.scimId, profile));
  return { kind: "done", did: result.did };
}

function planProfilePush(
  context: RunContext,
  user: DirectoryUser,
  appUser: AppUser,
  retry: boolean,
): Job | undefined {
  if (!context.settings.updateUserAttributes) return undefined;
  const mapped = mapUser(context.mapping, user);
  const waits = appUser.syncState === "ERROR";
  const isDue = waits ? retry : isUnmappable(mapped) || !isSameProfile(mapped, appUser.profile);
  if (!isDue) return undefined;
  return job(context, subjectOf(user, mapped), "push-profile", () => push(context, user, appUser, mapped));
}

function* push(
  { ledger, shapes, password }: RunContext,
  user: DirectoryUser,
  appUser: AppUser,
  profile: AppProfile | Unmappable,
): Conversation<JobOutcome> {
  const { externalId } = appUser;
  if (isUnmappable(profile)) return failed(unmappableFailure(user, profile));
  if (externalId === undefined) return { kind: "nothing-sent", why: "the app user has no external id" };
  const failure = yield* pushProfile(oktaUserOf(user, profile), externalId, {
    shapes,
    before: appUser.profile,
    password,
  });
  if (failure !== undefined) {
    ledger.recordAppUser(user.objectId, { ...appUser, syncState: "ERROR" });
    return failed(failure);
  }
  ledger.recordAppUser(user.objectId, provisioned(user, externalId, profile));
  return { kind: "done", did: "updated" };
}

/** A user that is no longer assigned, is deactivated, or is gone from the directory. */
function planRemoval(
  context: RunContext,
  reference: Reference,
  appUser: AppUser | undefined,
  retry: boolean,
): Job | undefined {
  if (appUser === undefined || appUser.status === "DEPROVISIONED") {
    // What is left of it is the task of an assignment that was never begun.
    context.ledger.closeTask(reference.objectId);
    return undefined;
  }
  if (appUser.status === "UNASSIGNED") {
    context.ledger.recordAppUser(reference.objectId, { ...appUser, status: "DEPROVISIONED" });
    return undefined;
  }
  if (appUser.status === "REVOKED" && !retry) return undefined;
  const subject: Subject = { kind: "user", ...reference, name: appUser.profile.userName };
  return job(context, subject, "deactivate", () => deactivate(context, reference, appUser));
}

function* deactivate(
  context: RunContext,
  { objectId, key }: Reference,
  appUser: AppUser,
): Conversation<JobOutcome> {
  const { settings, shapes, ledger } = context;
  const gone: AppUser = {
    ...appUser,
    status: "DEPROVISIONED",
    externalId: undefined,
    syncState: "SYNCHRONIZED",
  };
  const { externalId } = appUser;
  ledger.withhold(objectId, groupsOfDeactivated(context.directory, key));
  if (externalId === undefined || !settings.deactivateUsers) {
    ledger.recordAppUser(objectId, gone);
    return {
      kind: "nothing-sent",
      why:
        externalId === undefined
          ? "its assignment failed, so Okta has no external id for it; its account in Astro, if any, does not change"
          : "Deactivate Users is off, so Okta only removes the assignment",
    };
  }
  const failure = yield* deactivateUser(externalId, shapes);
  if (failure === undefined && settings.fidelity.leaverMemberships === "remove") {
    yield* leaveGroups(context, { oktaId: objectId, scimId: externalId });
  }
  ledger.recordAppUser(objectId, failure === undefined ? gone : { ...appUser, status: "REVOKED" });
  return failure === undefined ? { kind: "done", did: "deactivated" } : failed(failure);
}

/** The pushed groups that still have the user as a member although it was deactivated; none where it only lost the app. */
function groupsOfDeactivated({ users, groups, pushedGroups }: Directory, key: string): readonly string[] {
  if (users.get(key)?.status !== "deactivated") return [];
  return [...groups.values()]
    .filter((group) => pushedGroups.has(group.key) && group.members.has(key))
    .map(({ objectId }) => objectId);
}

function provisioned(user: DirectoryUser, externalId: string, profile: AppProfile): AppUser {
  return { key: user.key, status: "PROVISIONED", externalId, profile, syncState: "SYNCHRONIZED" };
}

function oktaUserOf(user: DirectoryUser, profile: AppProfile): OktaUser {
  const { displayName, firstName, lastName } = user.profile;
  const fullName = [firstName, lastName].filter((name) => typeof name === "string" && name !== "").join(" ");
  const shown = typeof displayName === "string" && displayName !== "" ? displayName : fullName;
  return { oktaId: user.objectId, profile, displayName: shown === "" ? profile.userName : shown };
}

function namesOf({ profile, displayName }: OktaUser): { userName: string; displayName: string } {
  return { userName: profile.userName, displayName };
}

function subjectOf({ objectId, key }: DirectoryUser, mapped: AppProfile | Unmappable): Subject {
  return { kind: "user", objectId, key, name: isUnmappable(mapped) ? key : mapped.userName };
}

function unmappableFailure({ key }: DirectoryUser, { reason }: Unmappable): ReturnType<typeof notSent> {
  return notSent(
    provisioningFailed({ userName: key, displayName: key }, `the user ${reason}`),
    `it ${reason}`,
  );
}
