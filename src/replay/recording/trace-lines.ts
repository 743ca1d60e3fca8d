/** The lines of `--trace FILE` (docs/json.md), read back. */

import { z } from "zod";
import type { JsonValue } from "../../ground/json.ts";
import type { RecordedBody, RecordedEntry } from "./recorded-entry.ts";

// What `JSON.parse` gives is JSON.
const json = z.custom<JsonValue>((value) => value !== undefined);
const headers = z.record(z.string(), z.string());

export const traceLine = z.object({
  schemaVersion: z.literal(1),
  source: z.string().optional().catch(undefined),
  startedAt: z.string(),
  request: z.object({ method: z.string(), path: z.string(), headers, body: json }),
  answer: z.union([
    z.object({ status: z.int(), headers, body: json }),
    z.object({ status: z.null(), reason: z.string(), message: z.string() }),
  ]),
});

/** `number` is that of the line, from 1. */
export function entryOfLine(
  { source, startedAt, request, answer }: z.infer<typeof traceLine>,
  number: number,
): RecordedEntry {
  return {
    number,
    source,
    method: request.method,
    url: request.path,
    startedAtMs: Date.parse(startedAt),
    requestHeaders: Object.entries(request.headers),
    requestBody: request.body === null ? { kind: "none" } : { kind: "json", json: request.body },
    status: answer.status ?? undefined,
    answerHeaders: new Map(answer.status === null ? [] : Object.entries(answer.headers)),
    answerBody: answer.status === null ? { kind: "none" } : answerBody(answer.body),
  };
}

/** A trace tells a body that is no JSON as a string. */
function answerBody(body: JsonValue): RecordedBody {
  if (typeof body !== "string") return { kind: "json", json: body };
  return body === "" ? { kind: "none" } : { kind: "text", text: body };
}
