/** How an answer of an emulator leaves: whole, in part, or not at all. */

import type { ServerResponse } from "node:http";
import type { EmulatedAnswer } from "./emulated-api.ts";

/** What is sent: text is already JSON, or what a fault put in its place. */
export interface SentAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  /** Undefined: no body. */
  readonly text: string | undefined;
  /** Half of the body, then the connection is closed. */
  readonly isCut?: boolean;
}

/** Headers are in lower case afterwards, so that none comes twice. */
export function asSent({ status, headers = {}, body }: EmulatedAnswer): SentAnswer {
  const named = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  if (body === undefined) return { status, headers: named, text: undefined };
  return {
    status,
    headers: { "content-type": "application/json; charset=utf-8", ...named },
    text: JSON.stringify(body),
  };
}

/** Node leaves the body out where only the head was asked for. */
export function sendAnswer(raw: ServerResponse, { status, headers, text, isCut = false }: SentAnswer): void {
  const bytes = Buffer.from(text ?? "");
  const length = status === 204 || status === 304 ? {} : { "content-length": String(bytes.length) };
  // Node's types want a list that may be changed.
  const lists = Object.entries(headers).map(([name, value]) => [
    name,
    typeof value === "string" ? value : [...value],
  ]);
  raw.writeHead(status, { ...Object.fromEntries(lists), ...length });
  if (isCut) raw.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => raw.socket?.destroy());
  else raw.end(bytes);
}

/** The client is told nothing: the connection is reset. */
export function cutConnection(raw: ServerResponse): void {
  raw.socket?.resetAndDestroy();
}
