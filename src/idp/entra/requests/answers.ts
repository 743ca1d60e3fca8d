/** What Entra reads from an answer: whether an object was found, what it holds, the id of what was created. */

import { readMappedValue } from "../../../astro/mapped-path.ts";
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../../ground/json.ts";
import { foldCase } from "../../../ground/text/fold-case.ts";
import { bodyInWords } from "../../../wire/body-in-words.ts";
import { isSuccess, type WireAnswer, type WireRequest, type WireResponse } from "../../../wire/exchange.ts";
import type { EntraFidelity } from "../../../fidelity/table.ts";
import type { Failure, FailureCause } from "../../run/failure.ts";
import { reasonPhrase } from "../../run/reason-phrase.ts";
import { isUsableId } from "../../usable-id.ts";
import { duplicatesCodes, errorCode, type EntraCode } from "./error-codes.ts";
import { valueText } from "../mapping/mapped-value.ts";
import type { MappedAttribute } from "../mapping/mapping.ts";

/** An object of the target with the id by which Entra will know it. */
export interface TargetObject {
  readonly kind: "found";
  readonly scimId: string;
  readonly body: JsonObject;
}

/** One that a look-up found, with the attribute by which it did. */
export interface MatchedObject extends TargetObject {
  readonly matched: MappedAttribute;
}

/** An exchange, judged by this Entra. */
export interface Judged {
  readonly request: WireRequest;
  readonly answer: WireAnswer;
  readonly fidelity: EntraFidelity;
}

/**
 * The outcome of a look-up: one object or none. Several are an error: duplicates where all have the value that was
 * looked for, and an error of its own where only some have it (FusionAuth/fusionauth-issues #3111). Where none has
 * it, the server ignores the filter (Inferred).
 */
export function readLookUp(
  judged: Judged,
  sought: MappedAttribute,
): MatchedObject | { readonly kind: "none" } | Failure {
  const list = readList(judged);
  if (list.kind === "failure") return list;
  const { resources } = list;
  const unwanted = unwantedMembers(resources, judged);
  if (unwanted !== undefined) return unwanted;
  const fitting = resources.filter((one) => isSought(one, sought));
  const [first] = fitting;
  if (first === undefined) return resources.length === 0 ? { kind: "none" } : notFiltered(sought);
  if (fitting.length < resources.length) return severalEntries(resources.length, fitting.length, sought);
  if (fitting.length > 1) return duplicates(fitting.length, sought, judged.fidelity);
  const object = objectOf(first, "The object that was found");
  return object.kind === "failure" ? object : { ...object, matched: sought };
}

/** A ListResponse; its counters are not looked at. */
export function readList(
  judged: Judged,
): { readonly kind: "list"; readonly resources: readonly JsonValue[] } | Failure {
  const read = readBody(judged);
  if (read.kind === "failure") return read;
  const { totalResults, Resources: resources } = read.body;
  if (typeof totalResults !== "number") {
    return incompatible("The answer is not a ListResponse: totalResults is missing or not a number.");
  }
  return { kind: "list", resources: isJsonArray(resources) ? resources : [] };
}

/** Whether a query of a reference found something; what cannot be read found nothing. */
export function isListed(judged: Judged): boolean {
  const list = isSuccess(judged.answer) ? readList(judged) : undefined;
  return list?.kind === "list" && list.resources.length > 0;
}

/** An object that was asked for by its id, a group without its members: the id asked for counts, whatever the body says. */
export function readObject(
  judged: Judged,
  scimId: string,
): TargetObject | { readonly kind: "gone" } | Failure {
  if (isGone(judged.answer)) return { kind: "gone" };
  const read = readBody(judged);
  if (read.kind === "failure") return read;
  return unwantedMembers([read.body], judged) ?? { kind: "found", scimId, body: read.body };
}

/** An object that was created: without an id in the answer Entra cannot go on. */
export function readCreated(judged: Judged): TargetObject | Failure {
  const read = readBody(judged);
  return read.kind === "failure" ? read : objectOf(read.body, "The answer to the POST");
}

/** Whether a PATCH was taken; the body does not matter. Whether a 404 means that the object is gone is a switch. */
export function readWritten(judged: Judged): { readonly kind: "gone" } | Failure | undefined {
  if (isSuccess(judged.answer)) return undefined;
  if (!isGone(judged.answer)) return refused(judged);
  return judged.fidelity.entraPatchNotFound === "gone" ? { kind: "gone" } : refused(judged);
}

/** Why an object is not deleted; what is gone already is deleted, unless this Entra minds. */
export function readDeleted(judged: Judged): Failure | undefined {
  if (isSuccess(judged.answer)) return undefined;
  if (!isGone(judged.answer)) return refused(judged);
  return judged.fidelity.entraDeleteGone === "done" ? undefined : invalidAnchor();
}

/** A failure that Entra finds out by itself. */
export function ownFailure(
  code: EntraCode,
  message: string,
  cause: FailureCause = { kind: "not-sent" },
): Failure {
  return {
    kind: "failure",
    code,
    sentence: `${code}: ${message}`,
    reason: inShort(message),
    explanation: undefined,
    cause,
  };
}

/** A known object is not there any more (Microsoft: provisioning log error codes). */
export function invalidAnchor(): Failure {
  return ownFailure(
    "InvalidAnchor",
    "A user or group that was created or matched by the provisioning service no longer exists in the target. Restart provisioning.",
    { kind: "status", status: 404 },
  );
}

function isGone(answer: WireAnswer): boolean {
  return answer.kind === "response" && answer.status === 404;
}

function readBody(judged: Judged): { readonly kind: "body"; readonly body: JsonObject } | Failure {
  const { answer } = judged;
  if (!isSuccess(answer)) return refused(judged);
  if (isJsonObject(answer.json)) return { kind: "body", body: answer.json };
  return incompatible(
    `The server answered ${answer.status} with ${bodyInWords(answer)} instead of a JSON object.`,
  );
}

/** The message holds the name of the status and the body as it came, as the provisioning logs show it. */
function refused(judged: Judged): Failure {
  const { answer, request, fidelity } = judged;
  const code = errorCode(answer, request, fidelity);
  if (answer.kind === "no-response") {
    return {
      kind: "failure",
      code,
      sentence: `${code}: ${answer.message}`,
      reason: inShort(answer.message),
      explanation: answer.message,
      cause: { kind: "no-response", reason: answer.reason },
    };
  }
  const phrase = reasonPhrase(answer.status);
  const raw = answer.text.trim().slice(0, maxRawLength);
  const web = raw === "" ? "" : ` Web Response: ${raw}`;
  return {
    kind: "failure",
    code,
    sentence: `${code}: StatusCode: ${phrase.replaceAll(" ", "")}. Message: Processing of the HTTP request resulted in an exception.${web}`,
    reason: inWords(answer, phrase),
    explanation: answer.remark,
    cause: { kind: "status", status: answer.status },
  };
}

/** Longer bodies are cut: they are text of a server that is not trusted. */
const maxRawLength = 500;

function inWords(answer: WireResponse, phrase: string): string {
  const { status, json, text } = answer;
  const head = phrase.startsWith("HTTP") ? phrase : `${status} ${phrase}`;
  const detail = isJsonObject(json) ? json["detail"] : undefined;
  if (typeof detail === "string" && detail !== "")
    return `${head}: ${detail.slice(0, maxRawLength).replace(/\.$/, "")}`;
  return text.trim() === "" || isJsonObject(json) ? head : `${head}: ${bodyInWords(answer)}`;
}

function objectOf(body: JsonValue, what: string): TargetObject | Failure {
  const scimId = isJsonObject(body) ? body["id"] : undefined;
  if (!isJsonObject(body) || typeof scimId !== "string") return incompatible(`${what} has no id.`);
  if (!isUsableId(scimId)) return incompatible(`${what} has an id that cannot be used in a URL.`);
  return { kind: "found", scimId, body };
}

/** An object without the attribute may be the right one. */
function isSought(found: JsonValue, { target, value }: MappedAttribute): boolean {
  const held = isJsonObject(found) ? readMappedValue(found, target.path) : undefined;
  return held === undefined || foldCase(held) === foldCase(valueText(value));
}

function notFiltered({ target, value }: MappedAttribute): Failure {
  return ownFailure(
    "SystemForCrossDomainIdentityManagementServiceIncompatibleFiltering",
    `The server returned an object with another ${target.path.text} than ${JSON.stringify(value)}, which the filter asks for: the server ignores the filter.`,
    { kind: "malformed-answer" },
  );
}

function duplicates(
  count: number,
  { target, value }: MappedAttribute,
  { entraDuplicatesCode }: EntraFidelity,
): Failure {
  return ownFailure(
    duplicatesCodes[entraDuplicatesCode],
    `${count} objects of the target have ${JSON.stringify(value)} as ${target.path.text}.`,
    { kind: "malformed-answer" },
  );
}

/**
 * A group with members although the request excludes them: "you make a GET request to retrieve a group, provide a filter to
 * exclude members, and your SCIM endpoint returns the members" (Microsoft: provisioning log error codes).
 */
function unwantedMembers(
  resources: readonly JsonValue[],
  { request, fidelity }: Judged,
): Failure | undefined {
  const excludes = request.path.startsWith("/Groups") && request.path.includes("excludedAttributes=members");
  if (!excludes || fidelity.entraMembersReturned === "ignored") return undefined;
  const hasMembers = (one: JsonValue): boolean => {
    const members = isJsonObject(one) ? one["members"] : undefined;
    return isJsonArray(members) && members.length > 0;
  };
  if (!resources.some(hasMembers)) return undefined;
  return ownFailure(
    duplicatesCodes["multiple-entries"],
    "The server returned a group with its members, although excludedAttributes=members asks for it without them.",
    { kind: "malformed-answer" },
  );
}

/** Some objects of an answer are the one that was looked for, others are not. */
function severalEntries(hits: number, fitting: number, { target, value }: MappedAttribute): Failure {
  return ownFailure(
    duplicatesCodes["multiple-entries"],
    `The server returned ${hits} objects, and only ${fitting} of them ${fitting === 1 ? "has" : "have"} ` +
      `${JSON.stringify(value)} as ${target.path.text}, as the filter asks.`,
    { kind: "malformed-answer" },
  );
}

function incompatible(message: string): Failure {
  return ownFailure("SystemForCrossDomainIdentityManagementServiceIncompatible", message, {
    kind: "malformed-answer",
  });
}

/** A sentence as a part of another one: without its capital and its full stop. */
function inShort(sentence: string): string {
  const start = sentence.startsWith("The ") ? "t" : sentence.charAt(0);
  return `${start}${sentence.slice(1)}`.replace(/\.$/, "");
}
