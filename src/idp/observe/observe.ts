/** Looks at an exchange as a provider does not: for what the server answered that will hurt later. */

import { isJsonArray, isJsonObject, type JsonObject } from "../../ground/json.ts";
import { errorUrn } from "../../scim/urn.ts";
import { bodyInWords } from "../../wire/body-in-words.ts";
import { isSuccess, type WireAnswer, type WireRequest, type WireResponse } from "../../wire/exchange.ts";
import { observeList } from "./list.ts";
import type { Deviation } from "./deviation.ts";
import { observeResource } from "./resource.ts";

/**
 * What is odd about an answer; nothing where there is none, or a 429, which a gateway may have given. It knows no
 * provider, and what it finds changes nothing of what the provider does.
 */
export function observe(request: WireRequest, answer: WireAnswer): readonly Deviation[] {
  if (answer.kind === "no-response") return [];
  if (!isSuccess(answer)) return observeError(answer);
  return isJsonObject(answer.json)
    ? [...observeForm(request, answer), ...observeBody(request, answer.json)]
    : [];
}

function observeError(answer: WireResponse): readonly Deviation[] {
  const { status, json } = answer;
  if (status < 400 || status === 429) return [];
  const schemas = isJsonObject(json) ? json["schemas"] : undefined;
  if (isJsonArray(schemas) && schemas.includes(errorUrn)) return [];
  return [{ code: "error-is-no-scim", status, body: bodyInWords(answer) }];
}

function observeForm({ method }: WireRequest, { status, headers }: WireResponse): readonly Deviation[] {
  const contentType = headers["content-type"];
  const isJson = contentType?.toLowerCase().includes("json") === true;
  return [
    ...(method === "POST" && status !== 201 ? [{ code: "created-without-201", status } as const] : []),
    ...(isJson ? [] : [{ code: "media-type", mediaType: contentType ?? null } as const]),
  ];
}

function observeBody(request: WireRequest, body: JsonObject): readonly Deviation[] {
  return request.method === "GET" && isOfMany(request.path)
    ? observeList(request, body)
    : observeResource(request, body);
}

/** Whether a path has no id: `/Users?filter=…`, as opposed to `/Groups/g1?excludedAttributes=members`. */
function isOfMany(path: string): boolean {
  return /^\/[^/?]+\?/.test(path);
}
