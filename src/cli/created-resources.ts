/** What a simulation created on a server, so that `--cleanup` can remove exactly that. */

import { isJsonObject } from "../json.ts";
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
      const path = createdPath(request, answer);
      if (path !== undefined) paths.push(path);
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

function createdPath(request: WireRequest, answer: WireAnswer): string | undefined {
  if (request.method !== "POST" || !isSuccess(answer) || !isJsonObject(answer.json)) return undefined;
  const id = answer.json["id"];
  return typeof id === "string" ? `${request.path}/${encodeURIComponent(id)}` : undefined;
}
