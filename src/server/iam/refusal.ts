/** What the organization refuses, as Astro's own API says it. */

import type { Behaviour } from "../../astro/behaviour/table.ts";
import type { DirectOutcome, DirectRefusal, DirectRemoval } from "../organization/direct/direct-outcome.ts";
import type { TeamAction } from "../organization/scim-mode.ts";
import type { StoredResource } from "../store/rows.ts";
import { IamError, invalidRequest } from "./iam-error.ts";

/** What a request is about, in words: `user c…`. */
export interface Subject {
  readonly what: "user" | "Team" | "invitation";
  readonly id: string;
}

/** The row that was written. @throws IamError for what was refused */
export function storedRow(outcome: DirectOutcome, subject: Subject, rules: Behaviour): StoredResource {
  if (outcome.kind === "stored") return outcome.resource;
  throw refusalError(outcome, subject, rules);
}

/** @throws IamError for what was refused */
export function requireRemoved(outcome: DirectRemoval, subject: Subject, rules: Behaviour): void {
  if (outcome.kind !== "removed") throw refusalError(outcome, subject, rules);
}

const inWords: Readonly<Record<TeamAction, string>> = {
  create: "Teams cannot be created",
  "add-members": "members cannot be added to a Team",
  "remove-member": "members cannot be removed from an IdP-managed Team",
  delete: "an IdP-managed Team cannot be deleted",
  rename: "the name and description of this Team cannot be changed",
  "change-roles": "the roles of this Team cannot be changed",
};

const notFound = ({ what, id }: Subject): IamError =>
  new IamError(404, `${what} ${id.slice(0, 100)} not found in this organization`);

function refusalError(refusal: DirectRefusal, subject: Subject, rules: Behaviour): IamError {
  if (isUnknownPart(refusal)) return unknownPart(refusal);
  switch (refusal.kind) {
    case "not-found":
      return notFound(subject);
    case "not-a-member":
      return new IamError(404, `${subject.what} ${subject.id.slice(0, 100)} is not a member of this Team`);
    case "scim-mode":
      return new IamError(
        statusOf(rules.scimModeRefusal),
        `${inWords[refusal.action]} in Astro while SCIM is enabled; use the identity provider`,
      );
    case "conflict":
      return taken("name", `another Team has the name ${refusal.value.slice(0, 100)}`, rules.teamNameTaken);
    case "already-there":
      return taken(
        "inviteeEmail",
        `${refusal.value.slice(0, 100)} is a member of this organization, or is invited`,
        rules.existingInvitee,
      );
    case "last-owner":
      return new IamError(
        statusOf(rules.lastOwner),
        "this is the last active Organization Owner; make another user an owner first",
      );
    case "precondition-failed":
    case "user-name-change":
    case "unmanaged-team":
      throw new TypeError(`${refusal.kind} is not a refusal of Astro's own API`);
  }
}

function statusOf(answer: Behaviour["scimModeRefusal"] | Behaviour["lastOwner"]): 400 | 403 {
  return answer === "forbidden" || answer === "forbid" ? 403 : 400;
}

/** What a body names and the organization does not have. */
type UnknownPart = Extract<DirectRefusal, { readonly kind: (typeof unknownKinds)[number] }>;

const unknownKinds = [
  "unknown-member",
  "nested-group",
  "inactive-member",
  "unknown-workspace",
  "unknown-deployment",
  "unknown-role",
] as const;

function isUnknownPart(refusal: DirectRefusal): refusal is UnknownPart {
  return unknownKinds.some((kind) => kind === refusal.kind);
}

function unknownPart(refusal: UnknownPart): IamError {
  switch (refusal.kind) {
    case "unknown-member":
    case "nested-group":
      return unknown("memberIds", `there is no user ${refusal.value.slice(0, 100)}`);
    case "inactive-member":
      return unknown("memberIds", `the user ${refusal.value.slice(0, 100)} is inactive`);
    case "unknown-workspace":
      return unknown(refusal.field, `there is no Workspace ${refusal.value.slice(0, 100)}`);
    case "unknown-deployment":
      return unknown(refusal.field, `there is no Deployment ${refusal.value.slice(0, 100)}`);
    case "unknown-role":
      return unknown(refusal.field, `there is no role ${refusal.value.slice(0, 100)}`);
  }
}

function unknown(field: string, message: string): IamError {
  return invalidRequest([{ field, code: "unknown", message: `${message} in this organization` }]);
}

function taken(field: string, message: string, answer: "bad-request" | "conflict"): IamError {
  const error = invalidRequest([{ field, code: "unique", message }]);
  return answer === "bad-request" ? error : new IamError(409, error.message);
}
