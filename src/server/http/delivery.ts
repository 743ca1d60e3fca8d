/** The body of an answer as a stream that is slow, or ends in the middle: for faults only. */

import { Readable } from "node:stream";
import type { Delivery } from "../api/message.ts";
import type { FaultWait } from "../api/server-world.ts";

/** Fails where the connection is to be cut: the server then closes it. */
export function deliveryStream(text: string, delivery: Delivery, patience: FaultWait): Readable {
  return Readable.from(pieces(Buffer.from(text), delivery, patience));
}

async function* pieces(
  bytes: Buffer,
  { cut, bytesPerSecond }: Delivery,
  { wait, yieldToOthers, signal }: FaultWait,
): AsyncGenerator<Buffer> {
  const end = cut === undefined ? bytes.length : Math.floor(bytes.length / 2);
  // About ten pieces a second.
  const size = bytesPerSecond === undefined ? end : Math.max(1, Math.floor(bytesPerSecond / 10));
  for (let at = 0; at < end; at += size) {
    if (at > 0 && bytesPerSecond !== undefined) await wait((size * 1000) / bytesPerSecond, signal);
    yield bytes.subarray(at, Math.min(at + size, end));
  }
  if (cut === undefined) return;
  // What was written reaches the socket.
  await yieldToOthers();
  throw new Error("a fault cuts the connection");
}
