/** What Okta says to a SCIM server about one pushed group: create or link, update, push now, delete. */

import type { JsonArray, JsonObject } from "../../../ground/json.ts";
import type { Conversation } from "../../../wire/conversation.ts";
import type { Failure } from "../../run/failure.ts";
import {
  readCreated,
  readDeleted,
  readLookup,
  readResource,
  readWritten,
  type RemoteResource,
} from "../requests/answers.ts";
import {
  deltaPatches,
  fullPushPatches,
  isEmptyDelta,
  mergeMembers,
  type MemberDelta,
} from "./group-members.ts";
import { failureOf, malformed, type RemoteError } from "../requests/remote-error.ts";
import type { RequestShapes } from "../requests/request-shapes.ts";
import * as request from "../requests/requests.ts";
import {
  creatingGroupFailed,
  deletingGroupFailed,
  gettingGroupFailed,
  linkedGroupMissing,
  renamingGroupFailed,
  searchingGroupFailed,
  updatingMembersFailed,
} from "../requests/sentences.ts";

export interface GroupOptions {
  readonly shapes: RequestShapes;
  /** "Rename app groups to match group name in Okta". */
  readonly rename: boolean;
  /** "Push group memberships immediately": whether the first push brings the members. */
  readonly withMembers: boolean;
  /** Most changes of members in one PATCH. */
  readonly membersPerPatch: number;
}

/** A group of Okta with the members that may be pushed. */
export interface OktaGroup {
  readonly name: string;
  readonly members: readonly request.GroupMember[];
}

/** The target's group, as far as it is known; the failure, where the push did not end well. */
export interface PushedGroup {
  readonly scimId: string | undefined;
  readonly did: "created" | "linked";
  readonly failure: Failure | undefined;
}

/**
 * Sets up a push mapping: finds the group by its name and links it, or creates it; then pushes its members. `known` is
 * the SCIM id of the target's group of that name, where an import has read it: then it is not looked for.
 */
export function* pushGroup(
  group: OktaGroup,
  options: GroupOptions,
  known?: string,
): Conversation<PushedGroup> {
  const { shapes } = options;
  if (known !== undefined) {
    return { scimId: known, did: "linked", failure: yield* linkGroup(known, group, options) };
  }
  const found = readLookup(yield request.findGroup(group.name, shapes));
  if (found.kind === "remote-error") {
    return { scimId: undefined, did: "created", failure: failureOf(searchingGroupFailed(group.name), found) };
  }
  if (found.kind === "resource") {
    return { scimId: found.scimId, did: "linked", failure: yield* linkGroup(found.scimId, group, options) };
  }
  return yield* createGroup(group, options);
}

/** The first push to a Team that was there: its members go, or stay beside those of the group. */
function* linkGroup(
  scimId: string,
  group: OktaGroup,
  options: GroupOptions,
): Conversation<Failure | undefined> {
  if (!options.withMembers) {
    return options.rename ? yield* updateGroup(scimId, group.name, noDelta, options) : undefined;
  }
  if (options.shapes.fidelity.linkedMembers === "replace") return yield* pushGroupNow(scimId, group, options);
  return yield* updateGroup(scimId, group.name, { added: group.members, removed: [] }, options);
}

const noDelta: MemberDelta = { added: [], removed: [] };

/** "Push now": makes name and members of the target's group what Okta's group says. */
export function* pushGroupNow(
  scimId: string,
  group: OktaGroup,
  options: GroupOptions,
): Conversation<Failure | undefined> {
  if (options.shapes.group === "put") {
    const members = group.members.map(request.memberBody);
    return yield* putGroup(scimId, group.name, options, () => members);
  }
  const { shapes, membersPerPatch } = options;
  const push = { scimId, displayName: group.name, members: group.members, most: membersPerPatch };
  const patches = fullPushPatches(push, shapes.fidelity);
  return yield* patchGroup(scimId, group.name, options, patches);
}

/** Sends a new name and changed members; the name goes ahead of every change of members, changed or not. */
export function* updateGroup(
  scimId: string,
  name: string,
  delta: MemberDelta,
  options: GroupOptions,
): Conversation<Failure | undefined> {
  if (options.shapes.group === "put") {
    return yield* putGroup(scimId, name, options, ({ body }) => mergeMembers(body["members"], delta));
  }
  const patches = isEmptyDelta(delta) ? [] : deltaPatches(delta, options.membersPerPatch);
  return yield* patchGroup(scimId, name, options, patches);
}

/** "Unlink pushed group", "Delete the group in the target app". */
export function* deleteGroup(
  scimId: string,
  name: string,
  shapes: RequestShapes,
): Conversation<Failure | undefined> {
  const missing = yield* verifyGroup(scimId, shapes);
  const refused = missing ?? readDeleted(yield request.deleteGroup(scimId));
  if (refused === undefined) return undefined;
  if (isGone(refused) && shapes.fidelity.deletedGroupGone === "done") return undefined;
  return failureOf(deletingGroupFailed(name), refused);
}

/** Whether the group is still there, where this Okta looks. */
function* verifyGroup(scimId: string, { fidelity }: RequestShapes): Conversation<RemoteError | undefined> {
  if (fidelity.groupVerification === "none") return undefined;
  const current = readResource(yield request.getGroup(scimId), scimId);
  return current.kind === "remote-error" ? current : undefined;
}

function* createGroup(group: OktaGroup, options: GroupOptions): Conversation<PushedGroup> {
  const { membersInGroupPost } = options.shapes;
  const posted = membersInGroupPost && options.withMembers ? group.members : [];
  const created = readCreated(yield request.postGroup(group.name, posted, options.shapes), "POST /Groups");
  if (created?.kind !== "resource") {
    const error = created ?? malformed(undefined, "The answer to POST /Groups has no body.");
    return { scimId: undefined, did: "created", failure: failureOf(creatingGroupFailed(group.name), error) };
  }
  const { scimId } = created;
  const complete = !options.withMembers || isComplete(group, options.shapes);
  const failure = complete ? undefined : yield* pushGroupNow(scimId, group, options);
  return { scimId, did: "created", failure };
}

/** Whether `POST /Groups` has said all that there is to say. */
function isComplete({ members }: OktaGroup, { membersInGroupPost, fidelity }: RequestShapes): boolean {
  return membersInGroupPost ? fidelity.groupPostFollowUp === "none" : members.length === 0;
}

/** Reads the group first: to see that it still exists, and because the PUT is made of what it says. */
function* putGroup(
  scimId: string,
  name: string,
  { rename, shapes }: GroupOptions,
  membersOf: (current: RemoteResource) => JsonArray,
): Conversation<Failure | undefined> {
  const current = readResource(yield request.getGroup(scimId), scimId);
  if (current.kind === "remote-error") return missingOr(gettingGroupFailed(name, scimId), current);
  const { displayName } = current.body;
  const nameToSend = rename || typeof displayName !== "string" ? name : displayName;
  const refused = readWritten(yield request.putGroup(scimId, nameToSend, membersOf(current)), shapes);
  return refused === undefined ? undefined : missingOr(updatingMembersFailed(name), refused);
}

function* patchGroup(
  scimId: string,
  name: string,
  { rename, shapes }: GroupOptions,
  patches: readonly (readonly JsonObject[])[],
): Conversation<Failure | undefined> {
  const missing = yield* verifyGroup(scimId, shapes);
  if (missing !== undefined) return missingOr(gettingGroupFailed(name, scimId), missing);
  if (rename) {
    const refused = readWritten(yield request.patchGroupName(scimId, name), shapes);
    if (refused !== undefined) return missingOr(renamingGroupFailed(name), refused);
  }
  for (const operations of patches) {
    const refused = readWritten(yield request.patchGroup(scimId, operations), shapes);
    if (refused !== undefined) return missingOr(updatingMembersFailed(name), refused);
  }
  return undefined;
}

/**
 * A group that is gone is not made again: the mapping goes to ERROR until it is linked again. A server may also answer 404
 * because of a member that it does not know (getsentry/sentry #122540), so the reason is what it said.
 */
function missingOr(sentence: string, error: RemoteError): Failure {
  if (!isGone(error)) return failureOf(sentence, error);
  return {
    kind: "failure",
    sentence: linkedGroupMissing,
    reason: error.reason,
    explanation:
      "Okta treats a 404 as a deleted group, also where the server means one of the members. " +
      "Stop pushing the group (leaving the Team), then push it again.",
    cause: error.cause,
  };
}

function isGone({ cause }: RemoteError): boolean {
  return cause.kind === "status" && cause.status === 404;
}
