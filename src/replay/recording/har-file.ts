/**
 * HTTP Archives as browsers, proxies and `serve --record` write them (Jan Odvarko, "HAR 1.2 Spec"): what a replay
 * needs is checked, and everything else may be as it likes.
 */

import { z } from "zod";
import { bodyOf, type RecordedBody, type RecordedEntry } from "./recorded-entry.ts";

const headers = z.array(z.object({ name: z.string(), value: z.string() })).catch([]);
const size = z.number().optional().catch(undefined);
const text = z.string().optional().catch(undefined);

const harEntry = z.object({
  _source: text,
  startedDateTime: text,
  request: z.object({
    method: z.string(),
    url: z.string(),
    headers,
    // `encoding` is none of the format's for requests; proxies write it all the same.
    postData: z.object({ text, encoding: text }).optional().catch(undefined),
    bodySize: size,
  }),
  response: z
    .object({
      status: z.number(),
      headers,
      content: z.object({ text, encoding: text, size }).optional().catch(undefined),
      bodySize: size,
    })
    .optional()
    .catch(undefined),
});

/** One by one, as far as the first that is wrong: a list of all that is wrong may be longer than the memory holds. */
const harEntriesInOrder = z.array(z.unknown()).transform((all, context) => {
  const entries: HarEntry[] = [];
  for (const [index, one] of all.entries()) {
    const { success, data, error } = harEntry.safeParse(one);
    if (!success) {
      const { path, message } = error.issues[0] ?? { path: [], message: "Invalid input" };
      context.issues.push({ code: "custom", path: [index, ...path], message, input: one });
      return z.NEVER;
    }
    entries.push(data);
  }
  return entries;
});

export const harFile = z.object({ log: z.object({ entries: harEntriesInOrder }) });

type HarEntry = z.infer<typeof harEntry>;

/** The entries in the order of their beginnings, where all of them tell it; in that of the file otherwise. */
export function harEntries({ log }: z.infer<typeof harFile>): readonly RecordedEntry[] {
  const entries = log.entries.map((entry, index) => recordedEntry(entry, index + 1));
  // "Sorting entries by startedDateTime (starting from the oldest) is preferred way how to export data since it can
  // make importing faster. However the reader application should always make sure the array is sorted."
  if (entries.some(({ startedAtMs }) => startedAtMs === undefined)) return entries;
  return entries.toSorted((a, b) => (a.startedAtMs ?? 0) - (b.startedAtMs ?? 0));
}

function recordedEntry(entry: HarEntry, number: number): RecordedEntry {
  const { _source: source, startedDateTime, request, response } = entry;
  const startedAtMs = Date.parse(startedDateTime ?? "");
  // Browsers write 0 where nothing came back.
  const status = response === undefined || response.status < 100 ? undefined : response.status;
  return {
    number,
    source,
    method: request.method,
    url: request.url,
    startedAtMs: Number.isNaN(startedAtMs) ? undefined : startedAtMs,
    requestHeaders: request.headers.map(({ name, value }) => [name, value]),
    requestBody: requestBody(request),
    status,
    answerHeaders: new Map(response?.headers.map(({ name, value }) => [name.toLowerCase(), value])),
    answerBody: answerBody(response, status),
  };
}

function requestBody({ postData, bodySize, headers: sent }: HarEntry["request"]): RecordedBody {
  if (postData?.text !== undefined) return decoded(postData.text, postData.encoding);
  const length = sent.find(({ name }) => name.toLowerCase() === "content-length")?.value;
  return (bodySize ?? 0) > 0 || Number(length ?? 0) > 0 ? { kind: "not-recorded" } : { kind: "none" };
}

function answerBody(response: HarEntry["response"], status: number | undefined): RecordedBody {
  if (response === undefined || status === undefined || status === 204 || status === 304) {
    return { kind: "none" };
  }
  const { content, bodySize } = response;
  // An archive without bodies has no text, and a size.
  if (content?.text === undefined || content.text === "") {
    return (content?.size ?? bodySize ?? 1) === 0 ? { kind: "none" } : { kind: "not-recorded" };
  }
  return decoded(content.text, content.encoding);
}

function decoded(written: string, encoding: string | undefined): RecordedBody {
  if (encoding?.toLowerCase() !== "base64") return bodyOf(written);
  try {
    const bytes = Uint8Array.from(atob(written), (character) => character.charCodeAt(0));
    return bodyOf(new TextDecoder().decode(bytes));
  } catch {
    return { kind: "text", text: written };
  }
}
