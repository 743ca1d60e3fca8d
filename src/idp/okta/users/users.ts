/** What Okta says to a SCIM server about one user: assign, push the profile, deactivate. */

import type { JsonObject } from "../../../ground/json.ts";
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
import { isSameProfile, type AppProfile } from "../mapping/mapping.ts";
import { failureOf, notSent, type RemoteError } from "../requests/remote-error.ts";
import type { RequestShapes } from "../requests/request-shapes.ts";
import { deleteUser, findUser, getUser, patchUser, postUser, putUser } from "../requests/requests.ts";
import {
  conflictAtCreation,
  creatingFailed,
  deactivationFailed,
  linkingFailed,
  matchingUserNotFound,
  noUserReturned,
  profilePushFailed,
  reactivatingFailed,
  verifyingFailed,
} from "../requests/sentences.ts";
import { readActivated, saysInactive, setActive, stillInactive, type StillInactive } from "./activation.ts";
import { isInactive } from "./remote-account.ts";
import { newUserBody, profilePatchValue, withAppProfile, type AppAccount } from "./user-body.ts";

/** A user of Okta, as the app and the messages speak of it. */
export interface OktaUser extends AppAccount {
  readonly profile: AppProfile;
  /** What the directory shows; the userName where it shows nothing. */
  readonly displayName: string;
}

export interface AssignOptions {
  readonly shapes: RequestShapes;
  /** "Create Users". */
  readonly create: boolean;
  /** "Update User Attributes". */
  readonly update: boolean;
  /** The placeholder password of a new account. */
  readonly password: () => string;
  /** Whether this is not the first assignment of the user that Okta tries. */
  readonly again?: boolean;
}

/** The app user is provisioned: it carries this SCIM id from now on. */
export interface Assigned {
  readonly kind: "assigned";
  readonly scimId: string;
  readonly did: "created" | "linked" | "reactivated";
}

/**
 * Assigns a user: looks for the userName, then creates the account, or links to the one that was found,
 * reactivates it where it is inactive, and pushes the profile. Any failure leaves the user without a link, even
 * where an earlier request of the same assignment has already changed the account (confirmed by Okta staff). Where the
 * answer says that the account is still inactive, the job is begun again. Inferred: how often, and at once.
 */
export function* assignUser(user: OktaUser, options: AssignOptions): Conversation<Assigned | Failure> {
  const { activationAttempts } = options.shapes.fidelity;
  for (let attempt = 1, created = false; ; attempt += 1) {
    const result = yield* assignOnce(user, options);
    if (result.kind === "assigned") return created ? { ...result, did: "created" } : result;
    if (result.kind === "failure") return result;
    created ||= result.request.startsWith("POST ");
    if (attempt >= activationAttempts) return stillInactive(namesOf(user), result);
  }
}

type Attempted = Assigned | Failure | StillInactive;

function* assignOnce(user: OktaUser, options: AssignOptions): Conversation<Attempted> {
  const names = namesOf(user);
  const { shapes } = options;
  if (options.again === true && options.create && shapes.fidelity.assignmentLookup === "first") {
    return yield* createUser(user, options);
  }
  const lookup = findUser(lookedUpValue(user.profile, shapes), shapes);
  const found = readLookup(yield lookup, shapes.fidelity.severalMatches);
  switch (found.kind) {
    case "remote-error":
      return failureOf(verifyingFailed(names), found);
    case "not-found":
      return options.create
        ? yield* createUser(user, options)
        : notSent(matchingUserNotFound(names), noMatch);
    case "resource":
      return yield* linkUser(user, found, options);
    default:
      return found satisfies never;
  }
}

export interface ProfilePush {
  readonly shapes: RequestShapes;
  /** What was pushed last. */
  readonly before: AppProfile;
  /** That of a PUT which carries one. */
  readonly password: () => string;
}

/** Pushes the profile: reads the account, writes Okta's attributes over it, sends it back; or sends the change alone. */
export function* pushProfile(
  user: OktaUser,
  scimId: string,
  { shapes, before, password }: ProfilePush,
): Conversation<Failure | undefined> {
  const sentence = profilePushFailed(namesOf(user));
  if (shapes.profile === "patch") {
    // Where a retry has nothing to change, everything is sent again.
    const changesOnly =
      shapes.fidelity.profilePatchValue === "changed" && !isSameProfile(before, user.profile);
    const value = profilePatchValue(user, { before, changesOnly }, shapes);
    const refused = readWritten(yield patchUser(scimId, value), shapes);
    return refused === undefined ? undefined : goneOr(sentence, user, scimId, refused);
  }
  const current = readResource(yield getUser(scimId), scimId);
  if (current.kind === "remote-error") return goneOr(sentence, user, scimId, current);
  const body = withPassword(withAppProfile(current.body, user, shapes), shapes, password);
  const refused = readWritten(yield putUser(scimId, body), shapes);
  return refused === undefined ? undefined : failureOf(sentence, refused);
}

/** Sets the account inactive, or deletes it where the app is set up to (Okta: Understanding SCIM: it never was before). */
export function* deactivateUser(scimId: string, shapes: RequestShapes): Conversation<Failure | undefined> {
  const refused =
    shapes.fidelity.leaverAccount === "delete"
      ? readDeleted(yield deleteUser(scimId))
      : yield* setActive(scimId, false, shapes);
  return refused?.kind === "remote-error" ? failureOf(deactivationFailed, refused) : undefined;
}

/** The attribute that is chosen as unique identifier; the application username where it has no value. */
function lookedUpValue({ userName, attributes }: AppProfile, { lookupValue }: RequestShapes): string {
  return lookupValue === "email" ? (attributes.email ?? userName) : userName;
}

function withPassword(body: JsonObject, { fidelity }: RequestShapes, password: () => string): JsonObject {
  return fidelity.putPassword === "random" ? { ...body, password: password() } : body;
}

function* createUser(user: OktaUser, { password, shapes }: AssignOptions): Conversation<Attempted> {
  const answer = yield postUser(newUserBody(user, password(), shapes));
  const created = readCreated(answer, "POST /Users");
  const sentence = creatingFailed(namesOf(user));
  if (created === undefined) return notCreated(`${sentence}: Create new user returned empty user.`);
  if (created.kind === "resource") {
    if (saysInactive(answer)) return { kind: "still-inactive", request: "POST /Users" };
    return { kind: "assigned", scimId: created.scimId, did: "created" };
  }
  const conflict = answer.kind === "response" && answer.status === 409;
  return failureOf(conflict ? conflictAtCreation : sentence, created);
}

const noMatch = "no account was found, and Create Users is off";

function notCreated(sentence: string): Failure {
  return {
    kind: "failure",
    sentence,
    reason: "the answer to POST /Users has no body",
    explanation: "The server answered with a success and no body; Okta needs the id in it.",
    cause: { kind: "malformed-answer" },
  };
}

function* linkUser(user: OktaUser, found: RemoteResource, options: AssignOptions): Conversation<Attempted> {
  const { scimId } = found;
  const { shapes, update } = options;
  const inactive = isInactive(found.body);
  if (inactive || shapes.fidelity.linkCycles === "always") {
    const refused = yield* setActive(scimId, true, shapes);
    if (refused?.kind === "still-inactive") return refused;
    if (refused !== undefined) return failureOf(reactivatingFailed(namesOf(user)), refused);
  }
  const stale = inactive && shapes.fidelity.staleActive === "stale";
  const refused = update ? yield* pushProfileOfLink(user, scimId, { ...options, active: !stale }) : undefined;
  if (refused?.kind === "still-inactive") return refused;
  if (refused !== undefined) return failureOf(linkingFailed(namesOf(user)), refused);
  return { kind: "assigned", scimId, did: inactive ? "reactivated" : "linked" };
}

/** Nothing is known of what an account that was found holds. */
const linkPatch = { before: undefined, changesOnly: false } as const;

/** Where activation travels by PUT, the profile push of an assignment says `active` too, as captures show. */
function* pushProfileOfLink(
  user: OktaUser,
  scimId: string,
  { shapes, password, active }: AssignOptions & { readonly active: boolean },
): Conversation<StillInactive | RemoteError | undefined> {
  if (shapes.profile === "patch") {
    return readWritten(yield patchUser(scimId, profilePatchValue(user, linkPatch, shapes)), shapes);
  }
  const current = readResource(yield getUser(scimId), scimId);
  if (current.kind === "remote-error") return current;
  const body = withPassword(withAppProfile(current.body, user, shapes), shapes, password);
  if (shapes.activation === "patch") return readWritten(yield putUser(scimId, body), shapes);
  const answer = yield putUser(scimId, { ...body, active });
  return active ? readActivated(answer, `PUT /Users/${scimId}`, shapes) : readWritten(answer, shapes);
}

/** Okta does not look again for an account that is gone: only unassigning and assigning does. */
function goneOr(sentence: string, user: OktaUser, scimId: string, error: RemoteError): Failure {
  if (error.cause.kind !== "status" || error.cause.status !== 404) return failureOf(sentence, error);
  return {
    kind: "failure",
    sentence: noUserReturned(namesOf(user), scimId),
    reason: error.reason,
    explanation: "Okta treats a 404 as a deleted account. Unassign the user and assign it again.",
    cause: error.cause,
  };
}

function namesOf({ profile, displayName }: OktaUser): { userName: string; displayName: string } {
  return { userName: profile.userName, displayName };
}
