/** What a run created on a server, noted as it happens, so that `--cleanup` can remove exactly that. */

import { isJsonArray, isJsonObject, type JsonValue } from "../../ground/json.ts";
import { isSuccess, type Send, type WireAnswer, type WireRequest } from "../../wire/exchange.ts";
import { foldCase } from "../../ground/text/fold-case.ts";
import type { HeldIds } from "../../astro/held.ts";

export interface CreatedResources {
  /** Sends as before and notes what is created. */
  readonly send: Send;
  /** What the server says that it created. */
  ids(): HeldIds;
  /** Folded names for which the run asked, whatever was answered. */
  askedNames(): HeldIds;
}

export function noteCreated(send: Send): CreatedResources {
  const ids = { users: new Set<string>(), teams: new Set<string>() };
  const names = { users: new Set<string>(), teams: new Set<string>() };
  return {
    send: async (request) => {
      for (const name of namesIn(request, "userName")) names.users.add(name);
      for (const name of namesIn(request, "displayName")) names.teams.add(name);
      const answer = await send(request);
      for (const { kind, id } of createdBy(request, answer)) ids[kind].add(id);
      return answer;
    },
    ids: () => ids,
    askedNames: () => names,
  };
}

/** What is to be made, by a POST or in a Bulk request. */
function namesIn({ method, body }: WireRequest, attribute: "userName" | "displayName"): readonly string[] {
  if (method !== "POST" || !isJsonObject(body)) return [];
  const { Operations: operations } = body;
  const inBulk = isJsonArray(operations)
    ? operations.filter(isJsonObject).map(({ data }) => data ?? null)
    : [];
  return [body, ...inBulk].flatMap((resource) => {
    const name = isJsonObject(resource) ? resource[attribute] : undefined;
    return typeof name === "string" ? [foldCase(name)] : [];
  });
}

interface Created {
  readonly kind: keyof HeldIds;
  readonly id: string;
}

function createdBy({ method, path }: WireRequest, answer: WireAnswer): readonly Created[] {
  if (method !== "POST" || !isSuccess(answer) || !isJsonObject(answer.json)) return [];
  const { id, Operations: operations } = answer.json;
  const [endpoint = ""] = path.split("?");
  if (typeof id === "string" && id !== "") {
    if (endpoint === "/Users") return [{ kind: "users", id }];
    if (endpoint === "/Groups") return [{ kind: "teams", id }];
  }
  return isJsonArray(operations) ? operations.flatMap(createdInBulk) : [];
}

/** RFC 7644 §3.7.3: the result of an operation that created something says where it is. */
function createdInBulk(operation: JsonValue): readonly Created[] {
  if (!isJsonObject(operation)) return [];
  const { method, location, status } = operation;
  if (isRefusal(status)) return [];
  if (typeof method !== "string" || method.toUpperCase() !== "POST" || typeof location !== "string")
    return [];
  const [, type, segment] = /\/(Users|Groups)\/([^/?#]+)$/.exec(location) ?? [];
  const id = segment === undefined ? undefined : decoded(segment);
  return id === undefined ? [] : [{ kind: type === "Users" ? "users" : "teams", id }];
}

/** As RFC 7644 §3.7.3 has it, as a number, or as an object with a code (RFC 7644 draft 11). */
function isRefusal(status: JsonValue | undefined): boolean {
  const code = isJsonObject(status) ? status["code"] : status;
  const isStatus = typeof code === "string" || typeof code === "number";
  return isStatus && !/^2\d\d$/.test(String(code));
}

function decoded(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
