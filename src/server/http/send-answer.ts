/** How an answer leaves: head and body in one write, in pieces, or as a fault has it. */

import type { ServerResponse as RawResponse } from "node:http";
import { pipeline, Readable } from "node:stream";
import { deliveryStream } from "./delivery.ts";
import type { Delivery, ServerResponse } from "../api/message.ts";
import type { FaultWait } from "../api/server-world.ts";

/**
 * Sends an answer, under a fault slowly, in part, or not at all. The framework is passed by here: most answers are one
 * short text, whose head is known and needs no looking at.
 */
export function sendAnswer(
  raw: RawResponse,
  answer: ServerResponse,
  { mediaType, patience }: { readonly mediaType: string; readonly patience: FaultWait },
): void {
  const { status, headers, bytes, pieces, delivery } = answer;
  if (delivery !== undefined) {
    deliver(raw, answer, { delivery, patience, mediaType });
    return;
  }
  if (pieces !== undefined) {
    raw.writeHead(status, { "content-type": mediaType, ...headers });
    sendPieces(raw, pieces);
    return;
  }
  if (bytes !== undefined) {
    raw.writeHead(status, { "content-type": mediaType, ...headers, "content-length": bytes.length });
    raw.end(bytes);
    return;
  }
  const text = textOf(answer);
  if (text === undefined) {
    raw.writeHead(status, hasNoLength(status) ? headers : { ...headers, "content-length": "0" });
    raw.end();
    return;
  }
  const length = writeHead(raw, answer, text, mediaType);
  // What is as long in bytes as in characters is ASCII, which need not be encoded.
  raw.end(text, length === text.length ? "latin1" : "utf8");
}

function deliver(
  raw: RawResponse,
  answer: ServerResponse,
  {
    delivery,
    patience,
    mediaType,
  }: { readonly delivery: Delivery; readonly patience: FaultWait; readonly mediaType: string },
): void {
  if (delivery.cut === "before-answer") {
    raw.socket?.resetAndDestroy();
    return;
  }
  const text = textOf(answer) ?? "";
  writeHead(raw, answer, text, mediaType);
  pipeline(deliveryStream(text, delivery, patience), raw, ignoreClosedConnection);
}

/** Gives back how many bytes follow. */
function writeHead(
  raw: RawResponse,
  { status, headers }: ServerResponse,
  text: string,
  mediaType: string,
): number {
  const length = Buffer.byteLength(text);
  raw.writeHead(status, { "content-type": mediaType, ...headers, "content-length": length });
  return length;
}

/** Nothing is read of the pieces where only the head is asked for. */
function sendPieces(raw: RawResponse, pieces: AsyncIterable<string>): void {
  if (raw.req.method === "HEAD") raw.end();
  else pipeline(Readable.from(pieces), raw, ignoreClosedConnection);
}

function textOf({ text, body }: ServerResponse): string | undefined {
  return text ?? (body && JSON.stringify(body));
}

/** RFC 9110 §8.6: what cannot have a body does not say how long it is. */
function hasNoLength(status: number): boolean {
  return status === 204 || status === 304;
}

/** Where an answer breaks off, its connection is closed: that is all that there is to say to the client. */
function ignoreClosedConnection(): void {
  // `pipeline` has ended both sides.
}
