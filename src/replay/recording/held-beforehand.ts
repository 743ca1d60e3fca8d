/** Whether the recorded server held something before the recording began. */

import { objectIn } from "./recorded-entry.ts";
import type { RecordedExchange, Recording } from "./recording.ts";
import { kindInPath, member, objectsIn, resourceIn, textMember } from "../resource.ts";

/** True where it answered a resource that no recorded request had created. */
export function heldBeforehand({ exchanges }: Recording): boolean {
  const created = new Set<string>();
  for (const exchange of exchanges) {
    const { request, answer } = exchange;
    if (answer.status >= 300 || kindInPath(request.path) === undefined) continue;
    const answered = answeredIds(exchange);
    if (request.method === "POST" && answer.status === 201) for (const id of answered) created.add(id);
    else if (answered.some((id) => !created.has(id))) return true;
  }
  return false;
}

function answeredIds({ answer }: RecordedExchange): readonly string[] {
  const body = objectIn(answer.body);
  const resources = body === undefined ? [] : [body, ...objectsIn(member(body, "Resources"))];
  const inBody = resources.map((resource) => textMember(resource, "id"));
  return [...inBody, resourceIn(answer.location ?? "")?.id].filter((id) => id !== undefined);
}
