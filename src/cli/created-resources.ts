/** What a run created on a server, noted as it happens, so that `--cleanup` can remove exactly that. */

import { isJsonArray, isJsonObject, type JsonValue } from "../json.ts";
import { isSuccess, type Send, type WireAnswer, type WireRequest } from "../wire/exchange.ts";
import type { HeldIds } from "../astro/held.ts";

export interface CreatedResources {
  /** Sends as before and notes what is created. */
  readonly send: Send;
  /** What the server says that it created. */
  ids(): HeldIds;
}

export function noteCreated(send: Send): CreatedResources {
  const ids = { users: new Set<string>(), teams: new Set<string>() };
  return {
    send: async (request) => {
      const answer = await send(request);
      for (const { kind, id } of createdBy(request, answer)) ids[kind].add(id);
      return answer;
    },
    ids: () => ids,
  };
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
  const { method, location } = operation;
  if (typeof method !== "string" || method.toUpperCase() !== "POST" || typeof location !== "string")
    return [];
  const [, type, segment] = /\/(Users|Groups)\/([^/?#]+)$/.exec(location) ?? [];
  const id = segment === undefined ? undefined : decoded(segment);
  return id === undefined ? [] : [{ kind: type === "Users" ? "users" : "teams", id }];
}

function decoded(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
