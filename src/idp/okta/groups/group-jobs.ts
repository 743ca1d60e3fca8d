/** What there is to do about one group: the difference between the directory and Okta's push mapping. */

import {
  teamNameOf,
  type DirectoryGroup,
  type GroupKey,
  type UserKey,
} from "../../../directory/directory.ts";
import type { Conversation } from "../../../wire/conversation.ts";
import type { JobOutcome, Subject } from "../../run/events.ts";
import type { Failure } from "../../run/failure.ts";
import type { GroupUpdate } from "../../run/group-update.ts";
import { VersionedSet } from "../../../ground/versioned-set.ts";
import type { Job } from "../../run/run.ts";
import { isEmptyDelta } from "./group-members.ts";
import { deleteGroup, pushGroup, pushGroupNow, updateGroup, type PushedGroup } from "./groups.ts";
import { groupOptions } from "./group-options.ts";
import type { OktaId, PushMapping } from "../memory.ts";
import { momentOf, rememberAgreement, type PushMoment } from "./agreement.ts";
import { eligibleMembers, ignoredMembers, pendingDelta, type PendingDelta } from "./pushed-members.ts";
import { notSent } from "../requests/remote-error.ts";
import { failed, job, type Reference, type RunContext } from "../run-context.ts";
import { duplicateGroupName, linkedGroupMissing } from "../requests/sentences.ts";

/**
 * `changes`: what differs is pushed, and a mapping in error waits. `push-now`, `deactivate-push`, `activate-push`,
 * `retry`: the administrator pressed it. `delete-team`: the group is unlinked with "Delete the group in the target app".
 */
export type GroupOccasion =
  | "changes"
  | "push-now"
  | "deactivate-push"
  | "activate-push"
  | "retry"
  | "delete-team";

/** "Link Group": the Team that the administrator chose for a group. */
export interface GroupLink {
  readonly group: GroupKey;
  readonly team: string;
}

export interface GroupTask {
  readonly groupOccasion: GroupOccasion;
  readonly link?: GroupLink;
  /** Who has just become a member. */
  readonly joined?: UserKey;
}

/** The job of one group, if there is any. */
export function planGroupJob(
  context: RunContext,
  reference: Reference,
  { groupOccasion: occasion, link, joined }: GroupTask,
): Job | undefined {
  const mapping = context.ledger.pushMappings.get(reference.objectId);
  const group = context.directory.groups.get(reference.key);
  if (group === undefined || !context.directory.pushedGroups.has(reference.key)) {
    return mapping === undefined ? undefined : planUnlink(context, reference, mapping, occasion);
  }
  if (mapping?.status === "INACTIVE" && occasion !== "activate-push") return undefined;
  if (occasion === "deactivate-push") {
    return mapping === undefined ? undefined : planPause(context, group, mapping);
  }
  return mapping?.scimId === undefined
    ? planPush(context, group, { mapping, occasion, link })
    : planLinked(context, group, { mapping, scimId: mapping.scimId, occasion, joined });
}

interface Linked {
  readonly mapping: PushMapping;
  readonly scimId: string;
  readonly occasion: GroupOccasion;
  readonly joined: UserKey | undefined;
}

/** Activating pushes everything at once, as Push now does (Okta: Group Push operations). */
function planLinked(context: RunContext, group: DirectoryGroup, linked: Linked): Job | undefined {
  const { mapping, scimId, occasion } = linked;
  const isFull = occasion === "push-now" || occasion === "activate-push";
  if (isFull || (occasion === "retry" && mapping.status === "ERROR")) {
    return planPushNow(context, group, mapping, scimId);
  }
  return mapping.status === "ERROR" ? undefined : planUpdate(context, group, linked);
}

/** "Deactivate group push": later changes are not sent (Okta: Group Push operations). */
function planPause(context: RunContext, group: DirectoryGroup, mapping: PushMapping): Job {
  // oxlint-disable-next-line require-yield -- nothing is sent
  function* pause(): Conversation<JobOutcome> {
    context.ledger.recordMapping(group.objectId, { ...mapping, status: "INACTIVE" });
    return { kind: "nothing-sent", why: "its push is deactivated; changes are not sent" };
  }
  return job(context, subjectOf(group), "deactivate-push", pause);
}

interface Unlinked {
  readonly mapping: PushMapping | undefined;
  readonly occasion: GroupOccasion;
  readonly link: GroupLink | undefined;
}

/** A group without a target: a new mapping, or one whose first push failed. */
function planPush(
  context: RunContext,
  group: DirectoryGroup,
  { mapping, occasion, link }: Unlinked,
): Job | undefined {
  if (mapping !== undefined && occasion === "changes") return undefined;
  // A mapping that failed keeps to the Team that was chosen for it.
  const isOwnName = mapping?.targetName === mapping?.sourceName || mapping?.targetName === group.teamName;
  const earlier = isOwnName ? undefined : mapping?.targetName;
  const team = link?.group === group.key ? link.team : earlier;
  return job(context, subjectOf(group), "push-group", () => push(context, group, team));
}

function* push(
  context: RunContext,
  group: DirectoryGroup,
  team: string | undefined,
): Conversation<JobOutcome> {
  const target = team ?? teamNameOf(group);
  const holder = context.ledger.claimGroupName(target, group);
  if (holder !== undefined) {
    const reason = `the group ${holder} is already pushed under that name`;
    return failed(notSent(duplicateGroupName(target, holder), reason));
  }
  const outcome = yield* pushUnder(context, group, team);
  context.ledger.releaseGroupName(target);
  return outcome;
}

function* pushUnder(
  context: RunContext,
  group: DirectoryGroup,
  team: string | undefined,
): Conversation<JobOutcome> {
  const { directory, ledger, settings } = context;
  const moment = momentOf(nothingPushed, group, directory, ledger);
  const eligible = eligibleMembers(moment);
  const known = ledger.appGroupNamed(team ?? teamNameOf(group));
  const okta = { name: teamNameOf(group), members: [...eligible.values()] };
  const { scimId, did, failure } =
    team !== undefined && known === undefined
      ? unknownTeam(team)
      : yield* pushGroup(okta, groupOptions(context), known);
  const isNamedByTeam = team !== undefined && (failure !== undefined || !settings.renameGroups);
  const mapping: PushMapping = {
    key: group.key,
    status: failure === undefined ? "ACTIVE" : "ERROR",
    scimId,
    sourceName: group.name,
    targetName: isNamedByTeam ? team : teamNameOf(group),
    ...(failure === undefined ? pushedInFull(moment) : nothingPushed),
  };
  ledger.recordMapping(group.objectId, mapping);
  return failure === undefined
    ? { kind: "done", did, ...ignoring(context, group, mapping) }
    : failed(failure);
}

type PushedMembers = Pick<PushMapping, "members" | "withheld">;

const nothingPushed: PushedMembers = { members: VersionedSet.of([]), withheld: VersionedSet.of([]) };

/** What is remembered of a push of all members: they are as the group says. */
function pushedInFull(moment: PushMoment): PushedMembers {
  const { withheld } = nothingPushed;
  const members = VersionedSet.of(eligibleMembers(moment).keys());
  const pushed = { ...moment, pushed: members, withheld };
  rememberAgreement({ ...pushed, ignored: ignoredMembers(pushed) });
  return { members, withheld };
}

function ignoring(
  { directory, ledger }: RunContext,
  group: DirectoryGroup,
  mapping: PushMapping,
): { readonly ignoredMembers?: readonly UserKey[] } {
  const ignored = ignoredMembers(momentOf(mapping, group, directory, ledger));
  return ignored.length === 0 ? {} : { ignoredMembers: ignored };
}

/** The console offers imported groups only (Okta: Group Push, link to an existing group). */
function unknownTeam(team: string): PushedGroup {
  const reason = `no imported group is called ${team}; import with groups, then retry`;
  return { scimId: undefined, did: "linked", failure: notSent(linkedGroupMissing, reason) };
}

function planPushNow(context: RunContext, group: DirectoryGroup, mapping: PushMapping, scimId: string): Job {
  const { directory, ledger } = context;
  function* begin(): Conversation<JobOutcome> {
    const moment = momentOf(mapping, group, directory, ledger);
    const members = [...eligibleMembers(moment).values()];
    const failure = yield* pushGroupNow(scimId, { name: teamNameOf(group), members }, groupOptions(context));
    const pushed = pushedInFull(moment);
    return recordUpdate(context, group, mapping, {
      failure,
      ...pushed,
      addedIds: [...pushed.members].filter((oktaId) => !mapping.members.has(oktaId)),
      removedIds: [...mapping.members].filter((oktaId) => !pushed.members.has(oktaId)),
    });
  }
  return job(context, subjectOf(group), "push-now", begin);
}

/** Okta pushes changes only: nothing is compared with the target. */
function planUpdate(
  context: RunContext,
  group: DirectoryGroup,
  { mapping, scimId, joined }: Linked,
): Job | undefined {
  const { directory, ledger } = context;
  const moment = momentOf(mapping, group, directory, ledger);
  const delta = pendingDelta(moment);
  const { membersAfter: pushed, withheldAfter: withheld, ignored } = delta;
  const agree = (): void => rememberAgreement({ ...moment, pushed, withheld, ignored });
  if (isEmptyDelta(delta) && group.name === mapping.sourceName) {
    if (delta.removedIds.length === 0) agree();
    // A withheld member who has left the group is a member like any other when it is added again.
    ledger.recordMapping(group.objectId, { ...mapping, withheld });
    return planIgnored(context, group, joined !== undefined && ignored.includes(joined) ? joined : undefined);
  }
  return job(context, subjectOf(group), "update-group", () =>
    update(context, group, mapping, { scimId, delta, agree }),
  );
}

/** A member for whom nothing is pushed: Okta's console does not say so, its System Log does. */
function planIgnored(
  context: RunContext,
  group: DirectoryGroup,
  joined: UserKey | undefined,
): Job | undefined {
  if (joined === undefined) return undefined;
  const why = `Okta has no account for ${joined}, so this member is not added to the Team`;
  // oxlint-disable-next-line require-yield -- nothing is sent
  function* ignore(): Conversation<JobOutcome> {
    return { kind: "nothing-sent", why };
  }
  return job(context, subjectOf(group), "update-group", ignore);
}

interface DueUpdate {
  readonly scimId: string;
  readonly delta: PendingDelta;
  /** Remembers that what is pushed is what the group says. */
  readonly agree: () => void;
}

function* update(
  context: RunContext,
  group: DirectoryGroup,
  mapping: PushMapping,
  { scimId, delta, agree }: DueUpdate,
): Conversation<JobOutcome> {
  if (isEmptyDelta(delta) && !context.settings.renameGroups) {
    context.ledger.recordMapping(group.objectId, { ...mapping, sourceName: group.name });
    return { kind: "nothing-sent", why: "Rename app groups is off, so the Team keeps its name" };
  }
  const failure = yield* updateGroup(scimId, teamNameOf(group), delta, groupOptions(context));
  if (failure === undefined) agree();
  const { addedIds, removedIds, membersAfter: members, withheldAfter: withheld } = delta;
  return recordUpdate(context, group, mapping, { failure, members, withheld, addedIds, removedIds });
}

interface Update extends PushedMembers, Pick<PendingDelta, "addedIds" | "removedIds"> {
  readonly failure: Failure | undefined;
}

function recordUpdate(
  context: RunContext,
  group: DirectoryGroup,
  mapping: PushMapping,
  { failure, members, withheld, addedIds, removedIds }: Update,
): JobOutcome {
  const { ledger, settings } = context;
  if (failure !== undefined) {
    ledger.recordMapping(group.objectId, { ...mapping, status: "ERROR" });
    return failed(failure);
  }
  const pushed: PushMapping = {
    ...mapping,
    status: "ACTIVE",
    sourceName: group.name,
    targetName: settings.renameGroups ? teamNameOf(group) : mapping.targetName,
    members,
    withheld,
  };
  ledger.recordMapping(group.objectId, pushed);
  const namesOf = (oktaIds: readonly OktaId[]): readonly string[] =>
    oktaIds.map((oktaId) => ledger.appUsers.get(oktaId)?.profile.userName ?? oktaId);
  const renamedFrom = mapping.targetName === pushed.targetName ? undefined : mapping.targetName;
  const changed: GroupUpdate = { added: namesOf(addedIds), removed: namesOf(removedIds), renamedFrom };
  return { kind: "done", did: "updated", group: changed, ...ignoring(context, group, pushed) };
}

/** A failed deletion waits for Retry, as every task does. */
function planUnlink(
  context: RunContext,
  reference: Reference,
  mapping: PushMapping,
  occasion: GroupOccasion,
): Job | undefined {
  const deletionFailed = context.ledger.tasks.get(reference.objectId)?.what === "delete-group";
  if (deletionFailed && occasion === "changes") return undefined;
  const deletes = occasion === "delete-team" || deletionFailed;
  const subject: Subject = { kind: "group", ...reference, name: mapping.sourceName };
  return job(context, subject, deletes ? "delete-group" : "unlink-group", () =>
    unlink(context, reference, mapping, deletes),
  );
}

function* unlink(
  { ledger, shapes }: RunContext,
  { objectId }: Reference,
  mapping: PushMapping,
  deletes: boolean,
): Conversation<JobOutcome> {
  if (!deletes || mapping.scimId === undefined) {
    ledger.removeMapping(objectId);
    return { kind: "nothing-sent", why: "the group is unlinked, the Team is left in Astro" };
  }
  const failure = yield* deleteGroup(mapping.scimId, mapping.targetName, shapes);
  if (failure === undefined) ledger.removeMapping(objectId);
  else ledger.recordMapping(objectId, { ...mapping, status: "ERROR" });
  return failure === undefined ? { kind: "done", did: "deleted" } : failed(failure);
}

function subjectOf({ objectId, key, name }: DirectoryGroup): Subject {
  return { kind: "group", objectId, key, name };
}
