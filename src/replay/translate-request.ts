/** A recorded request in the ids of the target: in its path, its filter and its body. */

import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../ground/json.ts";
import type { WireRequest } from "../wire/exchange.ts";
import { redacted } from "../wire/redact-json.ts";
import { isSecretName } from "../wire/secret-names.ts";
import type { Identities, ResourceKind } from "./identities.ts";
import { isReference, kindInPath, member, resourceIn } from "./resource.ts";
import { translateFilter } from "./translate-filter.ts";

export interface IdInRequest {
  readonly id: string;
  /** Undefined for a member, which may be a user or a Team. */
  readonly kind: ResourceKind | undefined;
}

export interface TranslatedRequest {
  readonly request: WireRequest;
  /** Ids in the path and the body that have no counterpart yet; they stand in the request as they are. */
  readonly unknownIds: readonly IdInRequest[];
}

export interface Translation {
  readonly ids: Identities;
  /** SCIM base URL of the target, without a query: for `$ref`. */
  readonly baseUrl: string;
  /** What stands for each password, recorded or taken out of the recording; never the same twice. */
  readonly secret: () => string;
}

export function translateRequest(recorded: WireRequest, translation: Translation): TranslatedRequest {
  const unknownIds: IdInRequest[] = [];
  const given = (id: string, kind?: ResourceKind): string => {
    const found = translation.ids.given(id, kind);
    // A reference inside one bulk request is not an id (RFC 7644 §3.7.2).
    if (found === undefined && !id.startsWith("bulkId:")) unknownIds.push({ id, kind });
    return found ?? id;
  };
  const context: Context = { ...translation, given, place: "value", kind: kindInPath(recorded.path) };
  const { method, body } = recorded;
  const request = {
    method,
    path: translatePath(recorded.path, context),
    headers: recorded.headers,
  };
  if (body === undefined) return { request, unknownIds };
  return { request: { ...request, body: translateObject(body, context) }, unknownIds };
}

interface Context extends Translation {
  readonly given: (id: string, kind?: ResourceKind) => string;
  readonly kind: ResourceKind | undefined;
  /** Inside `members` and the like, `value` is an id. */
  readonly place: "value" | "reference";
}

function translatePath(path: string, context: Context): string {
  const [pathOnly = "", ...query] = path.split("?");
  const resource = resourceIn(pathOnly);
  const translated =
    resource === undefined
      ? pathOnly
      : `/${resource.kind}/${encodeURIComponent(context.given(resource.id, resource.kind))}`;
  if (query.length === 0) return translated;
  return `${translated}?${query
    .join("?")
    .split("&")
    .map((part) => translateQueryPart(part, context))
    .join("&")}`;
}

/** A part that needs no change stays as it was written. */
function translateQueryPart(part: string, { ids, kind }: Context): string {
  const equals = part.indexOf("=");
  const key = part.slice(0, equals).toLowerCase();
  if (equals === -1 || key !== "filter") return part;
  const raw = part.slice(equals + 1);
  const text = decoded(raw);
  const translated = translateFilter(text, (id, of) => ids.given(id, of), kind);
  if (translated === text) return part;
  const encoded = encodeURIComponent(translated);
  return `${part.slice(0, equals)}=${raw.includes("+") ? encoded.replaceAll("%20", "+") : encoded}`;
}

function translateObject(object: JsonObject, context: Context): JsonObject {
  const path = member(object, "path");
  // The value of a PATCH operation on members is one of members.
  const operatesOn = typeof path === "string" ? (path.split("[")[0] ?? "") : "";
  const ofValue = isReference(operatesOn.replace(/\.value$/i, "")) ? "reference" : context.place;
  const operatesOnSecret = isSecretName(operatesOn);
  const entries = Object.entries(object).map(([name, value]): readonly [string, JsonValue] => {
    const isValue = name.toLowerCase() === "value";
    if (typeof value === "string" && (isSecretName(name) || (isValue && operatesOnSecret))) {
      return [name, context.secret()];
    }
    return [name, translateMember(name, value, { ...context, place: isValue ? ofValue : context.place })];
  });
  return Object.fromEntries(entries);
}

function translateMember(name: string, value: JsonValue, context: Context): JsonValue {
  const lower = name.toLowerCase();
  if (isReference(name)) return translateValue(value, { ...context, place: "reference" });
  if (typeof value === "string") return translateText(lower, value, context);
  // What a PATCH without a path puts in place, and what a bulk operation sends, starts again.
  const isNested = lower === "value" || lower === "data";
  return translateValue(value, isNested ? context : { ...context, place: "value" });
}

function translateText(name: string, text: string, context: Context): string {
  if (text === redacted) return context.secret();
  switch (name) {
    case "id":
      return context.given(text, context.kind);
    case "value":
      return context.place === "reference" ? context.given(text) : text;
    case "$ref":
      return translateUrl(text, context);
    case "path":
      return text.startsWith("/")
        ? translatePath(text, context)
        : translateFilter(text, context.given, context.kind);
    case "filter":
      return translateFilter(text, context.given, context.kind);
    default:
      return text;
  }
}

function translateValue(value: JsonValue, context: Context): JsonValue {
  if (isJsonArray(value)) return value.map((item) => translateValue(item, context));
  if (isJsonObject(value)) return translateObject(value, context);
  if (value === redacted) return context.secret();
  return typeof value === "string" && context.place === "reference" ? context.given(value) : value;
}

function translateUrl(url: string, context: Context): string {
  const resource = resourceIn(url);
  if (resource === undefined) return url;
  const below = `${resource.kind}/${encodeURIComponent(context.given(resource.id, resource.kind))}`;
  // RFC 7643 §2.3.7: a relative reference stays one.
  return URL.canParse(url)
    ? `${context.baseUrl}/${below}`
    : url.replace(/(?:Users|Groups)\/[^/]+\/?$/, below);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}
