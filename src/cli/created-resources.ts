/** What a simulation created on a server, so that `--cleanup` can remove exactly that. */

import { isJsonArray, isJsonObject, type JsonValue } from "../json.ts";
import { isSuccess, type Send, type WireAnswer, type WireRequest } from "../wire/exchange.ts";

export interface CreatedResources {
  /** Sends as before and notes what is created. */
  readonly send: Send;
  /** Deletes it again, latest first; gives back the paths of what could not be deleted. */
  remove(send: Send): Promise<{ readonly removed: number; readonly left: readonly string[] }>;
}

export function noteCreated(send: Send): CreatedResources {
  const paths: string[] = [];
  return {
    send: async (request) => {
      const answer = await send(request);
      paths.push(...createdPaths(request, answer));
      return answer;
    },
    remove: async (sendDelete) => {
      const left: string[] = [];
      for (const path of paths.toReversed()) {
        const answer = await sendDelete({ method: "DELETE", path, headers: {} });
        const isGone = answer.kind === "response" && answer.status === 404;
        if (!isSuccess(answer) && !isGone) left.push(path);
      }
      return { removed: paths.length - left.length, left };
    },
  };
}

function createdPaths({ method, path }: WireRequest, answer: WireAnswer): readonly string[] {
  if (method !== "POST" || !isSuccess(answer) || !isJsonObject(answer.json)) return [];
  const { id, Operations: operations } = answer.json;
  const [endpoint = ""] = path.split("?");
  if (typeof id === "string") return [`${endpoint}/${encodeURIComponent(id)}`];
  return isJsonArray(operations) ? operations.flatMap(createdInBulk) : [];
}

/** RFC 7644 §3.7.3: the result of an operation that created something says where it is. */
function createdInBulk(operation: JsonValue): readonly string[] {
  if (!isJsonObject(operation)) return [];
  const { method, location } = operation;
  if (typeof method !== "string" || method.toUpperCase() !== "POST" || typeof location !== "string")
    return [];
  return /\/(?:Users|Groups)\/[^/?#]+$/.exec(location) ?? [];
}
