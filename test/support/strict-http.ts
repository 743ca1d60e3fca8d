/** A strict HTTP/1.1 client on a raw socket: it reads answers byte by byte and says what RFC 9110 and RFC 9112 have against them. */

import { once } from "node:events";
import net from "node:net";

export interface RawRequest {
  readonly method: string;
  /** All of it, as it goes over the wire. */
  readonly text: string | Buffer;
  /** Sent after an interim answer 100. */
  readonly afterContinue?: string;
}

export interface RawAnswer {
  readonly line: string;
  readonly status: number;
  readonly fields: readonly string[];
  readonly body: string;
  /** The values of a field, by its name in lower case. */
  get(name: string): readonly string[];
}

/** Sends all of them at once on one connection; gives back the answers, and whatever came behind the last one. */
export async function converseRaw(
  port: number,
  requests: readonly RawRequest[],
): Promise<{ readonly answers: readonly RawAnswer[]; readonly rest: string }> {
  const socket = net.connect(port, "127.0.0.1");
  const answers: RawAnswer[] = [];
  let [unread, turn] = [Buffer.alloc(0), 0];
  socket.on("data", (piece) => {
    unread = Buffer.concat([unread, piece]);
    for (let request = requests[turn]; request !== undefined; request = requests[turn]) {
      const read = readAnswer(unread, request.method);
      if (read === undefined) return;
      answers.push(read.answer);
      unread = unread.subarray(read.end);
      if (read.answer.status === 100) socket.write(request.afterContinue ?? "");
      else turn += 1;
    }
    socket.end();
  });
  for (const { text } of requests) socket.write(text);
  await once(socket, "close");
  return { answers, rest: unread.toString() };
}

/** Undefined as long as it is not whole. */
function readAnswer(
  bytes: Buffer,
  method: string,
): { readonly answer: RawAnswer; readonly end: number } | undefined {
  const headEnd = bytes.indexOf("\r\n\r\n");
  if (headEnd === -1) return undefined;
  const [line = "", ...fields] = bytes.subarray(0, headEnd).toString("latin1").split("\r\n");
  const get = (name: string): readonly string[] =>
    fields
      .filter((field) => field.toLowerCase().startsWith(`${name}:`))
      .map((field) => field.slice(name.length + 1).trim());
  const status = Number(line.split(" ")[1]);
  const start = headEnd + 4;
  // RFC 9112 §6.3: the first rules that apply.
  if (method === "HEAD" || status < 200 || status === 204 || status === 304) {
    return { answer: { line, status, fields, body: "", get }, end: start };
  }
  if (get("transfer-encoding").length > 0) {
    const chunks = readChunks(bytes, start);
    return chunks && { answer: { line, status, fields, body: chunks.body, get }, end: chunks.end };
  }
  const end = start + Number(get("content-length")[0]);
  if (!(bytes.length >= end)) return undefined;
  return { answer: { line, status, fields, body: bytes.subarray(start, end).toString(), get }, end };
}

/** RFC 9112 §7.1. */
function readChunks(
  bytes: Buffer,
  start: number,
): { readonly body: string; readonly end: number } | undefined {
  const pieces: Buffer[] = [];
  for (let at = start; ;) {
    const sizeEnd = bytes.indexOf("\r\n", at);
    if (sizeEnd === -1) return undefined;
    const size = bytes.subarray(at, sizeEnd).toString();
    if (!/^[\da-f]+$/i.test(size)) throw new Error(`${JSON.stringify(size)} is no size of a chunk`);
    const [from, to] = [sizeEnd + 2, sizeEnd + 2 + Number.parseInt(size, 16)];
    if (bytes.length < to + 2) return undefined;
    if (bytes.subarray(to, to + 2).toString() !== "\r\n")
      throw new Error("a chunk does not end where it should");
    pieces.push(bytes.subarray(from, to));
    at = to + 2;
    if (from === to) return { body: Buffer.concat(pieces).toString(), end: at };
  }
}

/** What is wrong with an answer, whichever request it is to; nothing where all is right. */
export function httpComplaints({ line, status, fields, body, get }: RawAnswer): readonly string[] {
  const rules: readonly (readonly [rule: string, holds: boolean])[] = [
    [`status line (RFC 9112 §4): ${line}`, /^HTTP\/1\.1 \d{3} [\x20-\x7e]*$/.test(line)],
    [
      "field lines (RFC 9110 §5.1, §5.5)",
      fields.every((field) => /^[!#$%&'*+.^_`|~\w-]+: ?[\t\x20-\x7e]*$/.test(field)),
    ],
    ["single fields come once", singleFields.every((name) => get(name).length <= 1)],
    [
      "one way to tell the length (RFC 9112 §6.2)",
      get("content-length").length + get("transfer-encoding").length <= 1,
    ],
    ["Date (RFC 9110 §6.6.1)", status < 200 || httpDate.test(get("date")[0] ?? "")],
    [
      "no length where there is no body (RFC 9110 §8.6)",
      ![204, 304].includes(status) || get("content-length").length === 0,
    ],
    ["a challenge with 401 (RFC 9110 §15.5.2)", status !== 401 || get("www-authenticate").length === 1],
    ["Allow with 405 (RFC 9110 §15.5.6)", status !== 405 || get("allow").length === 1],
    ["the media type of RFC 7644 §8.1", body === "" || get("content-type")[0] === "application/scim+json"],
    ["schemas in each body (RFC 7643 §3)", body === "" || Array.isArray(JSON.parse(body).schemas)],
    [
      "an error says its status (RFC 7644 §3.12)",
      status < 400 || body === "" || JSON.parse(body).status === `${status}`,
    ],
  ];
  return rules.filter(([, holds]) => !holds).map(([rule]) => rule);
}

const singleFields =
  "content-type content-length date etag location transfer-encoding www-authenticate allow".split(" ");
const httpDate = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/;
