/** The real sender pointed at a server on loopback, with a token; closed at the end of the test. */

import { onTestFinished } from "vitest";
import { createSender } from "../../src/http/send.ts";
import type { Send } from "../../src/wire/exchange.ts";
import { systemWorld } from "../../src/world/system-world.ts";
import { longEnoughMs } from "./long-enough.ts";

export function sendTo(baseUrl: string, token: string): Send {
  const sender = createSender({
    baseUrl,
    token,
    timeoutMs: longEnoughMs,
    timers: systemWorld().timers,
    connections: 4,
    signal: new AbortController().signal,
  });
  onTestFinished(() => sender.close());
  return sender.send;
}
