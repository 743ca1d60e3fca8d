/** What is odd about a single resource in an answer: against the id that was asked for, and against what was sent. */

import { documentedAttributePaths } from "../../astro/attributes.ts";
import { parseMappedPath, withMappedValue, type MappedPath } from "../../astro/mapped-path.ts";
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../ground/json.ts";
import { foldCase } from "../../ground/text/fold-case.ts";
import type { WireRequest } from "../../wire/exchange.ts";
import { observeMembers } from "./members.ts";
import type { Deviation } from "./deviation.ts";

/** `answered` is the body of a success; what it leaves out counts only where it is a whole resource. */
export function observeResource(request: WireRequest, answered: JsonObject): readonly Deviation[] {
  return [
    ...observeId(request, answered),
    ...("password" in answered ? [{ code: "password-returned" } as const] : []),
    ...observeValues(sentBy(request), answered),
    ...observeMembers(request, answered),
  ];
}

/** A created resource without an id is the provider's own failure: it is not odd, it is noticed. */
function observeId({ method, path }: WireRequest, answered: JsonObject): readonly Deviation[] {
  if (method === "POST") return [];
  const { id } = answered;
  if (typeof id !== "string") return isWhole(answered) ? [{ code: "no-id" }] : [];
  const [resource = path] = path.split("?");
  const asked = decodeURIComponent(resource.slice(resource.lastIndexOf("/") + 1));
  return id === asked ? [] : [{ code: "other-id", asked, got: id }];
}

/** The attributes that a write carries; of a PATCH, those that its operations add or replace (RFC 7644 §3.5.2). */
function sentBy({ method, body = {} }: WireRequest): JsonObject {
  if (method !== "PATCH") return body;
  const operations = isJsonArray(body["Operations"]) ? body["Operations"] : [];
  return operations.reduce<JsonObject>((sent, operation) => {
    const { op, path, value } = isJsonObject(operation) ? operation : {};
    if (typeof op !== "string" || foldCase(op) === "remove" || value === undefined) return sent;
    if (path === undefined) return isJsonObject(value) ? { ...sent, ...value } : sent;
    return typeof path === "string" ? withValueAt(sent, path, value) : sent;
  }, {});
}

/** A path that names a value of its own, `active` or `name.givenName`; others say nothing of what is looked at here. */
function withValueAt(sent: JsonObject, path: string, value: JsonValue): JsonObject {
  if (!/^\w+(?:\.\w+)?$/.test(path)) return sent;
  const plain = path === "active" ? asBoolean(value) : value;
  return withMappedValue(sent, parseMappedPath(path), plain);
}

/** Entra ID without the flag sends `"False"` (Microsoft: Known issues with SCIM compliance). */
function asBoolean(value: JsonValue): JsonValue {
  if (typeof value !== "string") return value;
  const word = foldCase(value);
  return word === "true" ? true : word === "false" ? false : value;
}

/**
 * The attributes with one value that a provider is master of; e-mail addresses are looked at apart. A server may make
 * what it likes of all others.
 */
const mastered = ["userName", ...documentedAttributePaths, "externalId", "active"]
  .map(parseMappedPath)
  .filter(({ selector }) => selector === undefined);

function observeValues(sent: JsonObject, answered: JsonObject): readonly Deviation[] {
  const values = mastered.flatMap((path): readonly Deviation[] => {
    const value = valueAt(sent, path);
    if (typeof value !== "string" && typeof value !== "boolean") return [];
    const got = valueAt(answered, path);
    if (got === undefined && !(isWhole(answered) && value !== true)) return [];
    return isSame(value, got) ? [] : [notStored(path.text, value, got)];
  });
  return [...values, ...observeEmail(sent["emails"], answered)];
}

function observeEmail(sent: JsonValue | undefined, answered: JsonObject): readonly Deviation[] {
  const email = valuesOf(sent).find(({ primary }) => primary === true)?.["value"];
  if (typeof email !== "string") return [];
  const { emails } = answered;
  if (emails === undefined && !isWhole(answered)) return [];
  const got = valuesOf(emails);
  if (got.some(({ value }) => isSame(email, value))) return [];
  return [notStored("emails", email, got[0]?.["value"])];
}

function valuesOf(values: JsonValue | undefined): readonly JsonObject[] {
  return isJsonArray(values) ? values.filter(isJsonObject) : [];
}

function notStored(attribute: string, sent: string | boolean, answered: JsonValue | undefined): Deviation {
  return { code: "value-not-stored", attribute, sent, answered: answered ?? null };
}

function valueAt(
  resource: JsonObject,
  { attribute, subAttribute }: Pick<MappedPath, "attribute" | "subAttribute">,
): JsonValue | undefined {
  const value = resource[attribute];
  if (subAttribute === undefined) return value;
  return isJsonObject(value) ? value[subAttribute] : undefined;
}

/** Whatever its case: which attributes are case-exact is a question for a check of the schema. */
function isSame(sent: string | boolean, got: JsonValue | undefined): boolean {
  if (typeof sent === "string" && typeof got === "string") return foldCase(sent) === foldCase(got);
  return sent === got;
}

/** A representation and not just an id, which is all that a provider needs of an answer. */
function isWhole(answered: JsonObject): boolean {
  return typeof answered["userName"] === "string" || typeof answered["displayName"] === "string";
}
