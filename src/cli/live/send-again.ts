/** Sends a received request to the local Astro once more, so that it comes back as a new line. */

import type { OriginalRequest } from "../../server/log/logged-request.ts";
import type { Timers } from "../../world/world.ts";
import { resentHeader } from "./resent-header.ts";

export interface SendAgainOptions {
  readonly origin: string;
  readonly token: string;
  /** By which the list knows what it sent itself. */
  readonly mark: string;
  readonly timers: Timers;
  readonly signal: AbortSignal;
}

/** Faults may keep an answer waiting for a while. */
const timeoutMs = 60_000;

/** Resolves when it was answered, or when there was no answer: its line says which. */
export async function sendAgain(
  { method, url, requestHeaders, requestText }: OriginalRequest,
  { origin, token, mark, timers, signal }: SendAgainOptions,
): Promise<void> {
  // Most servers are stopped without it.
  const { sendOriginal } = await import("../../http/send-original.ts");
  const headers = { ...requestHeaders, [resentHeader]: mark };
  try {
    await sendOriginal(
      { method, url, headers, text: requestText },
      { origin, token, timeoutMs, timers, signal },
    );
  } catch {
    // A fault cut the connection, or the server is stopping.
  }
}
