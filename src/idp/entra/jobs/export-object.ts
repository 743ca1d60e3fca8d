/** What Entra says to a SCIM server about one user or group, its references apart: match, create, read, update. */

import type { EntraTargetActions } from "../../../directory/entra-app-settings.ts";
import type { JsonObject } from "../../../ground/json.ts";
import type { Conversation } from "../../../wire/conversation.ts";
import type { WireAnswer, WireRequest } from "../../../wire/exchange.ts";
import type { Failure } from "../../run/failure.ts";
import {
  invalidAnchor,
  ownFailure,
  readCreated,
  readLookUp,
  readObject,
  readWritten,
  type Judged,
  type MatchedObject,
} from "../requests/answers.ts";
import { changesTo, type HeldValues } from "../mapping/changes.ts";
import { valueText, type MappedValue } from "../mapping/mapped-value.ts";
import type { MappedAttribute } from "../mapping/mapping.ts";
import { attributeOperations, type AttributeChange } from "./operations.ts";
import type { RequestShapes } from "../requests/request-shapes.ts";
import { create, lookUp, patch, readById, type Endpoint } from "../requests/requests.ts";

/** A user or group of Entra, as the target is to have it. */
export interface SourceObject {
  readonly endpoint: Endpoint;
  /** Matching attributes in the order of their precedence, empty ones left out; at least one. */
  readonly matching: readonly MappedAttribute[];
  readonly attributes: readonly MappedAttribute[];
  /** With defaults, and with what applies only during creation. */
  readonly attributesAtCreation: readonly MappedAttribute[];
  readonly newBody: (attributes: readonly MappedAttribute[]) => JsonObject;
}

export interface ExportOptions {
  readonly shapes: RequestShapes;
  readonly actions: EntraTargetActions;
  /** Whether another object of Entra is linked to that one of the target. */
  readonly isTaken: (scimId: string) => boolean;
  /** The user is blocked, deleted or out of scope: an account that is gone is not created again for that. */
  readonly isLeaving?: boolean;
  /** The object was linked, was gone, and is matched for the second time. */
  readonly isSecondMatch?: boolean;
}

/** An object that Entra knows at the target. */
export interface Anchor {
  readonly scimId: string;
  /** What Entra remembers of it. */
  readonly values: Readonly<Record<string, MappedValue>>;
  /** Whether it is looked up by the matching attribute, and not read by its id. */
  readonly lookUp: boolean;
}

export type Exported =
  | {
      readonly kind: "exported";
      readonly scimId: string;
      readonly did: "created" | "linked" | "updated" | "disabled" | "enabled";
      /** What the target was made to have, or had. */
      readonly attributes: readonly MappedAttribute[];
    }
  | {
      readonly kind: "skipped";
      readonly why: string;
      /** Undefined where the object is not linked. */
      readonly scimId: string | undefined;
      readonly attributes: readonly MappedAttribute[];
    }
  | {
      readonly kind: "export-failed";
      readonly failure: Failure;
      /** The link that was made, or stays; undefined where there is none, or none any more. */
      readonly scimId: string | undefined;
      readonly atCreation: boolean;
    };

/** An object without a link: it is matched, then linked and updated, or created. */
export function* exportUnlinked(object: SourceObject, options: ExportOptions): Conversation<Exported> {
  const match = yield* matchObject(object, options);
  switch (match.kind) {
    case "failure":
      return failed(match, undefined);
    case "none":
      return yield* createObject(object, options);
    case "found":
      return yield* linkObject(match, object, options);
    default:
      return match satisfies never;
  }
}

/** Creates an object: a user that is there already is a conflict. */
export function* createObject(object: SourceObject, options: ExportOptions): Conversation<Exported> {
  // Microsoft: How provisioning works: who is disabled in Entra ID is never created.
  if (options.isLeaving === true) return skipped("there is no account in the target to disable", undefined);
  if (!options.actions.create)
    return skipped("nothing in the target matches, and the Create action is off", undefined);
  const { attributesAtCreation: attributes, endpoint } = object;
  const missing = missingAttribute(object);
  if (missing !== undefined) return skipped(`MandatoryFieldsMissing: ${missing} has no value`, undefined);
  const created = readCreated(
    yield* exchange(create(endpoint, object.newBody(attributes), options.shapes), options),
  );
  if (created.kind === "failure") return { ...failed(created, undefined), atCreation: true };
  return { kind: "exported", scimId: created.scimId, did: "created", attributes };
}

/** An object with a link: it is read, compared and updated; one that is gone is matched again, or an error. */
export function* exportLinked(
  anchor: Anchor,
  object: SourceObject,
  options: ExportOptions,
): Conversation<Exported> {
  if (!options.actions.update) return skipped("the Update action is off", anchor.scimId);
  const current = yield* currentValues(anchor, object, options);
  if (current.kind === "failure") return failed(current, anchor.scimId);
  if (current.kind === "gone") return yield* exportGone(anchor.scimId, object, options);
  return yield* updateObject(anchor.scimId, current, object, options);
}

function* linkObject(
  match: MatchedObject,
  object: SourceObject,
  options: ExportOptions,
): Conversation<Exported> {
  const { scimId, body, matched } = match;
  if (options.isTaken(scimId)) return failed(duplicateSource(matched), undefined);
  if (!options.actions.update) {
    return { kind: "exported", scimId, did: "linked", attributes: [] };
  }
  const updated = yield* updateObject(scimId, { kind: "answered", body }, object, options);
  if (updated.kind === "export-failed") return updated;
  const isEnabled = updated.kind === "exported" && updated.did === "enabled";
  return { kind: "exported", scimId, did: isEnabled ? "enabled" : "linked", attributes: object.attributes };
}

function* updateObject(
  scimId: string,
  held: HeldValues,
  object: SourceObject,
  options: ExportOptions,
): Conversation<Exported> {
  const { endpoint, attributes } = object;
  const { shapes } = options;
  const changes = changesTo(held, attributes, shapes.fidelity);
  if (changes.length === 0) {
    return { kind: "skipped", why: "RedundantExport: the target has these values", scimId, attributes };
  }
  const operations = attributeOperations(changes, shapes);
  const refused = readWritten(yield* exchange(patch(endpoint, scimId, operations, shapes), options));
  if (refused === undefined) return { kind: "exported", scimId, did: whatWasDone(changes), attributes };
  if (refused.kind === "gone") return yield* exportGone(scimId, object, options);
  return failed(refused, scimId);
}

/** Inferred: matched again once, then created; or an error until a restart (Microsoft: provisioning log error codes). */
function* exportGone(scimId: string, object: SourceObject, options: ExportOptions): Conversation<Exported> {
  if (options.shapes.fidelity.entraGoneAccount === "invalid-anchor") return failed(invalidAnchor(), scimId);
  if (options.isSecondMatch === true) return failed(invalidAnchor(), undefined);
  return yield* exportUnlinked(object, { ...options, isSecondMatch: true });
}

type Current = HeldValues | Failure | { readonly kind: "gone" };

/** What the target has now, by the id, or by the matching attribute. */
function* currentValues(anchor: Anchor, object: SourceObject, options: ExportOptions): Conversation<Current> {
  const { fidelity } = options.shapes;
  if (anchor.lookUp) {
    const match = yield* matchObject(object, options);
    if (match.kind === "failure") return match;
    // By whatever name it has now, the object is the one with the stored id.
    if (match.kind === "found" && match.scimId === anchor.scimId)
      return { kind: "answered", body: match.body };
  }
  if (fidelity.entraReadBeforeUpdate === "none") return { kind: "remembered", values: anchor.values };
  const request = readById(object.endpoint, anchor.scimId, options.shapes);
  const read = readObject(yield* exchange(request, options), anchor.scimId);
  return read.kind === "found" ? { kind: "answered", body: read.body } : read;
}

/** One request for each matching attribute, until one hits (Microsoft: Customize attribute mappings, matching). */
export function* matchObject(
  { endpoint, matching }: Pick<SourceObject, "endpoint" | "matching">,
  options: Pick<ExportOptions, "shapes">,
): Conversation<MatchedObject | Failure | { readonly kind: "none" }> {
  for (const sought of matching) {
    const { target, value } = sought;
    const request = lookUp(
      endpoint,
      { attribute: target.path.text, value: valueText(value) },
      options.shapes,
    );
    const found = readLookUp(yield* exchange(request, options), sought);
    if (found.kind !== "none") return found;
  }
  return { kind: "none" };
}

/** Sends a request, and has its answer judged by what this Entra is like. */
export function* exchange(
  request: WireRequest,
  { shapes }: Pick<ExportOptions, "shapes">,
): Generator<WireRequest, Judged, WireAnswer> {
  const answer = yield request;
  return { request, answer, fidelity: shapes.fidelity };
}

/** What the schemas require of a new object (RFC 7643 §4.1.1 and §4.2), where it has no value. */
function missingAttribute({ endpoint, attributesAtCreation }: SourceObject): string | undefined {
  const required = endpoint === "/Users" ? "userName" : "displayName";
  return attributesAtCreation.some(({ target }) => target.path.text === required) ? undefined : required;
}

function whatWasDone(changes: readonly AttributeChange[]): "updated" | "disabled" | "enabled" {
  const active = changes.find(({ target }) => target.path.text === "active");
  if (active === undefined) return "updated";
  return active.value === false ? "disabled" : "enabled";
}

function duplicateSource({ target, value }: MappedAttribute): Failure {
  return ownFailure(
    "DuplicateSourceEntries",
    `Another object of Entra ID is already linked to the target's object with ${target.path.text} ${JSON.stringify(value)}.`,
  );
}

function failed(failure: Failure, scimId: string | undefined): Exported & { readonly kind: "export-failed" } {
  return { kind: "export-failed", failure, scimId, atCreation: false };
}

function skipped(why: string, scimId: string | undefined): Exported {
  return { kind: "skipped", why, scimId, attributes: [] };
}
