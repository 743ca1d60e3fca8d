/** What Okta reads from an answer: a found resource, a resource by id, the id of what was created. */

import type { OktaFidelity } from "../../../fidelity/table.ts";
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../../ground/json.ts";
import { errorUrn } from "../../../scim/urn.ts";
import { isSuccess, type WireAnswer } from "../../../wire/exchange.ts";
import { isUsableId } from "../../usable-id.ts";
import { invalidJson, malformed, remoteError, type RemoteError } from "./remote-error.ts";

/** A resource of the server with the id by which Okta will know it. */
export interface RemoteResource {
  readonly kind: "resource";
  readonly scimId: string;
  readonly body: JsonObject;
}

export interface NotFound {
  readonly kind: "not-found";
}

/**
 * The outcome of a look-up: the first resource of the list, unless several are an error; none; or an error.
 * A 404 with a SCIM error body means none (Okta: "Okta and SCIM Version 2.0"). A counter that is a string stops
 * Okta without a message.
 */
export function readLookup(
  answer: WireAnswer,
  several: OktaFidelity["severalMatches"] = "first",
): RemoteResource | NotFound | RemoteError {
  if (isScimNotFound(answer)) return { kind: "not-found" };
  const list = readList(answer);
  if (list.kind === "remote-error") return list;
  if (list.totalResults === 0) return { kind: "not-found" };
  if (several === "fail" && list.totalResults > 1) {
    return malformed(
      undefined,
      `The look-up returned ${list.totalResults} resources; at most one is expected.`,
    );
  }
  const [first] = list.resources;
  return first === undefined
    ? malformed(undefined, `The list has totalResults ${list.totalResults} but no resources.`)
    : resourceOf(first, "The first resource that was found");
}

export interface RemoteList {
  readonly kind: "list";
  readonly totalResults: number;
  readonly resources: readonly JsonValue[];
}

/** A ListResponse (RFC 7644 §3.4.2). */
export function readList(answer: WireAnswer): RemoteList | RemoteError {
  const read = readBody(answer);
  if (read.kind === "remote-error") return read;
  const { body } = read;
  const { totalResults, Resources: resources } = body;
  for (const counter of ["totalResults", "startIndex", "itemsPerPage"]) {
    const value = body[counter];
    if (typeof value === "string") {
      return malformed(undefined, `"${counter}" is the string "${value.slice(0, 20)}"; it must be a number.`);
    }
  }
  if (typeof totalResults !== "number") {
    return malformed(undefined, "The answer is not a ListResponse: totalResults is missing or not a number.");
  }
  return { kind: "list", totalResults, resources: isJsonArray(resources) ? resources : [] };
}

/** A resource that was asked for by its id; the id asked for counts, whatever the body says. */
export function readResource(answer: WireAnswer, scimId: string): RemoteResource | RemoteError {
  const read = readBody(answer);
  return read.kind === "remote-error" ? read : { kind: "resource", scimId, body: read.body };
}

/**
 * A resource that was created by this request, such as `POST /Users`. An empty body is `undefined`: Okta has a
 * sentence of its own for it.
 */
export function readCreated(answer: WireAnswer, request: string): RemoteResource | RemoteError | undefined {
  if (isSuccess(answer) && answer.text.trim() === "") return undefined;
  const read = readBody(answer);
  return read.kind === "remote-error" ? read : resourceOf(read.body, `The answer to ${request}`);
}

/**
 * Whether a write was taken: its status says so. An answer without a body is as good as one with it; a body that is no JSON
 * object is an error where this Okta parses every body that it gets.
 */
export function readWritten(
  answer: WireAnswer,
  { fidelity }: { readonly fidelity: Pick<OktaFidelity, "unreadableBody"> },
): RemoteError | undefined {
  if (!isSuccess(answer)) return remoteError(answer);
  const isReadable = answer.text.trim() === "" || isJsonObject(answer.json);
  return isReadable || fidelity.unreadableBody === "ignore" ? undefined : invalidJson(answer);
}

/** Whether a deletion was taken: nobody reads what its answer says. */
export function readDeleted(answer: WireAnswer): RemoteError | undefined {
  return isSuccess(answer) ? undefined : remoteError(answer);
}

/** A 404 whose body is a SCIM error: the resource is not there; any other 404 may be a wrong URL. */
function isScimNotFound(answer: WireAnswer): boolean {
  if (answer.kind !== "response" || answer.status !== 404 || !isJsonObject(answer.json)) return false;
  const { schemas } = answer.json;
  return isJsonArray(schemas) && schemas.includes(errorUrn);
}

function readBody(answer: WireAnswer): { readonly kind: "body"; readonly body: JsonObject } | RemoteError {
  if (!isSuccess(answer)) return remoteError(answer);
  return isJsonObject(answer.json) ? { kind: "body", body: answer.json } : invalidJson(answer);
}

function resourceOf(body: JsonValue, what: string): RemoteResource | RemoteError {
  const scimId = isJsonObject(body) ? body["id"] : undefined;
  if (!isJsonObject(body) || typeof scimId !== "string") return malformed(undefined, `${what} has no id.`);
  if (!isUsableId(scimId)) return malformed(undefined, `${what} has an id that cannot be used in a URL.`);
  return { kind: "resource", scimId, body };
}
