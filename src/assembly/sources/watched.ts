/** Requests to a directory as a run sees them: traced and shown without secrets, which no refusal repeats either. */

import { hideEchoedSecrets } from "../../http/hide-echo.ts";
import { withObserver } from "../../http/observe.ts";
import type { Send } from "../../wire/exchange.ts";
import type { Io } from "../../world/io.ts";
import { packageVersion } from "../../world/version.ts";
import type { SourceRun } from "./prepared-source.ts";

export const userAgent = `astro-scim/${packageVersion()}`;

export interface Watched {
  readonly send: Send;
  readonly baseUrl: string;
  readonly secrets: () => readonly string[];
}

export function watched(io: Io, { onExchange }: SourceRun, { send, baseUrl, secrets }: Watched): Send {
  const safe = hideEchoedSecrets(send, secrets);
  if (onExchange === undefined) return safe;
  return withObserver(safe, {
    onExchange: (exchange) => onExchange(exchange, baseUrl),
    source: "astro-scim",
    userAgent,
    secrets,
    now: io.clock.now,
  });
}
